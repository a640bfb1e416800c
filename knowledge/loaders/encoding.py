"""Bytes become text: UTF-8 first, then a byte order mark, then the best guess of charset-normalizer."""

import codecs

from knowledge.errors import UnreadableSourceError

UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode(content: bytes) -> str:
    r"""Return the text with `\n` line ends and without a byte order mark.

    Raises:
        UnreadableSourceError: the bytes are no text.
    """
    text = _decode_characters(content).replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text:
        raise UnreadableSourceError("not_text", "The file holds binary data; save it as UTF-8 text.")
    return text


def _decode_characters(content: bytes) -> str:
    if content.startswith(UTF16_MARKS):
        return _decode_strictly(content, "utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decode_guessed(content)


def _decode_strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableSourceError(
            "not_text", f"The file is not valid {encoding}; save it as UTF-8."
        ) from error


def _decode_guessed(content: bytes) -> str:
    from charset_normalizer import from_bytes

    guess = from_bytes(content).best()
    if guess is None:
        raise UnreadableSourceError(
            "unknown_encoding", "The character encoding is not recognised; save it as UTF-8."
        )
    return str(guess)

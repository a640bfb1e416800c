"""The letters of e-mail addresses: of every script (RFC 6531), and what of them may be text around an address.

Chinese, Japanese, Korean and Thai put no space between words, nor between a word and an address.
"""

import re
from unicodedata import category, name

LETTER = "ø"
"""In an outline: a letter, a mark or a digit beyond ASCII, of a script that puts spaces between words."""
UNSPACED = "字"
"""In an outline: one of a script that puts none."""
_SIGN = "。"
_LETTERS = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd"})
_UNSPACED_FROM = 0x2E80
_UNSPACED_BEFORE = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1100, 0x11FF), (0x1780, 0x17FF))
"""Thai and Lao, Burmese, Korean letters, Khmer."""
NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0xFE6B: ord("@"), 0x3000: ord(" ")}
"""Full-width letters and signs, "ada＠example.com", each as the one that it is; nothing moves."""
_LEADS_IN = re.compile(
    r"(?:[是为為给給到在至或和与跟向箱址件信はがをにへでとのやル]|アドレス|[은는이가을를로]|메일|주소|คือ|ที่|เมล|เมล์|ถึง)\Z"
)
"""How text ends that goes over into an address without a space: "我的邮箱是", "メールは"."""
_SPEAKS_OF_IT = re.compile(
    r"是|为|為|は|が|邮|郵|地址|メール|アドレス|連絡|联系|聯繫|메일|주소|이메일|คือ|เมล"
)
_GLUED = re.compile(rf".*{UNSPACED}(?=[a-z0-9{LETTER}])", re.IGNORECASE)


def outline(text: str) -> str:
    """Return the text with each character beyond ASCII as the kind of it that counts; nothing moves."""
    text = text.translate(NARROW)
    return text if text.isascii() else "".join(map(_kind, text))


def _kind(character: str) -> str:
    if character.isascii():
        return character
    if character.isspace():
        return " "
    code = ord(character)
    if category(character) not in _LETTERS or 0xFE00 <= code <= 0xFE0F:  # the last say how an emoji looks
        return _SIGN
    is_unspaced = code >= _UNSPACED_FROM or any(first <= code <= last for first, last in _UNSPACED_BEFORE)
    return UNSPACED if is_unspaced else LETTER


def begins_at(local: str) -> int | None:
    """Return where, in what stands before an @, the address begins; None where that cannot be told.

    A cut is made only where the words before it lead in to an address; letters of two scripts beside each other may be
    a word and an address without a space between, or one address.
    """
    if local.isascii():
        return 0
    glued = _GLUED.match(outline(local))
    start = glued.end() if glued else 0
    if start and not _LEADS_IN.search(local[:start]):
        return None
    rest = local[start:]
    return None if are_mixed(rest) or _SPEAKS_OF_IT.search(rest) else start


def are_mixed(word: str) -> bool:
    """Whether letters of more than one script stand in a word; those of Japanese or Korean count as one."""
    return len({_script(letter) for letter in word if letter.isalpha()}) > 1


def _script(letter: str) -> str:
    if letter.isascii():
        return "LATIN"
    return UNSPACED if _kind(letter) == UNSPACED else name(letter, "?").split()[0]

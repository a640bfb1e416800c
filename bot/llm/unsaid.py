"""What stands in a reply's text and was not said: thoughts, and the tokens of a server's chat template.

A server without a parser for thoughts, or with another model's template, lets them through. Promises: what is said is
the same whatever the pieces it comes in; a thought that never ends takes with it all that follows; after a token that
ends the model's turn nothing is said any more, for it is made up.
"""

import re
from collections.abc import Iterator

_THOUGHT = (
    r"<(?P<tag>think|thinking|thoughts?|reasoning)>|(?P<bracket>\[THINK\])|"
    r"(?P<channel><\|channel\|>(?:analysis|commentary)[^<]{0,80}<\|message\|>)"
)
_HEADED = r"#{3,6}[ \t]{0,4}(?:%s)[ \t]{0,4}(?::|(?=\n))"
_GOES_ON = (
    r"<\|channel\|>[^<]{0,80}<\|message\|>|<\|assistant\|>|\[/(?:INST|THINK)\]|<(?:bos|pad)>|"
    r"</(?:think|thinking|thoughts?|reasoning)>|" + _HEADED % "assistant|answer|response"
)
_ENDS = (
    r"(?P<ends><\|(?!channel\|)[\w▁ .-]{1,40}\|>|<｜[\w▁ ]{1,40}｜>|\[INST\]|<</?SYS>>|</?eos>|"
    r"<(?:start|end)_of_(?:turn|utterance)>|(?P<strike></?s>)|"
    rf"{_HEADED % 'end|input|instructions?|human|user|question'})(?:(?:assistant|model)\b)?"
)
"""What ends a turn begins one where nothing was said yet."""

_BEGINS = re.compile(rf"{_THOUGHT}|{_GOES_ON}|{_ENDS}", re.IGNORECASE)
_MAY_BEGIN = re.compile(
    r"(?:<\|channel\|>[^<]{0,80}(?:<[|a-z]{0,9})?|</?(?:[|｜][^<>\n]{0,41}|[a-z_]{0,20})|<</?[a-z]{0,4}>?|"
    r"(?:<\|[\w▁ .-]{1,40}\|>|<(?:start|end)_of_(?:turn|utterance)>)[a-z]{0,9}|"
    r"\[/?[a-z]{0,5}|#{1,6}|#{3,6}[ \t]{0,4}[a-z]{0,13}[ \t]{0,4})\Z",
    re.IGNORECASE,
)
"""What a text ends in that may become one with the next piece."""

_NOTHING = re.compile(r"(?!)")
_LEFT_OVER = re.compile(r"<[|｜][^<>]*+\Z|#{3,6}[ \t]{0,4}\Z")
"""A token that was cut with the reply."""

_CLOSES_A_SENTENCE = frozenset('.!?…。！？])"”’»*_')
_CLOSERS = {
    "bracket": re.compile(r"\[/THINK\]", re.IGNORECASE),
    "channel": re.compile(r"<\|(?:end|return)\|>(?:<\|start\|>assistant)?|(?=<\|channel\|>)", re.IGNORECASE),
}
_LONGEST_CLOSER = 24


class Unsaid:
    """Takes a reply's text in pieces and lets through what was said. `has_ended`: a token said that it is all."""

    def __init__(self) -> None:
        self._held = ""
        self._before = ""
        self._closer: re.Pattern[str] | None = None
        self.has_ended = False

    @property
    def is_thinking(self) -> bool:
        """Return whether a thought has begun and not ended."""
        return self._closer is not None

    def feed(self, text: str) -> str:
        """Take a piece; return what of it, and of what was held, was said."""
        self._held += text
        return "".join(self._said(_MAY_BEGIN))

    def finish(self) -> str:
        """Return what was held and came to nothing else."""
        rest = "".join(self._said(_NOTHING))
        self._held = ""
        return _LEFT_OVER.sub("", rest)

    def _said(self, may_begin: re.Pattern[str]) -> Iterator[str]:
        while self._held and not self.has_ended:
            if self._closer is not None:
                if not self._closes(self._closer):
                    return
                continue
            found = _BEGINS.search(self._held)
            undecided = may_begin.search(self._held)
            if undecided is not None and (found is None or undecided.start() <= found.start()):
                yield self._release(undecided.start())
                return
            if found is None:
                yield self._release(len(self._held))
                return
            yield self._release(found.start())
            yield from self._pass_over(found)
        if self.has_ended:
            self._held = ""

    def _closes(self, closer: re.Pattern[str]) -> bool:
        """Throw away what is thought; return whether it ended."""
        end = closer.search(self._held)
        self._held = self._held[end.end() :] if end else self._held[-_LONGEST_CLOSER:]
        self._closer = None if end else closer
        return end is not None

    def _release(self, end: int) -> str:
        told, self._held = self._held[:end], self._held[end:]
        self._before = (self._before + told).rstrip()[-1:]
        return told

    def _pass_over(self, found: re.Match[str]) -> Iterator[str]:
        length = found.end() - found.start()
        if found["strike"] and self._before and self._before not in _CLOSES_A_SENTENCE:
            yield self._release(length)
            return
        self._held = self._held[length:]
        if found["tag"]:
            self._closer = re.compile(rf"</{found['tag']}>", re.IGNORECASE)
        elif found["bracket"] or found["channel"]:
            self._closer = _CLOSERS["bracket" if found["bracket"] else "channel"]
        self.has_ended = bool(found["ends"] and self._before)


def said(text: str) -> str:
    """Return what of a whole text was said."""
    unsaid = Unsaid()
    return unsaid.feed(text) + unsaid.finish()

"""PyYAML's scanner with the one rule of YAML 1.2 that it lacks: `[What does it cost?]` is a list with one text.

PyYAML ends an unquoted text inside brackets at any `?`; YAML 1.2 (section 7.3.3) allows it there.
"""

import yaml
from yaml.tokens import ScalarToken

_BLANK = "\0 \t\r\n\x85\u2028\u2029"
_FLOW_ENDS = ",[]{}"


class Loader(yaml.SafeLoader):
    """Yields the same tokens and events as PyYAML's own, but for question marks inside brackets."""

    def scan_plain(self) -> ScalarToken:
        """Scan an unquoted text; follows `yaml.scanner.Scanner.scan_plain`."""
        chunks: list[str] = []
        spaces: list[str] = []
        start_mark = end_mark = self.get_mark()
        indent = self.indent + 1
        while self.peek() != "#" and (length := self._plain_length()):
            self.allow_simple_key = False
            chunks.extend(spaces)
            chunks.append(self.prefix(length))
            self.forward(length)
            end_mark = self.get_mark()
            spaces = self.scan_plain_spaces(indent, start_mark) or []
            if not spaces or (not self.flow_level and self.column < indent):
                break
        return ScalarToken(value="".join(chunks), plain=True, start_mark=start_mark, end_mark=end_mark)

    def _plain_length(self) -> int:
        """Return how many characters the text goes on for without a blank."""
        ends = _FLOW_ENDS if self.flow_level else ""
        length = 0
        while True:
            character = self.peek(length)
            is_key = character == ":" and self.peek(length + 1) in _BLANK + ends
            if character in _BLANK or is_key or (ends and character in ends):
                return length
            length += 1

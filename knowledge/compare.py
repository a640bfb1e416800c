"""Which two things a question compares: "difference between A and B", "A vs B", "is A better than B".

Promises: pure, and careful: "or" alone compares only in a question that asks for a choice, or that is nothing
but the two names. English, German, French and Spanish.
"""

import re
from dataclasses import dataclass

LONGEST_NAME = 5  # words; a longer side is a clause, not a name
NAME = r"(?P<{side}>[^,;:?!]{{1,60}}?)"
LEFT, RIGHT = NAME.format(side="left"), NAME.format(side="right")
END = r"\s*[.?!…]*\s*$"
SURE = (  # the two are compared whatever they are
    rf"\bdiff?e?re?n[cs]es?\b.*?\bbetween\s+{LEFT}\s+and\s+{RIGHT}{END}",
    rf"\bcompar(?:e|ison|ing)\b(?:\s+(?:of|between))?\s+{LEFT}\s+(?:with|to|and|against|vs\.?|versus)\s+{RIGHT}{END}",
    rf"^\s*(?:how\s+(?:does|do|is|are))\s+{LEFT}\s+(?:compared?|differ|different)\s+(?:to|with|from)\s+{RIGHT}{END}",
    rf"^\s*(?:what(?:'s|\s+is)\s+better\W+)?{LEFT}\s+(?:vs\.?|versus)\s+{RIGHT}{END}",
    rf"\bunterschiede?\b.*?\bzwischen\s+{LEFT}\s+und\s+{RIGHT}{END}",
    rf"\bvergleiche?n?\b(?:\s+(?:sie|mir))?\s+{LEFT}\s+(?:mit|und)\s+{RIGHT}{END}",
    rf"\bdiff[ée]rences?\b.*?\bentre\s+{LEFT}\s+et\s+{RIGHT}{END}",
    rf"\bcompare[rz]?\s+{LEFT}\s+(?:à|avec|et)\s+{RIGHT}{END}",
    rf"\bdiferencias?\b.*?\bentre\s+{LEFT}\s+y\s+{RIGHT}{END}",
    rf"\bcompar[ae]r?\s+{LEFT}\s+(?:con|y)\s+{RIGHT}{END}",
)
OR = r"\s+(?:or|oder|ou|o)\s+"
CHOICE = (  # compared where both are known
    rf"^\s*(?:is|are)\s+{LEFT}\s+(?:\w+er|(?:more|less)\s+\w+)\s+than\s+{RIGHT}{END}",
    rf"^\s*(?:ist|sind)\s+{LEFT}\s+(?:besser|\w+er)\s+als\s+{RIGHT}{END}",
    rf"^\s*{LEFT}\s+est(?:-(?:il|elle|ce))?\s+(?:meilleure?|mieux|(?:plus|moins)\s+\w+)\s+que\s+{RIGHT}{END}",
    rf"^\W*es\s+{LEFT}\s+(?:mejor|(?:más|menos)\s+\w+)\s+que\s+{RIGHT}{END}",
    rf"\b(?:which|what)\b[^,]*?(?:,|:|\bbetween\b)\s*{LEFT}{OR}{RIGHT}{END}",
    rf"^\s*should\s+(?:i|we)\s+(?:\w+\s+){{1,2}}?{LEFT}{OR}{RIGHT}{END}",
    rf"^\s*(?:was|welche[rsn]?)\b[^,]*?[,:]\s*{LEFT}{OR}{RIGHT}{END}",
    rf"\b(?:quel(?:le)?s?|lequel|laquelle|qu'est-ce)\b[^,]*?[,:]\s*{LEFT}{OR}{RIGHT}{END}",
    rf"\b(?:cuál|qué)\b[^,]*?[,:]\s*{LEFT}{OR}{RIGHT}{END}",
    rf"^\W*(?P<left>(?:\S+\s+)?\S+){OR}(?P<right>(?:\S+\s+)?\S+?){END}",
)
PATTERNS = tuple((re.compile(p, re.IGNORECASE), p in SURE) for p in (*SURE, *CHOICE))
ARTICLE = re.compile(
    r"^(?:the|an?|your|our|der|die|das|den|dem|des|eure[nm]?|ihre[nm]?|le|la|les|un|une|el|los|las|una)\s+|^l['’]",
    re.IGNORECASE,
)
POINTING = frozenset({"it", "this", "that", "them", "these", "those", "they", "one", "two", "other", "others",
                      "es", "das", "ça", "cela", "eso", "esto", "no", "not", "nein", "non", "nicht"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Compared:
    """Two names as the question spells them; `is_sure` when it can only be a comparison."""

    left: str
    right: str
    is_sure: bool


def find_compared(question: str) -> Compared | None:
    """Return the two things a question compares, None when it compares nothing that it names."""
    for pattern, is_sure in PATTERNS:
        found = pattern.search(question)
        if found is None:
            continue
        left, right = (_name(found.group(side)) for side in ("left", "right"))
        if left and right and left.lower() != right.lower():
            return Compared(left, right, is_sure)
    return None


def _name(text: str) -> str:
    """Return a side without its article and quotes, "" when it is no name."""
    name = ARTICLE.sub("", text.strip().strip("\"'“”„«»¿¡ ")).strip()
    words = name.lower().split()
    is_name = 0 < len(words) <= LONGEST_NAME and words[-1] not in POINTING and words[0] not in POINTING
    return name if is_name else ""

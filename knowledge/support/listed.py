"""Lists of which every item is denied: "not to Jersey, Guernsey or Malta", "neither A, B nor C", "A, B and C are not".

Promises: pure; English, German, French and Spanish. A comma within such a list begins no clause, and what follows it is
denied as what stands before; a part with a verb of its own is no item: "we do not repair phones, we repair tablets".
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from knowledge.support.listed_words import (
    DETERMINERS,
    DETERMINING,
    ENDS_A_CLAUSE,
    FINITE,
    OTHER_VERBS,
    PREPOSITIONS,
    RELATIVE,
    SUBJECTS,
    SUBJECTS_BEHIND,
)
from knowledge.support.wordings import (
    CONCORDANT,
    DENIALS,
    EXCEPTIONS,
    EXCLUDING,
    NO,
    ONLY,
    ONLY_IN_SPANISH,
)

STATEMENT_CUT = (
    r"[;:()]|\s[-–—]\s|\b(?:but|although|though|whereas|while|(?<!nicht )aber|sondern|obwohl|während|mais|pero|sino|"
    r"aunque)\b"
)
"""Where one statement of a sentence ends and the next begins; no comma, for those may part items."""
SHORT = re.compile(r"n['’]t\b")
DENYING = DENIALS | EXCLUDING

_STATEMENT_END = re.compile(rf"(?<=\w{{3}})[.?!]\s|{STATEMENT_CUT}", re.IGNORECASE)
_COMMA = re.compile(r",\s+")
_OR = re.compile(r"(?:^|(?<=\s))(?:and/or|or|nor|oder|noch|ou|ni|o|u)\s", re.IGNORECASE)
_AND = re.compile(r"(?:^|(?<=\s))(?:and|und|sowie|et|y|e)\s", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_NO_ITEM = re.compile(
    r"^\W*(?:(?:and|und|et|y)\s)?(?:if|unless|when|where|while|because|also|instead|wenn|falls|sofern|weil|wo|auch|"
    r"stattdessen|si|lorsque|quand|cuando|donde|porque)\b",
    re.IGNORECASE,
)
_NO_DENIAL = re.compile(
    r"\b(?:not (?:only|just)|nicht (?:nur|allein)|(?:non|pas) seulement|no s[oó]lo|no solamente|sin embargo)\b",
    re.IGNORECASE,
)
_WE_IN_SPANISH = re.compile(r"[a-zñ]{2,}[aei]mos")  # "préstamos" and "últimos" are no verbs
_LIMITING = ONLY | {ONLY_IN_SPANISH}
_LONGEST_SUBJECT = 6  # words of each of several things of which something is denied
# Of the private use area, so that no text has them: between two items, before the first and behind the last.
_BETWEEN, _EDGE = "\ue000", "\ue001"
_JOINT = f"{_BETWEEN} "


def bind_denied_lists(text: str, language: str) -> str:
    """Return a text in which marks of this module part the items of a denied list, in place of commas and "and".

    They stand as in "We do not repair | phones / tablets / watches"; `items_in` knows them.

    Args:
        text: a sentence, or a unit of a source.
        language: ISO 639-1 code, one of en, de, fr and es.
    """
    text = SHORT.sub(" not", text)
    if not any(word in DENYING | EXCEPTIONS for word in _words(text)):
        return text
    ends = [*(found.end() for found in _STATEMENT_END.finditer(text)), len(text)]
    statements = [text[start:end] for start, end in zip([0, *ends[:-1]], ends, strict=True)]
    bound: list[str] = []
    for at, statement in enumerate(statements):
        if bound and _is_announced(statements[at - 1], statement, language):
            items = _COMMA.sub(f" {_JOINT}", _slashed(statement.strip()))
            bound[-1] = f"{statements[at - 1].rstrip(': ')} {_EDGE} {items}"
        else:
            bound.append(_bound(statement, language))
    return "".join(bound)


def items_in(clause: str) -> Iterator[str]:
    """Yield a bound clause once with each item of its lists alone."""
    parts = clause.split(_EDGE)
    for at, part in enumerate(parts):
        items = part.split(_BETWEEN) if _BETWEEN in part else []
        yield from (" ".join((*parts[:at], item, *parts[at + 1 :])) for item in items)


def without_marks(clause: str) -> str:
    """Return a clause as it can be read, with slashes."""
    return clause.replace(_BETWEEN, "/").replace(f"{_EDGE} ", "")


def is_item(text: str, language: str) -> bool:
    """Say whether a text has no verb of its own, and nobody who does something."""
    words = list(takewhile(lambda word: word not in RELATIVE, _words(text)))
    if not words or _has_subject(words, language) or words[-1] in ENDS_A_CLAUSE:
        return False
    # A German verb at the end is that of the whole list: "Handys, Tablets oder Uhren reparieren".
    while language == "de" and words and words[-1] in FINITE["de"] | OTHER_VERBS["de"]:
        words.pop()
    if language == "es" and len(words) > 1 and _WE_IN_SPANISH.fullmatch(words[0]):
        return False
    return not (FINITE[language] & set(words) or OTHER_VERBS[language] & set(words[1:-1]))


def _is_announced(before: str, statement: str, language: str) -> bool:
    """Say whether a statement is a list of what the one before it denies: "We do not ship to these places: A and B"."""
    parts = _COMMA.split(statement.strip())
    is_whole = before.rstrip().endswith(":") and not statement.rstrip().endswith(":")
    return is_whole and _denies_items(before) and all(_is_listed(part, language) for part in parts)


def _bound(statement: str, language: str) -> str:
    parts = _COMMA.split(statement)
    is_bound = [False] * len(parts)
    for at, part in enumerate(list(parts)):
        if is_bound[at] or not _denies_items(part):
            continue
        before = _size_before(parts[:at], part, language)
        behind = _size_behind(parts[at + 1 :], language)
        parts[at] = _slashed_behind(part, language)
        if behind:
            parts[at] = _marked_first(parts[at], parts[at + 1], language)
            parts[at + 1 : at + behind] = map(_slashed, parts[at + 1 : at + behind])
            parts[at + behind] = _marked_last(_slashed(parts[at + behind]), language)
        parts[at] = _slashed_before(parts[at], language, has_others=before > 0)
        is_bound[at - before + 1 : at + behind + 1] = [True] * (before + behind)
    joints = (f" {_JOINT}" if bound else ", " for bound in is_bound[1:])
    return parts[0] + "".join(joint + part for joint, part in zip(joints, parts[1:], strict=True))


def _size_behind(parts: Sequence[str], language: str) -> int:
    """Return how many parts behind one that denies are items of its list: up to the last that "or" or "and" joins."""
    run = list(takewhile(lambda part: _is_listed(part, language), parts))
    size = max(
        (at for at, part in enumerate(run, start=1) if _OR.search(part) or _AND.search(part)), default=0
    )
    # ", and lends bikes" goes on without a subject; an item has another before it.
    return 0 if all(_AND.match(part) and not _OR.search(part) for part in run[:size]) else size


def _is_listed(part: str, language: str) -> bool:
    words = _words(part)
    if _NO_ITEM.match(part) or any(word in DENYING - CONCORDANT or word in _LIMITING for word in words):
        return False
    last = _last_or(part)
    if last is None:
        return is_item(part, language)
    # Behind "or" nothing begins anew without saying who: "no pets, smoking or parties are allowed".
    left = part[: last.start()]
    return (not left.strip() or is_item(left, language)) and not _has_subject(
        _words(part[last.end() :]), language
    )


def _size_before(parts: Sequence[str], part: str, language: str) -> int:
    """Return how many parts before one that denies are things of which it does: "A, B and C are not …"."""
    joint = _joint_before_denial(part)
    if joint is None:
        return 0
    left = part[: joint.start()]
    size = len(list(takewhile(lambda one: _is_subject(one, language), reversed(parts))))
    if left.strip():
        return size if _is_subject(left, language) else 0
    return size if size == len(parts) else 0


def _slashed_before(part: str, language: str, *, has_others: bool) -> str:
    """Part the things of which a part denies something: "B / C | are not"."""
    joint = _joint_before_denial(part)
    if joint is None or not (has_others or _is_subject(part[: joint.start()], language)):
        return part
    left, said = part[: joint.start()], part[joint.end() :]
    verbs = FINITE[language] | OTHER_VERBS[language] | DENYING | {"ne", "n"}
    words = list(_WORD.finditer(said))[1:]
    end = next((found.start() for found in words if found[0].lower() in verbs), len(said))
    return f"{left}{_JOINT if left.strip() else ''}{said[:end]}{_EDGE} {said[end:]}"


def _slashed_behind(part: str, language: str) -> str:
    """Put slashes for "or" in "not to the one or the other", and for "and" where no verb follows."""
    joints = sorted((*_AND.finditer(part), *_OR.finditer(part)), key=lambda one: one.start(), reverse=True)
    denials = (found.end() for found in _WORD.finditer(part) if found[0].lower() in DENYING - CONCORDANT)
    denied_from = next(denials, len(part))
    end, items = len(part), list[str]()
    for joint in joints:
        item = part[joint.end() : end]
        first = (_words(item) or [""])[0]
        is_phrase = first in DETERMINERS | PREPOSITIONS or item[:1].isupper() or joint.re is _OR
        if is_phrase and joint.start() >= denied_from and _is_listed(item, language):
            end, items = joint.start(), [item, *items]
    return _JOINT.join((_marked_first(part[:end], items[0], language), *items)) if items else part


def _slashed(part: str) -> str:
    """Put slashes for what joins the items of a part, up to its last "or"."""
    last = _last_or(part)
    end = last.end() if last else len(part)
    return _AND.sub(_JOINT, _OR.sub(_JOINT, part[:end])).removeprefix(_JOINT) + part[end:]


def _marked_first(head: str, second: str, language: str) -> str:
    """Set the first item apart from what stands before it: it begins as the second does, or is as short as can be."""
    words = [(found.start(), found[0].lower()) for found in _WORD.finditer(head)]
    at = max(number for number, (_, word) in enumerate(words) if word in DENYING | EXCEPTIONS)
    behind = words[at + 1 :]
    if not behind or words[at][1] in DETERMINING[language]:
        start = behind[0][0] if behind else len(head)
        return f"{head[:start]}{_EDGE} {head[start:]}"
    lead = (_words(second) or [""])[0]
    alike = next((kind for kind in (DETERMINERS, PREPOSITIONS) if lead in kind), frozenset())
    starts = [start for start, word in behind if word in alike]
    placed = [after[0] for (_, word), after in pairwise(behind) if word in PREPOSITIONS]
    start = (starts or placed or [_start_of_name(head, [start for start, _ in behind], language)])[-1]
    return f"{head[:start]}{_EDGE} {head[start:]}"


def _start_of_name(text: str, starts: Sequence[int], language: str) -> int:
    """Return where the last word begins, or the name that it ends: "Northern Ireland"."""
    if language == "de":
        return starts[-1]
    named = list(takewhile(lambda start: text[start].isupper(), reversed(starts)))
    return named[-1] if named else starts[-1]


def _marked_last(part: str, language: str) -> str:
    """Set the last item apart from what is said of all: "smoking or parties are allowed"."""
    verbs = FINITE[language] | (OTHER_VERBS["de"] if language == "de" else frozenset())
    start = part.rfind(_BETWEEN) + 1
    words = list(_WORD.finditer(part, start))[1:]
    end = next((found.start() for found in words if found[0].lower() in verbs), None)
    return part if end is None else f"{part[:end]}{_EDGE} {part[end:]}"


def _last_or(part: str) -> re.Match[str] | None:
    return next(reversed(list(_OR.finditer(part))), None)


def _joint_before_denial(part: str) -> re.Match[str] | None:
    denial = next((found for found in _WORD.finditer(part) if found[0].lower() in DENYING), None)
    joints = [joint for joint in (_AND.search(part), _OR.search(part)) if joint]
    first = min(joints, key=lambda joint: joint.start(), default=None)
    return first if first and denial and first.end() <= denial.start() else None


def _is_subject(text: str, language: str) -> bool:
    words = _words(text)
    has_other = any(word in DENYING or word in _LIMITING for word in words)
    begins_anew = bool(words) and words[0] in OTHER_VERBS[language]
    return not (has_other or begins_anew) and len(words) <= _LONGEST_SUBJECT and is_item(text, language)


def _has_subject(words: Sequence[str], language: str) -> bool:
    if words and words[0] in SUBJECTS:
        return True
    return language == "de" and bool(SUBJECTS_BEHIND & set(words))


def _denies_items(part: str) -> bool:
    words = _words(part)
    is_answer = len(words) == 1 and words[0] in NO
    is_denied = any(word in DENYING | EXCEPTIONS for word in words)
    return is_denied and not (is_answer or _NO_ITEM.match(part) or _NO_DENIAL.search(part))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())

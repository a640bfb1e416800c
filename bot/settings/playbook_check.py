"""What the shape of playbook.yaml can not say: unique names, rules that can apply, thresholds that rise.

Each function yields problems as `(place, what)`; a playbook with none of them works as it reads.
"""

from collections.abc import Iterator
from itertools import pairwise

from bot.settings.playbook_model import ConditionSection, PlaybookFile, RuleSection, SlotSection
from bot.settings.site_file import choice_id
from bot.settings.templates import template_problem
from bot.settings.validation import did_you_mean
from bot.settings.yaml_file import Place

Found = Iterator[tuple[Place, str]]

RESERVED = frozenset(
    {
        *(
            "consent",
            "engagement",
            "cap",
            "decay",
            "person",
            "check_email",
            "forget",
            "win_probability",
            "signal",
            "lead_id",
            "created_at",
            "updated_at",
            "stage",
            "grade",
            "score",
        ),
        *("reasons", "consent_at", "first_question", "page", "referrer", "conversation_url", "owner"),
        *("campaign", "utm_source", "utm_medium", "utm_campaign"),
    }
)
"""Names that receipts and the columns of exports have already."""

PART_KINDS = {
    "at_least": ("quantity", "money"),
    "at_most": ("quantity", "money"),
    "within_days": ("timeline",),
    "is": ("boolean", "choice"),
    "mail": ("email",),
    "mentions": ("role", "company", "url", "need", "text"),
}
"""The parts of a condition, and the kinds of slot they can be compared with."""


def find_problems(playbook: PlaybookFile) -> Found:
    """Yield every problem of the playbook."""
    yield from _slots(playbook)
    yield from asking_problems(playbook)
    yield from _engagement(playbook)
    yield from _groups(playbook)
    yield from _stages(playbook)
    yield from _grades(playbook)


def _slots(playbook: PlaybookFile) -> Found:
    seen: set[str] = set()
    for position, slot in enumerate(playbook.slots):
        place: Place = ("slots", position)
        if slot.id in seen:
            yield (*place, "id"), f"the slot {slot.id!r} is defined twice; rename or remove one"
        if slot.id in RESERVED or slot.id.endswith(("_state", "_quote")):
            yield (*place, "id"), f"{slot.id!r} is the name of an export column; choose another id"
        seen.add(slot.id)
        yield from _words_and_choices(slot, place)
        yield from _rules(slot, place)


def _words_and_choices(slot: SlotSection, place: Place) -> Found:
    if slot.kind == "choice" and len(slot.choices) < 2:
        yield (*place, "choices"), f"the choice slot {slot.id!r} needs at least two `choices`"
    if slot.kind != "choice" and slot.choices:
        what = f"{slot.id!r} is no choice slot: put quick replies under `ask`, or say `kind: choice`"
        yield (*place, "choices"), what
    if slot.words and slot.kind not in {"need", "choice", "text", "quantity"}:
        yield (*place, "words"), f"`words` have no effect on a slot of kind {slot.kind}; remove them"


def _rules(slot: SlotSection, place: Place) -> Found:
    names: set[str] = set()
    for position, rule in enumerate(slot.rules):
        here: Place = (*place, "rules", position)
        if rule.name in names:
            yield (*here, "name"), f"the rule {slot.id}.{rule.name} is defined twice; rename or remove one"
        names.add(rule.name)
        yield from _condition(rule.when, slot, (*here, "when"))
        yield from _points(rule, here)


def _points(rule: RuleSection, place: Place) -> Found:
    if rule.when.state != "known" and rule.points > 0:
        yield (*place, "points"), f"`{rule.when.state}` can not earn points, only cost them; write 0 or less"


def _condition(condition: ConditionSection, slot: SlotSection, place: Place) -> Found:
    parts = {field.alias or name for name, field in ConditionSection.model_fields.items()} & _given(condition)
    for part in sorted(parts & PART_KINDS.keys()):
        if slot.kind not in PART_KINDS[part]:
            fitting = " or ".join(PART_KINDS[part])
            yield (*place, part), f"`{part}` compares {fitting}, but {slot.id!r} is of kind {slot.kind}"
        elif condition.state != "known":
            yield (*place, part), f"`{part}` can not hold of a slot that is `{condition.state}`; remove one"
    if (
        condition.at_least is not None
        and condition.at_most is not None
        and condition.at_least > condition.at_most
    ):
        yield (*place, "at_least"), "`at_least` is above `at_most`: the rule could never apply"
    yield from _listed(condition, slot, place)


def _given(condition: ConditionSection) -> set[str]:
    return {"is" if name == "is_one_of" else name for name in condition.model_fields_set}


def _listed(condition: ConditionSection, slot: SlotSection, place: Place) -> Found:
    """Check that `is` names values the slot can have."""
    known = [choice.id or choice_id(choice.label) for choice in slot.choices]
    for wanted in condition.is_one_of:
        if slot.kind == "boolean" and not isinstance(wanted, bool):
            yield (*place, "is"), f"`is` must be true or false for {slot.id!r}, not {wanted!r}"
        if slot.kind == "choice" and wanted not in known:
            yield (*place, "is"), f"{slot.id!r} has no choice {wanted!r}{did_you_mean(str(wanted), known)}"


def _engagement(playbook: PlaybookFile) -> Found:
    names: set[str] = set()
    for position, rule in enumerate(playbook.engagement):
        if rule.name in names:
            what = f"the rule engagement.{rule.name} is defined twice; rename or remove one"
            yield ("engagement", position, "name"), what
        names.add(rule.name)


def _groups(playbook: PlaybookFile) -> Found:
    """Check that each group has a cap, each cap a group, and that a group is all fit or all interest."""
    dimensions: dict[str, set[str]] = {}
    for place, group, dimension in _members(playbook):
        if group not in playbook.caps:
            yield place, f"the group {group!r} has no cap; add `{group}:` with a number under `caps`"
        dimensions.setdefault(group, set()).add(dimension)
        if len(dimensions[group]) > 1:
            yield place, f"the group {group!r} mixes fit and interest; use one group for each"
    for group in playbook.caps:
        if group not in dimensions:
            known = did_you_mean(group, sorted(dimensions)) if dimensions else "; remove it"
            yield ("caps", group), f"no rule is in the group {group!r}{known}"


def _members(playbook: PlaybookFile) -> Iterator[tuple[Place, str, str]]:
    for position, slot in enumerate(playbook.slots):
        for number, rule in enumerate(slot.rules):
            if rule.group is not None:
                yield ("slots", position, "rules", number, "group"), rule.group, rule.dimension
    for position, engagement in enumerate(playbook.engagement):
        if engagement.group is not None:
            yield ("engagement", position, "group"), engagement.group, "interest"


def _stages(playbook: PlaybookFile) -> Found:
    stages = playbook.stages
    if not stages.lead < stages.mql < stages.sql:
        numbers = f"{stages.lead}, {stages.mql}, {stages.sql}"
        yield ("stages",), f"the thresholds lead, mql and sql must rise; they are {numbers}"
    for position, together in enumerate(stages.disqualified_when):
        place: Place = ("stages", "disqualified_when", position)
        if not together:
            yield place, "names no slot: it would disqualify everybody; remove it"
        yield from line_problems(playbook, together, place)


def line_problems(playbook: PlaybookFile, together: dict[str, ConditionSection], place: Place) -> Found:
    """Yield what is wrong with a line of conditions on slots."""
    slots = {slot.id: slot for slot in playbook.slots}
    for slot_id, condition in together.items():
        if slot_id in slots:
            yield from _condition(condition, slots[slot_id], (*place, slot_id))
        else:
            yield (*place, slot_id), f"there is no slot {slot_id!r}{did_you_mean(slot_id, list(slots))}"


def asking_problems(playbook: PlaybookFile) -> Found:
    """Yield what is wrong with how slots are asked for: branches, languages, templates."""
    slots = [slot.id for slot in playbook.slots]
    for position, slot in enumerate(playbook.slots):
        if slot.ask is None:
            continue
        place: Place = ("slots", position, "ask")
        for number, together in enumerate(slot.ask.when):
            here: Place = (*place, "when", number) if len(slot.ask.when) > 1 else (*place, "when")
            yield from line_problems(playbook, together, here)
            if slot.id in together:
                yield here, f"{slot.id!r} waits for itself: it would never be asked for"
        if len({len(replies) for replies in slot.ask.choices.values()}) > 1:
            yield (*place, "choices"), "every language needs as many quick replies, in the same order"
        for text in (text for texts in slot.ask.texts.values() for text in texts):
            wrong = template_problem(text, said=slots, values=())
            if wrong is not None:
                yield (*place, "texts"), wrong


def _grades(playbook: PlaybookFile) -> Found:
    for half in ("fit", "interest"):
        numbers = getattr(playbook.grades, half)
        if any(first <= second for first, second in pairwise(numbers)):
            yield ("grades", half), f"the points for `{half}` must fall, highest first; they are {numbers}"

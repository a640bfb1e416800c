"""Leads in words, for the terminal. Visitors' words are shown on one line, without anything a terminal obeys."""

from collections.abc import Sequence

from bot.domain.facts import Fact
from bot.domain.mail_kinds import mail_kind
from bot.leads.columns import LeadRecord, describe_identity, is_signal
from bot.leads.mail_text import MAIL_FLAGS
from bot.leads.rescore import Rescored
from bot.leads.values import utc, words_by_shape

LINE_CHARS = 160
WHO = ("name", "company", "email", "phone")


def list_head(id_chars: int) -> str:
    """Return the head above the list's lines, for ids of so many characters."""
    return list_line(("SCORE", "GRADE", "STAGE", "CHANGED", "LEAD"), "WHO", id_chars=id_chars)


def list_line(cells: tuple[str, str, str, str, str], who: str, *, id_chars: int) -> str:
    """Return one line of the list in its columns."""
    score, grade, stage, day, lead_id = cells
    return one_line(f"{score:>5}  {grade:<5}  {stage:<12}  {day:<10}  {lead_id:<{id_chars}}  {who}")


def lead_line(record: LeadRecord, id_chars: int) -> str:
    """Return a lead as one line of the list: score, grade, stage, day, id, who, what for."""
    row = record.row
    who = ", ".join(filter(None, (_words(record.facts.get(slot)) for slot in WHO)))
    what = _words(record.facts.get("need")) or row.first_question or ""
    cells = (f"{row.score}", row.grade, row.stage, f"{row.updated_at:%Y-%m-%d}", row.lead_id)
    return list_line(cells, f"{who or 'unknown'}{f'  “{what}”' if what else ''}", id_chars=id_chars)


def lead_page(record: LeadRecord, history: Sequence[Fact]) -> str:
    """Return everything known of a lead, as a page."""
    row = record.row
    reach = "can be reached" if row.captured else f"cannot be reached ({row.stopped_at or 'no contact'})"
    lines = [
        f"Lead {row.lead_id} of site {row.site_id}: {reach}",
        f"Score {row.score} of 100, grade {row.grade}, stage {row.stage}",
        f"Consent: {row.consent.value}{f' at {utc(row.consent_at)}' if row.consent_at else ''}",
        f"Identity: {_identity(record)}",
        f"First seen {utc(row.created_at)}, last change {utc(row.updated_at)}",
    ]
    lines += [f"First question: “{row.first_question}”"] if row.first_question else []
    lines += [f"Page: {row.page}"] if row.page else []
    lines += [f"Conversation: {record.conversation_url or row.conversation_id}"]
    lines += ["", "Facts" if record.facts else "No facts yet."]
    lines += [_fact_line(fact) for fact in record.facts.values() if not is_signal(fact)]
    earlier = [fact for fact in history if not _is_current(fact, record)]
    lines += ["", "Said earlier", *map(_fact_line, earlier)] if earlier else []
    lines += ["", "Why this score" if row.receipts else "Nothing counts towards the score yet."]
    lines += [
        f"  {receipt.points:+4d}  {receipt.reason} ({receipt.rule})"
        f"{f': “{receipt.quote}”' if receipt.quote else ''}"
        for receipt in row.receipts
    ]
    return "\n".join(one_line(line) if line else "" for line in lines)


def _identity(record: LeadRecord) -> str:
    """Return how far it is known who they are, and of which leads it is one."""
    told = describe_identity(record.identity)
    words = [told["state"], *sorted({f"{one['kind']} by {one['proof']}" for one in told["by"]})]
    words += [f"one person of {' and '.join(record.parts)}"] if record.parts else []
    words += [f"shown as part of {record.row.merged_into}"] if record.row.merged_into else []
    return ", ".join(words)


def moved_line(one: Rescored) -> str:
    """Return who moved, from where to where."""
    return (
        f"{one.lead_id}  {one.score_before} {one.grade_before} {one.stage_before} → "
        f"{one.score} {one.grade} {one.stage}"
    )


def one_line(text: str) -> str:
    """Return `text` on one line, without control characters, cut where a line ends."""
    line = "".join(char if char.isprintable() else " " for char in text).rstrip()
    return line if len(line) <= LINE_CHARS else line[: LINE_CHARS - 1] + "…"


def _fact_line(fact: Fact) -> str:
    flag = MAIL_FLAGS.get(mail_kind(fact.value))
    about = f" ({flag})" if flag else ""
    return f"  {fact.slot}: {_words(fact) or fact.state.value}{about}  “{fact.quote}”"


def _words(fact: Fact | None) -> str | None:
    return None if fact is None else words_by_shape(fact.value)


def _is_current(fact: Fact, record: LeadRecord) -> bool:
    return is_signal(fact) or record.facts.get(fact.slot) == fact

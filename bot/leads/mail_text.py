"""The e-mail that tells sales about a lead: who it is, what they want, why it matters, how to open.

Everything in it is the visitor's or the playbook's word; nothing is invented. Visitors' words are kept on one
line, cut to a length, escaped in HTML, and linked only where they are an http(s) address.
"""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from bot.domain.mail_address import for_machines
from bot.domain.mail_kinds import MailKind
from bot.outbound import MailText, Parcel

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

MAX_LINE_CHARS = 300
MAX_URL_CHARS = 500
STAGES = {"sql": "ready for sales", "mql": "worth a look", "lead": "a contact", "visitor": "a visitor"}
WHO = ("name", "role", "company")
CONTACT = ("email", "phone")
MAIL_FLAGS: Mapping[MailKind | None, str] = {"free": "free mail", "disposable": "disposable address"}
"""What is said of an address that is no company's own."""


def write_mail(parcel: Parcel) -> MailText:
    """Return the words of the e-mail for one `lead.qualified` or `conversation.handed_off` event."""
    view = view_of(parcel.payload)
    text, html = (_templates().get_template(f"lead_mail.{kind}.j2") for kind in ("txt", "html"))
    return MailText(subject=view["subject"], text=text.render(view), html=html.render(view))


def view_of(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the templates show, every text made fit to print."""
    data = payload["data"]
    facts: Mapping[str, Any] = data.get("facts", {})
    asked_person = bool(data.get("asked_person"))
    need = _need(facts)
    who = [_line(words) for slot in WHO if (words := _words(facts, slot))]
    return {
        "subject": _subject(data, asked_person=asked_person, need=need, company=_words(facts, "company")),
        "site": _line(data.get("site", {}).get("name") or ""),
        "who": ", ".join(who) or "A visitor who left only a contact",
        "contacts": [
            {"words": _line(words), "href": contact_href(slot, words), "flag": _flag(facts[slot])}
            for slot in CONTACT
            if (words := _words(facts, slot))
        ],
        "asked_person": asked_person,
        "need": need,
        "first_question": _line(data.get("first_question") or ""),
        "score": data["score"],
        "grade": data["grade"],
        "stage": STAGES.get(data["stage"], data["stage"]),
        "receipts": [
            {
                "points": f"{receipt['points']:+d}",
                "reason": _line(receipt["reason"]),
                "quote": _quote(receipt),
            }
            for receipt in data.get("receipts", ())
        ],
        "facts": [_fact(fact) for slot, fact in facts.items() if slot not in {*WHO, *CONTACT}],
        "opening": _opening(data, facts, asked_person=asked_person),
        "page": _line(data.get("page") or "", MAX_URL_CHARS),
        "page_href": web_href(data.get("page")),
        "lead_id": data["lead_id"],
    }


def _subject(data: Mapping[str, Any], *, asked_person: bool, need: str, company: str | None) -> str:
    what = need or _line(data.get("first_question") or "") or STAGES.get(data["stage"], data["stage"])
    start = f"{data['score']} ({data['grade']}){', wants to talk to a person' if asked_person else ''}"
    return _line(f"{start}: {what}{f' – {company}' if company else ''}", 140)


def _need(facts: Mapping[str, Any]) -> str:
    fact = facts.get("need") or {}
    return _line(fact.get("words") or fact.get("quote") or "", 120) if fact.get("state") == "known" else ""


def _opening(data: Mapping[str, Any], facts: Mapping[str, Any], *, asked_person: bool) -> list[str]:
    lines: list[str] = []
    if asked_person:
        lines.append("They asked for a person and were promised nothing but that you have their contact.")
    if question := _line(data.get("first_question") or "", 160):
        lines.append(f"Begin with what they asked first: “{question}”")
    if words := _words(facts, "timeline"):
        lines.append(f"Their date: {_line(words)}. Say what is possible by then.")
    if refused := [_line(fact["label"]) for fact in facts.values() if fact["state"] == "declined"]:
        lines.append(f"They did not want to say: {', '.join(refused)}. Leave that alone at first.")
    if unknown := [_line(label) for label in data.get("unknown", ())]:
        lines.append(f"Not known yet: {', '.join(unknown[:5])}.")
    return lines


def _fact(fact: Mapping[str, Any]) -> dict[str, str]:
    states = {"none": "none, they said", "declined": "did not want to say", "unclear": "unclear"}
    words = fact.get("words") if fact["state"] == "known" else states[fact["state"]]
    return {"label": _line(fact["label"]), "words": _line(words or ""), "quote": _quote(fact)}


def _words(facts: Mapping[str, Any], slot: str) -> str | None:
    fact = facts.get(slot)
    return fact["words"] if fact is not None and fact["state"] == "known" else None


def _flag(fact: Mapping[str, Any]) -> str:
    return MAIL_FLAGS.get(fact.get("mail"), "")


def _quote(said: Mapping[str, Any]) -> str:
    return _line(said.get("quote") or "", 160)


def _line(text: str, limit: int = MAX_LINE_CHARS) -> str:
    # Not printable are also the marks that turn the direction of writing: they could disguise an address.
    line = " ".join("".join(char if char.isprintable() else " " for char in str(text)).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def contact_href(slot: str, words: str) -> str:
    """Return the address that writes to an e-mail address, or calls a phone number."""
    return (
        f"mailto:{quote(for_machines(words), safe='@')}"
        if slot == "email"
        else f"tel:{quote(words, safe='+')}"
    )


def web_href(url: str | None) -> str | None:
    """Return an address that may be linked: of the web, in one piece, without what cannot be seen; else None."""
    if (
        url is None
        or len(url) > MAX_URL_CHARS
        or not url.isprintable()
        or any(char.isspace() for char in url)
    ):
        return None
    return url if url.startswith(("https://", "http://")) else None


@cache
def _templates() -> "ImmutableSandboxedEnvironment":
    from jinja2 import PackageLoader, StrictUndefined, select_autoescape
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(
        loader=PackageLoader("bot.leads", "templates"),
        autoescape=select_autoescape(enabled_extensions=("html.j2",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

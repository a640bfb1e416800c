"""Why no lead came of a conversation, and the draft to those of whom one did: in what was said, and in nothing else."""

import csv
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.commands import leads as commands
from bot.domain.answer import Citation, Fit, Product, Sought
from bot.domain.capture import gate_in_words
from bot.domain.conversation import Author, Consent, Conversation, ConversationStatus, Message
from bot.domain.errors import ConfigurationError, NotFoundError
from bot.domain.slots import Slot, SlotKind
from bot.leads.draft import FromSite, draft_for
from bot.leads.fitting import sought_of
from bot.leads.ledger import ledger_json
from bot.store import Database, capture_ledger, conversations

PAGE = Citation(
    n=1, document_id="d", passage_id="p", title="Shipping", url="https://x.example/ship", quote="2 days"
)


@pytest.fixture
def talk(now):
    """A conversation of a question that was answered, one that was not, and a statement."""

    def make(locale: str | None = "en") -> tuple[Conversation, list[Message]]:
        said = [
            ("Do you ship\nto France?", "faq", (PAGE,)),
            ("Do you ship to Mars?", "none", ()),
            ("ada@analytical.example", "noted", ()),
            ("{{ 7 * 7 }} {% for x in y %}", "extracted", (PAGE,)),
        ]
        messages = []
        for number, (text, kind, citations) in enumerate(said):
            asked = {
                "message_id": f"v{number}",
                "seq": 2 * number + 1,
                "author": Author.VISITOR,
                "text": text,
            }
            reply = {"message_id": f"b{number}", "seq": 2 * number + 2, "author": Author.BOT, "text": "…"}
            reply |= {"in_reply_to": f"v{number}", "kind": kind, "citations": citations}
            messages += [Message(conversation_id="c", at=now, **fields) for fields in (asked, reply)]
        conversation = Conversation(
            conversation_id="c",
            site_id="demo",
            visitor_id="v",
            status=ConversationStatus.BOT,
            consent=Consent.GIVEN,
            version=1,
            head_seq=8,
            started_at=now,
            locale=locale,
        )
        return conversation, messages

    return make


@pytest.fixture
def write(playbook, make_record, talk):
    def make(locale: str | None = "en", folder: Path | None = None, fit=None, **changes) -> str:
        site = FromSite(name="Example Ltd", locale="de-DE", slots=playbook.slots, folder=folder, fit=fit)
        return draft_for(make_record(**changes), *talk(locale), site)

    return make


def test_a_draft_holds_what_they_asked_what_they_told_and_the_pages_that_answer(write):
    assert write() == (
        "Hello Ada,\n"
        "\n"
        "Thank you for your questions. These pages answer them:\n"
        "- “Do you ship to France?”\n"
        "  See Shipping: https://x.example/ship\n"
        "- “{{ 7 * 7 }} {% for x in y %}”\n"
        "  See Shipping: https://x.example/ship\n"
        "\n"
        "We still owe you an answer to:\n"
        "- “Do you ship to Mars?”\n"
        "\n"
        "You told us:\n"
        "- Team size: “40 seats”\n"
        "- Budget: “30k a year approved”\n"
        "- Timeline: “by 1 March”\n"
        "- Need: “we need a chat on our help pages”\n"
        "\n"
        "If anything of this has changed, a short reply is enough.\n"
        "\n"
        "Example Ltd\n"
    )


@pytest.mark.parametrize(
    ("locale", "words"),
    [("en-GB", "Hello Ada,"), ("de", "Guten Tag Ada,"), ("fr-CA", "Bonjour Ada,"), ("es", "Hola Ada:"),
     ("ja", "Hello Ada,"), (None, "Guten Tag Ada,")],
)  # fmt: skip
def test_a_draft_speaks_the_visitors_language_else_the_sites(write, locale, words):
    assert write(locale).startswith(words)


CREW = Fit(
    product=Product(
        document_id="p", name="Crew\nplan", price="29", currency="EUR", url="https://x.example/crew", image=None,
        reasons=(("users", "up to 50"),),
    ),
    said="Crew\nplan, 29 EUR, users: up to 50", by=("people", "money"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("locale", "head", "why"),
    [
        ("en", "This fits what you told us:", "because you said “40 seats”, “30k a year approved”"),
        ("de", "Dazu passt:", "denn Sie schrieben „40 seats“, „30k a year approved“"),
        ("fr", "Ce qui vous conviendrait :", "car vous avez écrit « 40 seats », « 30k a year approved »"),
        ("es", "Esto es lo que le conviene:", "porque escribió «40 seats», «30k a year approved»"),
    ],
)
def test_a_draft_names_what_fits_and_why(write, locale, head, why):
    asked = []
    text = write(locale, fit=lambda sought: asked.append(sought) or CREW)

    assert (f"{head}\n- Crew plan, 29 EUR, users: up to 50, https://x.example/crew\n  {why}\n\n") in text
    assert asked == [
        Sought(
            people=(40, 40), need="a chat on our help pages", yearly=30_000, currency="USD", language=locale
        )
    ]


@pytest.mark.parametrize(
    ("value", "yearly", "once"),
    [
        ({"min": 100, "max": 200, "currency": "EUR", "per": "month"}, 2_400, None),
        ({"min": 5, "max": 5, "currency": "EUR", "per": "user/month"}, 2_400, None),
        ({"min": 5, "max": 5, "currency": "EUR", "per": "hour"}, None, None),
        ({"min": 800, "max": 900, "currency": "EUR", "per": None}, None, 900),
        ({"min": 800, "max": None, "currency": "EUR", "per": None}, None, None),
    ],
)
def test_what_they_can_spend_is_the_most_they_said(playbook, make_fact, value, yearly, once):
    facts = {
        "budget": make_fact("budget", value, "…"),
        "team_size": make_fact("t", {"min": 40, "max": 40}, "…"),
    }

    sought = sought_of(facts, playbook.slots, language="en")

    assert (sought.yearly, sought.once) == (yearly, once)


def test_a_number_of_things_to_order_is_no_number_of_people(make_fact):
    slots = [Slot(id="amount", kind=SlotKind.QUANTITY, label="How many")]

    assert (
        sought_of({"amount": make_fact("amount", {"min": 8, "max": 8}, "8")}, slots, language="en").people
        is None
    )


def test_a_draft_names_nothing_where_nothing_fits(write):
    assert write("en", fit=lambda _: None) == write("en")


@pytest.mark.parametrize(
    ("text", "is_owed"),
    [
        ("We answer the same questions all day.", False),
        ("Unsere Kunden warten zu lange", False),
        ("We want to know what it costs", True),
        ("we need this by May, ok?", True),
        ("single sign-on", True),
    ],
)
def test_no_answer_is_owed_to_what_was_told(playbook, make_record, talk, text, is_owed):
    conversation, messages = talk()
    messages[2] = replace(messages[2], text=text)
    site = FromSite(name="Example Ltd", locale="en", slots=playbook.slots)

    draft = draft_for(make_record(), conversation, messages, site)

    assert (f"owe you an answer to:\n- “{text}”" in draft) == is_owed


def test_the_labels_of_our_playbooks_are_said_in_the_drafts_language(write):
    assert "- Teamgröße: „40 seats“\n" in write("de")
    assert "Decides" not in write("en")


def test_a_draft_to_who_told_nothing_invents_nothing(write):
    text = write("en", facts=())

    assert text.startswith("Hello,\n")
    assert "You told us" not in text
    assert "None" not in text


def test_a_sites_own_template_takes_the_place_of_ours(write, tmp_path):
    (tmp_path / "follow_up.txt.j2").write_text(
        "Dear {{ first_name }} of {{ company }}: {{ asked[0].pages[0].url }}"
    )
    (tmp_path / "follow_up.fr.txt.j2").write_text("Cher {{ first_name }}")

    assert write("en", tmp_path) == "Dear Ada of Analytical Engines: https://x.example/ship"
    assert write("fr", tmp_path) == "Cher Ada"


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("one\n{% if %}", r"follow_up.txt.j2:2: "),
        ("{{ nothing }}", "'nothing' is undefined"),
        ("{{ ''.__class__.__mro__ }}", "unsafe|cannot be rendered"),
        ("{% for n in range(99999) %}aaaaaaaa{% endfor %}", "more than 20000 characters"),
        ("{% for n in range(9999999) %}{% endfor %}", "cannot be rendered"),
        ("{{ 1 / 0 }}", "cannot be rendered"),
    ],
)
def test_a_template_that_cannot_be_rendered_is_named(write, tmp_path, template, words):
    (tmp_path / "follow_up.txt.j2").write_text(template)

    with pytest.raises(ConfigurationError, match=words):
        write("en", tmp_path)


async def keep_ledger(db: Database, keep_lead, now) -> None:
    """Six conversations: captured (with an earlier one), left at a question, refused, silent, of another site."""
    gone = {"captured": False, "consent": Consent.NOT_ASKED, "consent_at": None, "facts": ()}
    await keep_lead(db, "lead_yes")
    await keep_lead(db, "lead_left", **gone, stopped_at="left_at:budget")
    await keep_lead(db, "lead_no", **(gone | {"consent": Consent.REFUSED}), stopped_at="consent_refused")
    await keep_lead(db, "lead_other", site_id="other")
    async with db.write() as connection:
        for conversation_id, visitor_id in (("c_earlier", "v_lead_yes"), ("c_silent", "v_silent")):
            await conversations.start(
                connection,
                conversation_id=conversation_id,
                site_id="demo",
                visitor_id=visitor_id,
                now=now - timedelta(days=1),
            )


async def test_every_conversation_of_a_site_is_counted_at_one_gate(db, keep_lead, now):
    await keep_ledger(db, keep_lead, now)

    async with db.read() as connection:
        counted = ledger_json(await capture_ledger.count_gates(connection, "demo"))
        left = await capture_ledger.find_entry(connection, "demo", "lead_left")
        silent = await capture_ledger.find_entry(connection, "demo", "c_silent")
        foreign = await capture_ledger.find_entry(connection, "demo", "lead_other")

    gates = {gate["gate"]: gate["count"] for gate in counted["gates"]}
    assert (counted["conversations"], counted["captured"]) == (5, 1)
    assert gates == {
        "captured": 1, "left_at:budget": 1, "consent_refused": 1, "continued_later": 1, "never_wrote": 1
    }  # fmt: skip
    assert (left.conversation_id, left.gate, left.last_said) == (
        "c_lead_left", "left_at:budget", "I'm Ada Lovelace, ada@analytical.example"
    )  # fmt: skip
    assert (silent.lead_id, silent.gate, silent.last_said) == (None, "never_wrote", None)
    assert foreign is None


def test_a_gate_says_at_which_question_the_visitor_left():
    assert gate_in_words("left_at:budget", 3) == "left at question 3 (budget)"
    assert gate_in_words("consent_missing") == "gave a contact, was asked for consent, did not answer"


@pytest.fixture
def site(tmp_path, monkeypatch, keep_lead, now) -> Path:
    import asyncio

    folder = tmp_path / "site"
    (folder / "knowledge").mkdir(parents=True)
    (folder / "foyer.yaml").write_text(
        "id: demo\nname: Example Ltd\nsegments: {good: {where: {score: {at_least: 50}}}}\n"
    )
    monkeypatch.setenv("FOYER_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()

    async def keep() -> None:
        db = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'home' / 'foyer.db'}")
        await keep_ledger(db, keep_lead, now)
        await keep_lead(db, "lead_poor", score=3)
        await db.close()

    asyncio.run(keep())
    return folder


def run(*arguments: str):
    return CliRunner().invoke(commands.app, arguments)


def test_the_command_line_counts_explains_and_drafts(site):
    counts = run("why", "--site", str(site))
    one = json.loads(run("why", "lead_no", "--site", str(site), "--json").stdout)
    draft = run("draft", "lead_yes", "--site", str(site))

    assert "6 conversations, 2 captured" in counts.stdout
    assert "1  left at" in counts.stdout
    assert (one["gate"], one["words"]) == ("consent_refused", "did not agree to be contacted")
    assert draft.stdout.startswith("Hello Ada,")
    assert isinstance(run("draft", "lead_no").exception, ConfigurationError)
    assert isinstance(run("draft", "lead_other", "--site", str(site)).exception, NotFoundError)
    assert isinstance(run("why", "nobody").exception, NotFoundError)


def test_segments_drafts_and_the_check_work_on_the_command_line(site, tmp_path):
    listed = run("list", "--site", str(site), "--segment", "good")
    exported = run(
        *("export", "--site", str(site), "--segment", "good", "--profile", "mailchimp"),
        *("--drafts", str(tmp_path / "drafts"), "-o", str(tmp_path / "a.csv")),
    )
    checked = run("export", "--site", str(site), "--profile", "salesforce", "--check")
    (tmp_path / "wrong.csv").write_text("Email Address\nno address\n")
    wrong = run("check", str(tmp_path / "wrong.csv"), "--profile", "mailchimp", "--json")

    assert "lead_yes" in listed.stdout
    assert "lead_poor" not in listed.stdout
    assert (tmp_path / "a.csv").read_text().splitlines()[1].startswith("ada@analytical.example,Ada,Lovelace,")
    assert sorted(path.name for path in (tmp_path / "drafts").iterdir()) == ["lead_yes.txt"]
    assert "0 leads left out" not in exported.stderr
    assert (checked.exit_code, "2 leads left out: they did not agree" in checked.stderr) == (0, True)
    assert wrong.exit_code == 1
    assert json.loads(wrong.stdout)["findings"][0]["rule"] == "format"
    assert "'cold': there are good" in str(run("export", "--site", str(site), "--segment", "cold").exception)


def test_there_is_a_draft_for_each_row_of_the_list_and_no_other(site, tmp_path):
    wanted = ("--site", str(site), "--profile", "hubspot", "--drafts", str(tmp_path / "drafts"))
    told = run("export", *wanted, "-o", str(tmp_path / "a.csv")).stderr

    rows = (tmp_path / "a.csv").read_text().splitlines()[1:]
    assert "1 lead left out: with an address that a better lead in the list has." in told
    assert len(list((tmp_path / "drafts").iterdir())) == len(rows) == 1
    assert "1 draft in" in told


def test_a_check_names_no_file_and_leaves_none(site, tmp_path):
    drafts = tmp_path / "drafts"
    told = run("export", "--site", str(site), "--check", "--drafts", str(drafts)).stderr

    assert "2 leads looked through" in told
    assert "foyer-check" not in told
    assert not drafts.exists()


@pytest.mark.parametrize("profile", ["generic", "salesforce"])
def test_a_list_may_have_the_drafts_as_its_last_column(site, tmp_path, profile):
    wanted = ("--site", str(site), "--profile", profile, "--draft-column")

    result = run("export", *wanted, "-o", str(tmp_path / "a.csv"))

    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    draft = run("draft", "lead_yes", "--site", str(site)).stdout
    assert result.exit_code == 0
    assert list(rows[0])[-1] == "follow_up_draft"
    assert {row["follow_up_draft"].strip() for row in rows} == {draft.strip()}
    assert "follow_up_draft" not in run("export", *wanted[:-1]).stdout
    assert run("export", *wanted, "--check").exit_code == 0
    assert "255 bytes" in str(run("export", "--profile", "mailchimp", "--draft-column").exception)

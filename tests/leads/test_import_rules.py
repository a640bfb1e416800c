"""What we export, its importer takes; what an importer would refuse is said by row, column and rule."""

import asyncio
import csv
import random
from pathlib import Path
from urllib.parse import urlencode

import openpyxl
import pytest

from bot.domain.cells import calculates, clean, restore
from bot.domain.slots import Slot, SlotKind
from bot.leads.export import export_stream
from bot.leads.import_check import UnreadableListError, check_list
from bot.leads.profiles import PROFILES, profile_for
from bot.leads.profiles.person import split_name
from bot.leads.profiles.profile import Column, Form, fit
from bot.leads.profiles.utm import PARTS
from bot.store.lead_list import ListedLead

NASTY = (
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "|calc",
    "=cmd|'/C calc'!A0", "+cmd|' /C calc'!A0", "+4915112345678~abc",
    '=HYPERLINK("http://c","x")',
    "＝1+1", "＋1", "－1", "＠a", "｜a", " =1", "\u200b=1", "~=1", "+4915112345678~=1", "'=1",
    "🦊" * 90, "עברית של שם", "\u202e=1", "a\nb", "a\r\nb", '"', ",", ";", "", " ", "x" * 300, "漢字" * 200, "\x00",
    "\x1b[31m",
    "Ada", "Ada Lovelace", "Lovelace, Ada", "Ludwig van Beethoven", "陳大文", "+4915112345678", "-5", "O'Brien",
    "<r>x</r>",
    "\ud800", "y" * 2_000,
)  # fmt: skip
WEBSITE = Slot(id="site", kind=SlotKind.URL, label="Website")
EMAILS = (
    "a@b.example",
    "A@B.example",
    "=x@evil.example",
    "+tag@b.example",
    "müller@b.example",
    "x" * 90 + "@b.example",
    "no",
)
PHONES = ("+4915112345678", "+14155550123", "0151 12345678", "+49\n1", "=1")


def random_leads(make_listed, count: int) -> list[ListedLead]:
    chance = random.Random(4)
    plain = make_listed()

    def maybe(values, share: float = 0.7):
        return chance.choice(values) if chance.random() < share else None

    leads = []
    for number in range(count):
        facts = dict(plain.facts)
        unique = f"visitor{number}@firm.example" if chance.random() < 0.5 else None
        said = {"email": unique or maybe(EMAILS), "phone": maybe(PHONES)}
        said |= {slot: maybe(NASTY) for slot in ("name", "company", "role", "need")}
        for slot, value in said.items():
            facts.pop(slot, None)
            if value is not None:
                facts[slot] = ("known", value, value)
            elif chance.random() < 0.5:
                facts[slot] = (chance.choice(["declined", "none", "unclear"]), None, chance.choice(NASTY))
        leads.append(
            plain._replace(
                lead_id=f"lead_{number}",
                facts=facts,
                stage=chance.choice(["visitor", "lead", "mql", "sql", "disqualified"]),
                score=chance.randint(0, 100),
                consent=chance.choice(["given", "given", "given", "refused", "not_asked"]),
                consent_at=chance.choice([plain.consent_at, None]),
                first_question="y" * 40_000 if number == 7 else maybe(NASTY),
                page=maybe(NASTY),
                campaign=urlencode({part: maybe(NASTY) or "" for part in PARTS}, errors="replace"),
                owner=maybe(("sales@firm.example", "=1"), 0.2),
            )
        )
    return leads


def write(leads, playbook, profile: str, path: Path) -> object:
    async def blocks():
        for start in range(0, len(leads), 500):
            yield leads[start : start + 500]

    async def read_all(chunks) -> bytes:
        return b"".join([chunk async for chunk in chunks])

    wanted = profile_for(profile, playbook.slots, public_url="https://chat.example.com")
    export = export_stream(blocks(), profile=wanted, file_format=path.suffix[1:])
    path.write_bytes(asyncio.run(read_all(export.chunks)))
    return export.tally


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.slow
@pytest.mark.parametrize("profile", PROFILES)
def test_ten_thousand_leads_of_any_kind_pass_their_importers_rules(profile, playbook, make_listed, tmp_path):
    leads = random_leads(make_listed, 10_000)

    tally = write(leads, playbook, profile, tmp_path / "a.csv")

    rows = read_csv(tmp_path / "a.csv")
    assert list(check_list(tmp_path / "a.csv", profile_for(profile, playbook.slots))) == []
    assert tally.rows == len(rows) > 2_000
    assert tally.rows + tally.left_out.total() == 10_000
    assert tally.left_out["without consent"] > 3_000
    assert not any(calculates(cell) for row in rows for cell in row.values())
    phones = {row.get("phone") or row.get("Phone") or row.get("Phone number") for row in rows} - {None, ""}
    assert profile == "mailchimp" or "+4915112345678" in phones


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["xlsx", "jsonl", "parquet"])
@pytest.mark.parametrize("profile", PROFILES)
def test_leads_of_any_kind_pass_in_every_format(profile, suffix, playbook, make_listed, tmp_path):
    leads = random_leads(make_listed, 200)
    path = tmp_path / f"a.{suffix}"

    tally = write(leads, playbook, profile, path)

    assert list(check_list(path, profile_for(profile, playbook.slots))) == []
    assert tally.rows > 40
    if suffix == "xlsx":
        book = openpyxl.load_workbook(path)
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n"}
        assert book["Leads"].max_row == tally.rows + 1
        assert profile == "mailchimp" or "+4915112345678" in {cell.value for cell in cells}


@pytest.mark.parametrize("profile", PROFILES)
def test_no_word_of_who_did_not_agree_is_in_any_list(profile, playbook, make_listed, tmp_path):
    canary = make_listed("lead_canary", consent="refused")
    agreed = make_listed("lead_yes", facts=())._replace(
        facts={"email": ("known", "yes@b.example", "yes")}, first_question=None, reasons=[]
    )

    tally = write([canary, agreed], playbook, profile, tmp_path / "a.csv")

    text = (tmp_path / "a.csv").read_text()
    assert tally.left_out == {"without consent": 1}
    assert tally.rows == 1
    for word in ("lead_canary", "Ada", "analytical", "+14155550123", "30k a year"):
        assert word not in text


def test_salesforce_gets_a_stated_placeholder_for_what_it_insists_on(playbook, make_listed, tmp_path):
    lead = make_listed(facts=())._replace(facts={"email": ("known", "a@b.example", "a@b.example")})

    write([lead], playbook, "salesforce", tmp_path / "a.csv")

    (row,) = read_csv(tmp_path / "a.csv")
    assert (row["LastName"], row["Company"], row["FirstName"]) == ("[not given]", "[not given]", "")
    assert row["Rating"] == "Hot"
    assert list(row)[:3] == ["LastName", "Company", "FirstName"]


@pytest.mark.parametrize(
    ("profile", "column", "said"),
    [
        ("generic", "utm_campaign", "spring, sale"),
        ("hubspot", "UTM source", "news letter"),
        ("salesforce", "Description", "\nCampaign: news letter, email, spring, sale\n"),
        ("pipedrive", "Note", "\nCampaign: news letter, email, spring, sale\n"),
        ("mailchimp", "Tags", ",source news letter,medium email,campaign spring sale"),
    ],
)
def test_every_list_says_which_campaign_led_here(playbook, make_listed, tmp_path, profile, column, said):
    came = "source=news+letter&medium=email&campaign=spring%2C+sale&gclid=x"

    write([make_listed(campaign=came)], playbook, profile, tmp_path / "a.csv")
    write([make_listed(campaign=None)], playbook, profile, tmp_path / "b.csv")

    assert said in read_csv(tmp_path / "a.csv")[0][column]
    assert said not in read_csv(tmp_path / "b.csv")[0][column]


def test_of_one_address_the_newest_lead_is_kept_and_the_others_are_counted(playbook, make_listed, tmp_path):
    email = {"email": ("known", "A@b.example", "q")}
    newest = make_listed("lead_2")._replace(facts=email, stage="mql")
    older = make_listed("lead_1")._replace(facts={"email": ("known", "a@B.example", "q")})

    tally = write([newest, older], playbook, "mailchimp", tmp_path / "a.csv")

    (row,) = read_csv(tmp_path / "a.csv")
    assert row["Tags"] == "foyer,stage mql,grade A1"
    assert tally.left_out.total() == 1


def test_what_is_too_long_says_so_and_what_would_be_wrong_by_half_is_left_out(
    playbook, make_listed, tmp_path
):
    lead = make_listed()._replace(
        facts={
            "email": ("known", "x" * 90 + "@b.example", "q"),
            "name": ("known", "Ada " + "L" * 100, "q"),
            "company": ("known", "=" + "c" * 300, "q"),
        }
    )

    tally = write([lead], playbook, "salesforce", tmp_path / "a.csv")

    (row,) = read_csv(tmp_path / "a.csv")
    assert row["Email"] == ""
    assert row["LastName"] == "L" * 79 + "…"
    assert len(row["Company"]) == 255
    assert restore(row["Company"]).startswith("=c")
    assert tally.shortened == 2
    assert "x" * 90 in row["Description"]


WRONG = {
    "columns": ("hubspot", "Mail\r\na@b.example\r\n"),
    "encoding": ("mailchimp", "Email Address,First Name\r\na@b.example,J\udcfcrgen\r\n"),
    "required": ("mailchimp", "Email Address,First Name\r\n,Ada\r\n"),
    "length": ("salesforce", f"LastName,Company\r\n{'L' * 81},A\r\n"),
    "format": ("hubspot", "Email\r\nada at b\r\n"),
    "choice": ("salesforce", "LastName,Company,Rating\r\nL,A,Boiling\r\n"),
    "duplicate": ("mailchimp", "Email Address\r\na@b.example\r\nA@B.example\r\n"),
    "formula": ("hubspot", "First name\r\n=1+1\r\n"),
    "rows": ("salesforce", "LastName,Company\r\n" + "L,A\r\n" * 50_001),
}


@pytest.mark.parametrize("rule", WRONG)
def test_each_rule_of_an_importer_is_seen_to_bite(rule, playbook, tmp_path):
    profile, text = WRONG[rule]
    (tmp_path / "a.csv").write_bytes(text.encode("utf-8", "surrogateescape"))

    findings = list(check_list(tmp_path / "a.csv", profile_for(profile, playbook.slots)))

    assert [one.rule for one in findings] == [rule]
    assert findings[0].what


@pytest.mark.parametrize(
    ("name", "data"), [("a.xlsx", b"PK"), ("a.parquet", b"x"), ("a.jsonl", b"{"), ("a.txt", b"")]
)
def test_a_file_that_is_no_list_is_said_to_be_none(name, data, playbook, tmp_path):
    (tmp_path / name).write_bytes(data)

    with pytest.raises(UnreadableListError, match=name):
        list(check_list(tmp_path / name, profile_for("generic", playbook.slots)))


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ada Lovelace", ("Ada", "Lovelace")),
        ("Lovelace, Ada", ("Ada", "Lovelace")),
        ("Ludwig van Beethoven", ("Ludwig", "van Beethoven")),
        ("Charles de la Vallée Poussin", ("Charles de la Vallée", "Poussin")),
        ("Ada", ("Ada", "")),
        ("陳大文", ("陳大文", "")),
        ("  ", ("", "")),
    ],
)
def test_a_name_is_split_only_where_it_shows_its_parts(name, parts):
    assert split_name(name) == parts
    assert clean(name) == name


@pytest.mark.parametrize(("profile", "column"), [("hubspot", "Website URL"), ("salesforce", "Website")])
def test_the_visitors_website_has_its_column(make_listed, playbook, profile: str, column: str) -> None:
    listed = make_listed()
    listed.facts["site"] = ("known", "https://acme.io", "acme.io")
    columns = profile_for(profile, (*playbook.slots, WEBSITE))

    assert columns.cells(listed)[columns.position(column)] == "https://acme.io"


@pytest.mark.parametrize(
    ("kept", "cell"), [("zoe@müller.example", "zoe@xn--mller-kva.example"), ("jürgen@b.example", "")]
)
def test_an_importer_gets_a_domain_in_ascii_and_no_other_letters(kept: str, cell: str) -> None:
    assert fit(Column(name="Email", form=Form.EMAIL), kept) == cell

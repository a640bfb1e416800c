"""A lead list opens in a spreadsheet, computes nothing, loses nothing, and can be imported again."""

import csv
import io
import json
import sqlite3
import tracemalloc
from collections.abc import AsyncIterator
from contextlib import closing

import openpyxl
import pytest

from benchmarks.leads_export import bare, exported_from, fill, make_schema
from bot.domain.cells import clean, restore
from bot.domain.facts import FactState
from bot.leads.export import ExportError, check_export, export_stream
from bot.leads.profiles import profile_for
from bot.leads.workbook import LeadWorkbook
from bot.store.lead_list import ListedLead

XML_CELLS = '<r><t>x</t></r></is></c><c r="B9"><f>1+1</f></c><c r="C9" t="inlineStr"><is><r><t>y</t></r>'
PAYLOADS = [
    *(
        "=1+1",
        "=cmd|'/C calc'!A0",
        '=HYPERLINK("http://c","x")',
        "+1+1",
        "-1+1",
        "@SUM(1)",
        "\t=1+1",
        "\r=1+1",
    ),
    *(
        "\n=1+1",
        "\0=1+1",
        "\x01",
        "\x01=1",
        " =1+1",
        "\xa0=1",
        "\u200b=1",
        "\ufeff=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠a",
    ),
    *(
        "﹦1",
        "+cmd|'/C calc'!A0",
        "=1+1;=2",
        'a";=1+1;"',
        'a","=1+1","',
        '="a"',
        "'=1+1",
        "''",
        "'",
        '"',
        '""',
    ),
    *(
        ",",
        ";",
        "\n",
        "\r\n",
        "a\nb",
        "a\r\nb",
        "a\rb",
        " a ",
        "  ",
        "\ta",
        "a\tb",
        "x" * 40_000,
        "🦊" * 20_000,
    ),
    *(
        "=" + "1" * 40_000,
        "\ud800",
        "\udfff\ud800",
        "a\ud83d",
        "\ufffe",
        "\uffff",
        "\u2028",
        "\u202e=1",
        "漢字",
        "é",
    ),
    *(
        "e\u0301",
        "<b>x</b>",
        "<r>x</r>",
        "<r></r>",
        XML_CELLS,
        "]]>",
        "&amp;",
        "&#61;1+1",
        "{{ 7*7 }}",
        "%s%n",
    ),
    *(
        "+14155550123",
        "-5",
        "0012",
        "1e5",
        "TRUE",
        "#REF!",
        "10-15",
        "3/4",
        "NaN",
        "http://a.example/",
        "mailto:a@b",
    ),
    *("internal:'Sheet1'!A1", "None", "null", "\x7f", "\x85", "\x1b[31m", "\u0000\u0000"),
]


async def stream(*leads: ListedLead) -> AsyncIterator[list[ListedLead]]:
    yield list(leads)


async def read(blocks, playbook, file_format: str, *, profile: str = "generic", **options) -> bytes:
    wanted = profile_for(profile, playbook.slots)
    export = export_stream(blocks, profile=wanted, file_format=file_format, **options)
    return b"".join([chunk async for chunk in export.chunks])


def read_csv(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def read_xlsx(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def xlsx_texts(book: openpyxl.Workbook, column: str) -> list[str]:
    """Return the whole texts of a column, with what goes on in the sheet "Continued"."""
    rows = list(book["Leads"].iter_rows(values_only=True))
    index = rows[0].index(column)
    more: dict[str, str] = {}
    if "Continued" in book.sheetnames:
        for lead_id, name, _, text in book["Continued"].iter_rows(min_row=2, values_only=True):
            more[lead_id] = more.get(lead_id, "") + (text if name == column else "")
    return [(row[index] or "").removesuffix(NOTE) + more.get(row[0], "") for row in rows[1:]]


NOTE = " […goes on in the sheet “Continued”]"


async def test_the_columns_are_those_of_the_contract(playbook, make_listed):
    rows = list(csv.reader(io.StringIO((await read(stream(make_listed()), playbook, "csv")).decode())))

    slots = [slot.id for slot in playbook.slots]
    assert rows[0] == [
        *("lead_id", "created_at", "updated_at", "stage", "grade", "score"),
        *(name for slot in slots for name in (slot, f"{slot}_state", f"{slot}_quote")),
        *(
            "reasons",
            "consent",
            "consent_at",
            "first_question",
            "page",
            "referrer",
            "conversation_url",
            "owner",
            "utm_source",
            "utm_medium",
            "utm_campaign",
            "email_kind",
        ),
    ]
    assert len(rows[0]) == len(rows[1])


async def test_a_row_says_what_is_known_in_words_that_import(playbook, make_listed):
    (row,) = read_csv(await read(stream(make_listed()), playbook, "csv"))

    assert row["created_at"] == "2027-01-15T12:00:00Z"
    assert row["phone"] == "+14155550123"
    assert row["team_size"] == "40"
    assert row["budget"] == "30000 USD per year"
    assert row["timeline"] == "by 2027-03-01"
    assert row["budget_quote"] == "30k a year approved"
    assert row["score"] == "72"
    assert row["reasons"].startswith("Budget of 25,000 USD or more (+30); 40 people or more (+20)")
    assert row["reasons"].endswith("Engagement counts for 2 at most (-8)")


@pytest.mark.parametrize(
    ("address", "kind"),
    [("ben@GMail.com", "free"), ("x@in.mailinator.com", "disposable"), ("ada@analytical.example", "company")],
)
async def test_a_row_says_what_kind_of_address_was_left(playbook, make_listed, make_fact, address, kind):
    lead = make_listed(facts=(make_fact("email", address, address),))

    (row,) = read_csv(await read(stream(lead), playbook, "csv"))
    (line,) = (await read(stream(lead), playbook, "jsonl")).decode().splitlines()

    assert row["email_kind"] == kind
    assert json.loads(line)["email_kind"] == kind


async def test_the_five_states_stay_apart_in_every_format(playbook, make_listed, make_fact):
    facts = (
        make_fact("team_size", {"min": 40, "max": 40}, "40"),
        make_fact("budget", None, "we have no budget", FactState.NONE),
        make_fact("company", None, "skip that", FactState.DECLINED),
        make_fact("timeline", None, "I don't know", FactState.UNCLEAR),
    )
    slots = ("team_size", "budget", "company", "timeline", "role")

    (row,) = read_csv(await read(stream(make_listed(facts=facts)), playbook, "csv"))
    line = json.loads(await read(stream(make_listed(facts=facts)), playbook, "jsonl"))
    book = read_xlsx(await read(stream(make_listed(facts=facts)), playbook, "xlsx"))

    states = ["known", "none", "declined", "unclear", "not_asked"]
    assert [row[f"{slot}_state"] for slot in slots] == states
    assert [row[slot] for slot in slots] == ["40", "", "", "", ""]
    assert [line[f"{slot}_state"] for slot in slots] == states
    assert [line[slot] for slot in slots] == [{"min": 40, "max": 40}, None, None, None, None]
    assert [xlsx_texts(book, f"{slot}_state")[0] for slot in slots] == states


async def test_a_decision_maker_who_said_no_is_known_and_an_unknown_one_is_empty(
    playbook, make_listed, make_fact
):
    said_no = make_listed(facts=(make_fact("decision_maker", False, "I'm not the one who decides"),))
    unknown = make_listed(facts=())

    rows = read_csv(await read(stream(said_no, unknown), playbook, "csv"))

    assert [(row["decision_maker"], row["decision_maker_state"]) for row in rows] == [
        ("no", "known"),
        ("", "not_asked"),
    ]


async def test_no_payload_calculates_or_is_lost_in_csv(playbook, make_listed, make_fact):
    records = payload_records(make_listed, make_fact)

    rows = read_csv(await read(stream(*records), playbook, "csv"))

    assert len(PAYLOADS) >= 60
    assert [restore(row["name"]) for row in rows] == [clean(payload) for payload in PAYLOADS]
    assert [restore(row["first_question"]) for row in rows] == [clean(payload) for payload in PAYLOADS]
    for row in rows:
        assert row["name"] in {"+14155550123", "-5"} or row["name"].strip()[:1] not in {*"=+-@＝＋－＠﹦"}
        assert row["name"][:1] not in {"\t", "\r", "\0"}
        assert None not in row


async def test_no_payload_calculates_or_is_lost_in_xlsx(playbook, make_listed, make_fact):
    records = payload_records(make_listed, make_fact)

    book = read_xlsx(await read(stream(*records), playbook, "xlsx"))

    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert not any(cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row)
    assert book["Leads"].max_row == len(PAYLOADS) + 1
    for column in ("name", "name_quote", "first_question"):
        assert xlsx_texts(book, column) == [clean(payload) for payload in PAYLOADS]


async def test_no_payload_is_lost_in_jsonl(playbook, make_listed, make_fact):
    records = payload_records(make_listed, make_fact)

    lines = (await read(stream(*records), playbook, "jsonl")).splitlines()

    expected = [payload.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for payload in PAYLOADS]
    assert [clean(json.loads(line)["name"]) for line in lines] == [clean(text) for text in expected]


async def test_text_over_a_cells_limit_says_where_it_goes_on(playbook, make_listed):
    record = make_listed(first_question="x" * 40_000)

    book = read_xlsx(await read(stream(record), playbook, "xlsx"))

    header = [cell.value for cell in book["Leads"][1]]
    cell = book["Leads"].cell(2, header.index("first_question") + 1)
    assert len(cell.value) == 32_767
    assert cell.value.endswith(NOTE)
    assert [row[:3] for row in book["Continued"].iter_rows(values_only=True)] == [
        ("lead_id", "column", "part"),
        ("lead_1", "first_question", 2),
    ]


def test_more_leads_than_a_sheet_holds_go_on_in_the_next(tmp_path):
    book = LeadWorkbook(tmp_path / "a.xlsx", ["lead_id", "score"], max_rows=3)
    book.add_rows([[f"lead_{n}", n] for n in range(5)])
    book.close()

    sheets = openpyxl.load_workbook(tmp_path / "a.xlsx")

    rows = [row for sheet in sheets for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert sheets.sheetnames == ["Leads", "Leads 2", "Leads 3"]
    assert rows == [(f"lead_{n}", n) for n in range(5)]


async def test_a_byte_order_mark_is_there_only_when_asked_for(playbook, make_listed):
    plain = await read(stream(make_listed()), playbook, "csv")
    marked = await read(stream(make_listed()), playbook, "csv", bom=True)

    assert plain.startswith(b"lead_id,")
    assert marked == b"\xef\xbb\xbf" + plain
    assert plain.endswith(b"\r\n")


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "jsonl"])
async def test_a_list_without_leads_is_a_whole_file(playbook, file_format):
    data = await read(stream(), playbook, file_format)

    match file_format:
        case "csv":
            assert data.startswith(b"lead_id,")
        case "xlsx":
            assert read_xlsx(data)["Leads"].max_row == 1
        case "jsonl":
            assert data == b""


@pytest.mark.parametrize(("file_format", "profile"), [("pdf", "generic"), ("csv", "x")])
def test_what_there_is_not_is_said_with_what_there_is(file_format, profile):
    with pytest.raises(ExportError, match=r"csv, xlsx, jsonl, parquet|generic, hubspot"):
        check_export(file_format, profile)


@pytest.mark.slow
@pytest.mark.parametrize("file_format", ["csv", "xlsx", "jsonl"])
async def test_a_long_list_is_written_in_constant_memory(playbook, make_listed, file_format):
    peaks = [await peak_of(count, playbook, make_listed(), file_format) for count in (300, 1500)]

    assert peaks[1] < peaks[0] * 1.5 + 500_000


async def peak_of(count: int, playbook, record, file_format: str) -> int:
    async def many() -> AsyncIterator[list[ListedLead]]:
        for _ in range(count // 100):
            yield [record] * 100

    export = export_stream(many(), profile=profile_for("generic", playbook.slots), file_format=file_format)
    tracemalloc.start()
    async for _ in export.chunks:
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def payload_records(make_listed, make_fact, payloads=PAYLOADS) -> list[ListedLead]:
    return [
        make_listed(f"lead_{n}", facts=(make_fact("name", text, text),), first_question=text)
        for n, text in enumerate(payloads)
    ]


async def test_the_benchmark_makes_leads_that_both_its_loops_write(tmp_path):
    await make_schema(tmp_path / "leads.db")
    with closing(sqlite3.connect(tmp_path / "leads.db")) as connection:
        fill(connection, 3)

    written = await exported_from(f"sqlite+aiosqlite:///{tmp_path / 'leads.db'}", "csv")

    assert written["leads"] == 3
    assert bare(tmp_path / "leads.db")["leads"] == 3

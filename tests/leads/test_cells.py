"""Whatever a visitor writes stays text in a spreadsheet, and comes back as it was."""

import csv
import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cells import XLSX_CELL_UNITS, are_harmless, clean, csv_line, for_csv, parts_for_xlsx, restore

DANGEROUS = [
    "=1+1",
    "=cmd|'/C calc'!A0",
    '=HYPERLINK("http://c.example","click")',
    "+1+1",
    "-1+1",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\tplain",
    "\r=1+1",
    "\n=1+1",
    "\r\n+1+1",
    "\0=1+1",
    "\x01=1+1",
    "\x1b@a",
    " =1+1",
    "   -2+3",
    "\N{NO-BREAK SPACE}=1+1",
    "\N{IDEOGRAPHIC SPACE}=1+1",
    "\N{ZERO WIDTH SPACE}=1+1",
    "\N{ZERO WIDTH NO-BREAK SPACE}=1+1",
    "\N{RIGHT-TO-LEFT OVERRIDE}=1+1",
    "\N{FULLWIDTH EQUALS SIGN}1+1",
    "\N{FULLWIDTH PLUS SIGN}1",
    "\N{FULLWIDTH HYPHEN-MINUS}1+1",
    "\N{FULLWIDTH COMMERCIAL AT}SUM(1)",
    "\N{SMALL EQUALS SIGN}1+1",
    "\N{SMALL PLUS SIGN}1",
    "\N{SMALL COMMERCIAL AT}a",
    "\N{MINUS SIGN}1+1",
    "+14155550123;=1+1",
    "+1 415 555 0123",
    "+0123456789",
    "+12345678901234567",
    "-",
    "=",
    "@",
    "+",
    "@handle",
    "- a list item",
    "-1e5",
    "--1",
    "-1,5",
    "=\N{ZERO WIDTH JOINER}1",
]
HARMLESS = [
    "",
    "plain",
    "a=b",
    "1+1",
    "'quoted",
    "''",
    "+14155550123",
    "+442071838750",
    "-5",
    "-12.75",
    "40",
    "30000 to 40000 USD per year",
    "2027-03-01",
    "name@example.com",
    "Zoë 🦊",
    "#REF!",
    "%0A",
    "(1+1)",
    "“=1+1”",
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_a_spreadsheet_would_calculate_gets_an_apostrophe_and_comes_back(text):
    cell = for_csv(text)

    assert cell == "'" + clean(text)
    assert restore(cell) == clean(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_nothing_calculates_stays_as_it_is(text):
    assert for_csv(text) == text
    assert restore(text) == text


@given(st.text())
def test_every_text_comes_back_from_its_cell(text):
    assert restore(for_csv(text)) == clean(text)


@given(st.text(alphabet=st.sampled_from("=+-@'\t\r\n \0\x01＝＋－＠1a\u200b"), max_size=6))
def test_no_cell_begins_with_what_starts_a_formula(text):
    cell = for_csv(text)
    seen = next((c for c in cell if not c.isspace() and unicodedata.category(c) not in {"Cc", "Cf"}), "")
    starts_a_formula = seen and unicodedata.normalize("NFKC", seen)[0] in "=+-@"

    assert cell[:1] not in {"\t", "\r", "\0"}
    assert not starts_a_formula or cell.removeprefix("-").isdigit()


def test_an_apostrophe_of_the_visitors_own_is_told_from_ours():
    assert for_csv("'=1+1") == "''=1+1"
    assert restore("''=1+1") == "'=1+1"


def test_a_long_row_of_apostrophes_is_read_at_once():
    text = "'" * 100_000 + "=1"

    assert restore(for_csv(text)) == text


def test_control_characters_go_and_line_ends_become_one():
    assert clean("a\x00b\x01c\x1bd\x7fe\x85f\ufffeg\r\nh\ri\tj\n") == "abcdefg\nh\ni\tj\n"
    assert clean("a\ud800b") == "a\ufffdb"


@pytest.mark.parametrize("char", ["a", "é", "漢", "🦊"])
def test_text_over_the_limit_is_split_between_characters_and_nothing_is_lost(char):
    text = char * 40_000

    parts = parts_for_xlsx(text)
    roomy = parts_for_xlsx(text, room_for="…")

    assert "".join(parts) == "".join(roomy) == text
    assert len(parts) > 1
    assert all(len(part.encode("utf-16-le")) // 2 <= XLSX_CELL_UNITS for part in parts)
    assert len((roomy[0] + "…").encode("utf-16-le")) // 2 <= XLSX_CELL_UNITS


def test_text_at_the_limit_is_one_cell():
    assert parts_for_xlsx("x" * XLSX_CELL_UNITS) == ["x" * XLSX_CELL_UNITS]


HARMLESS = st.from_regex(r"[a+][0-9 ,\"']{0,4}", fullmatch=True)
ANYTHING = st.one_of(st.text(), st.from_regex(r"[=+~'|-]?[+]?[0-9a~=,\"]{0,9}", fullmatch=True))


@given(st.lists(HARMLESS, min_size=1, max_size=3) | st.lists(HARMLESS | ANYTHING, min_size=1))
def test_a_line_of_csv_is_what_the_csv_module_makes_of_guarded_cells(row):
    written = io.StringIO(newline="")
    csv.writer(written).writerow([for_csv(cell) for cell in row])

    assert csv_line(row) == written.getvalue()
    assert not are_harmless(row) or row == [for_csv(cell) for cell in row]


def test_a_phone_before_a_wave_is_no_phone():
    assert (
        csv_line(["+4915112345678~abc", "+4915112345678", "x"]) == "'+4915112345678~abc,+4915112345678,x\r\n"
    )

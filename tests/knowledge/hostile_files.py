"""Hostile files of our own making: bombs, loops, locks, lies and wrecks, small enough to be made in a test."""

import io
import json
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator

from tests.knowledge.pdf_files import flate, pdf_of_lines, pdf_of_objects, pdf_of_stream, stream

MIB = 2**20
CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
WORDS = "<w:p><w:r><w:t>Secret: {}</w:t></w:r></w:p>"
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
LAUGHTER = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "haha">{LAUGHS}]>'


def archive(parts: dict[str, str | bytes | zipfile.ZipInfo]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            if isinstance(content, zipfile.ZipInfo):
                file.writestr(content, b"/etc/passwd")
            else:
                file.writestr(name, content)
    return buffer.getvalue()


def word(body: str, *, prologue: str = "", links: str = "", **more: str | bytes) -> bytes:
    """Write a Word document of its body's XML."""
    relations = f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
    namespaces = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        f'xmlns:r="{OFFICE}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    )
    return archive(
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": relations + 'Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>',
            "word/document.xml": f"{prologue}<w:document {namespaces}><w:body>{body}</w:body></w:document>",
            **more,
        }
    )


def workbook(rows: str, *, prologue: str = "", strings: str = "") -> bytes:
    """Write a workbook of its one sheet's XML."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relation = '<Relationship Id="{}" Type="' + OFFICE + '/{}" Target="{}"/>'
    book = "".join(
        relation.format(*part)
        for part in (("r1", "worksheet", "sheet.xml"), ("r2", "sharedStrings", "strings.xml"))
    )
    return archive(
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">'
            + relation.format("r1", "officeDocument", "xl/workbook.xml")
            + "</Relationships>",
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{book}</Relationships>',
            "xl/strings.xml": f'{prologue}<sst xmlns="{main}">{strings}</sst>',
            "xl/sheet.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
        }
    )


def _pdf_files() -> Iterator[tuple[str, bytes, set[str]]]:
    shown = b"BT /F1 12 Tf 50 700 Td (word) Tj ET\n"
    sound = pdf_of_lines([(12, "A sound page.")])
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>"
    yield "flate-bomb.pdf", pdf_of_stream(flate(b" " * (80 * MIB))), BROKEN_PDF
    chain = zlib.compress(zlib.compress(b" " * (16 * MIB), 9), 9)
    chained = stream(chain, b"/Filter [/FlateDecode /FlateDecode]")
    yield "flate-chain.pdf", pdf_of_stream(chained), {"no_text", *SLOW, *BROKEN_PDF}
    run_length = flate(b"\x81 " * (2 * MIB), b"/Ignored true").replace(
        b"/Filter /FlateDecode", b"/Filter [/FlateDecode /RunLengthDecode]"
    )
    yield "run-length-bomb.pdf", pdf_of_stream(run_length), {"no_text", *SLOW, *BROKEN_PDF}
    yield "shared-stream.pdf", pdf_of_stream(flate(shown * 5_000), pages=1_000), {"too_slow"}
    yield "too-many-pages.pdf", pdf_of_stream(stream(shown), pages=2_001), {"too_large"}
    loop = b"<< /Type /Pages /Count 1 /Kids [2 0 R] >>"
    yield "pages-loop.pdf", pdf_of_objects([CATALOGUE, loop]), BROKEN_PDF
    ring = [b"<< /Type /Pages /Count 9 /Kids [%d 0 R %d 0 R] >>" % (n, n) for n in (3, 4, 2)]
    yield "pages-ring.pdf", pdf_of_objects([CATALOGUE, *ring]), BROKEN_PDF
    wide = [b"<< /Type /Pages /Count 2 /Kids [%s] >>" % (b"%d 0 R " % n * 12) for n in range(3, 11)]
    yield "pages-doubling.pdf", pdf_of_objects([CATALOGUE, *wide, b"<< /Type /Page >>"]), SLOW | BROKEN_PDF
    yield (
        "form-calls-itself.pdf",
        pdf_of_stream(stream(b"/X Do"), resources=b"/XObject << /X 5 0 R >>", more=[stream(b"/X Do", form)]),
        {"no_text", *BROKEN_PDF},
    )
    yield (
        "tables-loop.pdf",
        pdf_of_objects([CATALOGUE, b"<< /Type /Pages /Count 0 /Kids [] >>"], trailer=b"/Prev @start"),
        {"no_text", *BROKEN_PDF},
    )
    yield "deep-array.pdf", pdf_of_objects([CATALOGUE, b"[" * 200_000]), DEEP | BROKEN_PDF
    yield "scanned.pdf", pdf_of_stream(stream(b"q 1 0 0 1 0 0 cm Q")), {"no_text"}
    yield "encrypted.pdf", _encrypted(sound), {"encrypted"}
    yield "truncated.pdf", sound[: len(sound) // 3], BROKEN_PDF
    yield "garbage.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 400, BROKEN_PDF
    yield "empty.pdf", b"", BROKEN_PDF


def _encrypted(content: bytes) -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(io.BytesIO(content)))
    writer.encrypt("a password", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _office_files() -> Iterator[tuple[str, bytes, set[str]]]:
    sound = word(WORDS.format("none"))
    yield "bomb.xlsx", archive({"xl/sheet.xml": b" " * (201 * MIB)}), {"too_large"}
    yield "dense.docx", word("<w:p/>" * 400_000), {"too_large"}
    yield "many-parts.docx", archive({f"{n}": "" for n in range(2_001)}), {"too_large"}
    yield "overlapping.xlsx", _overlapping(), {"too_large", "broken_workbook"}
    yield "nested.docx", _nested(6), {"broken_document"}
    yield "holds-itself.docx", sound + archive({"self.docx": sound}), {"broken_document"}
    for name, part in (
        ("slip", "../../evil.xml"),
        ("absolute", "/etc/evil.xml"),
        ("backslash", "..\\evil.xml"),
        ("drive", "C:/evil.xml"),
    ):
        yield f"{name}.docx", word(WORDS.format("none"), **{part: "x"}), {"unsafe_archive"}
    link = zipfile.ZipInfo("word/link.xml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    yield "symlink.docx", archive({"word/link.xml": link}), {"unsafe_archive"}
    outside = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    yield "outer-entity.docx", word(WORDS.format("&e;"), prologue=outside), {"unsafe_archive"}
    yield "laughs.docx", word(WORDS.format("&l9;"), prologue=LAUGHTER), {"unsafe_archive"}
    yield "laughs.xlsx", workbook("", prologue=LAUGHTER, strings="<si><t>&l9;</t></si>"), {"unsafe_archive"}
    hidden = LAUGHTER.replace("<!DOCTYPE", f"<!--{_noise(100_000)}--><!DOCTYPE")
    yield "late-laughs.docx", word(WORDS.format("&l9;"), prologue=hidden), {"broken_document", "broken_file"}
    yield "password.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4_096, {"encrypted"}
    locked = sound.replace(b"PK\x01\x02\x14\x03\x14\0\0\0", b"PK\x01\x02\x14\x03\x14\0\x01\0")
    yield "locked.docx", locked, {"encrypted"}
    yield "lying.xlsx", _lying(), {"broken_workbook", *DEAD}
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    yield "far-cell.xlsx", workbook(far), {"broken_workbook", "broken_file", *DEAD}
    picture = (
        f'<w:p><w:r><w:drawing><a:blip r:link="r9"/></w:drawing></w:r></w:p>{WORDS.format("outside picture")}'
    )
    target = (
        f'<Relationship Id="r9" Type="{OFFICE}/image" Target="file:///etc/passwd" TargetMode="External"/>'
    )
    yield "outer-picture.docx", word(picture, links=target), set()
    yield "deep.docx", word("<w:p>" * 30_000 + "</w:p>" * 30_000), DEEP | {"broken_document", "no_text"}
    yield "truncated.docx", sound[:-40], {"broken_document"}
    yield "no-workbook.xlsx", archive({"a.xml": "<a/>"}), {"broken_workbook"}


def _noise(size: int) -> str:
    """Return letters that do not compress well."""
    return zlib.compress(bytes(n * n % 251 for n in range(size)), 0).hex()[:size]


def _overlapping() -> bytes:
    """Write an archive whose thousand entries all lie on the same bytes."""
    packed = zlib.compress(b" " * MIB, 9)[2:-4]
    check = zlib.crc32(b" " * MIB)
    sizes = struct.pack("<III", check, len(packed), MIB)
    local = b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0" + sizes + struct.pack("<HH", 1, 0) + b"a" + packed
    entry = b"PK\x01\x02\x14\0\x14\0\0\0\x08\0\0\0\0\0" + sizes + struct.pack("<HHHHHII", 1, 0, 0, 0, 0, 0, 0)
    directory = (entry + b"a") * 1_000
    return (
        local
        + directory
        + b"PK\x05\x06"
        + struct.pack("<HHHHIIH", 0, 0, 1_000, 1_000, len(directory), len(local), 0)
    )


def _lying() -> bytes:
    """Write a workbook whose strings say that they are small and unpack to a gigabyte."""
    honest = workbook("", strings="<si><t>" + "a" * (40 * MIB) + "</t></si>")
    return honest.replace(struct.pack("<I", _size_of(honest, "xl/strings.xml")), struct.pack("<I", 100))


def _size_of(content: bytes, name: str) -> int:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return file.getinfo(name).file_size


def _nested(depth: int) -> bytes:
    content = b"0" * MIB
    for level in range(depth):
        content = archive({f"{level}.docx": content})
    return content


def _page_files() -> Iterator[tuple[str, bytes, set[str]]]:
    yield (
        "deep.html",
        b"<div>" * 500_000 + b"word",
        SLOW | DEEP | DEAD | {"", "broken_html", "empty_document"},
    )
    yield "large.html", b"<p>word</p>" * 500_000, {"too_large"}
    yield "links.html", b"<a href='/x'>x</a> " * 50_000, SLOW | {""}
    yield (
        "deep-details.html",
        b"<details><summary>Why?</summary>" * 20_000,
        SLOW | DEEP | DEAD | {"", "empty_document"},
    )
    data = b'<script type="application/ld+json">' + b'[{"mainEntity":' * 100_000 + b"</script><p>word</p>"
    yield "deep-data.html", data, {""}
    yield "open-comment.html", b"<p>word</p><!--" + b"-" * 4 * MIB, {"", *SLOW}
    yield (
        "charset.html",
        b"<meta charset=punycode><p>word" + b"\xc3\xbc-a9" * 200_000,
        SLOW | {"", "not_text"},
    )
    svg = b"<!DOCTYPE svg [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><svg><text>&e;</text></svg><p>word</p>"
    yield "entity.html", svg, {""}
    yield "numbers.json", b"[" + b"9" * MIB + b"]", {"broken_json"}
    yield "deep.json", b'{"a":' * 200_000, {"broken_json"}
    half = json.dumps({"title": "Half", "text": "a \ud800 b"}).encode()
    yield "half-character.jsonl", half, {"not_text"}
    yield "wide-cell.csv", b"question,answer\nWhy?," + b"a" * 200_000, {"broken_row"}
    yield "binary.csv", b"question,answer\n\0\1,\2", {"not_text"}
    yield "quotes.md", b">" * 200_000 + b" word", SLOW | {""}
    yield "brackets.md", b"[a](" * 50_000, SLOW | {""}
    aliases = b"".join(
        b"l%d: &l%d [%s]\n" % (n, n, b", ".join([b"*l%d" % (n - 1)] * 10)) for n in range(1, 12)
    )
    yield "aliases.md", b"---\nl0: &l0 ha\n" + aliases + b"---\nword", {""}
    yield "deep-front-matter.md", b"---\na: " + b"[" * 20_000 + b"\n---\nword", DEEP | {"broken_front_matter"}
    yield "odd-bytes.txt", b"\xff\xfeabc", {"not_text"}


BROKEN_PDF = {"broken_pdf", "broken_page", "too_deep", "broken_file"}
SLOW = {"too_slow"}
DEEP = {"too_deep", "parser_crashed"}
DEAD = {"too_much_memory", "parser_crashed"}


def hostile_files() -> dict[str, tuple[bytes, set[str]]]:
    """Make them all: by name the bytes, and the codes that may come of it ("" is: it was read)."""
    makers = (_pdf_files, _office_files, _page_files)
    return {name: (content, codes or {""}) for make in makers for name, content, codes in make()}

"""PDF files of our own making, by hand: sound ones to read and all kinds of wrong ones."""

import zlib
from collections.abc import Sequence

Word = tuple[float, str]  # size of the letters, and a line of text

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def pdf_of_objects(objects: Sequence[bytes], *, trailer: bytes = b"") -> bytes:
    """Write numbered objects, the first of which is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    offsets: list[int] = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer.replace(b"@start", b"%d" % start),
        start,
    )
    return bytes(out)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def flate(content: bytes, entries: bytes = b"") -> bytes:
    return stream(zlib.compress(content, 9), b"/Filter /FlateDecode " + entries)


def pdf_of_stream(
    content: bytes, *, pages: int = 1, resources: bytes = b"", more: Sequence[bytes] = ()
) -> bytes:
    """Write pages that all show one content stream, object 3; more objects begin at 5."""
    first = 5 + len(more)
    kids = b" ".join(b"%d 0 R" % number for number in range(first, first + pages))
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R"
        b" /Resources << /Font << /F1 4 0 R >> %s >> >>" % resources
    )
    pages_object = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (pages, kids)
    catalogue = b"<< /Type /Catalog /Pages 2 0 R >>"
    return pdf_of_objects([catalogue, pages_object, content, FONT, *more, *([page] * pages)])


def pdf_of_lines(*pages: Sequence[Word], title: str = "") -> bytes:
    """Write a sound PDF, a list of lines for each page."""
    return pdf_of_contents(*(stream(_shown(lines)) for lines in pages), title=title)


def pdf_of_contents(*contents: bytes, title: str = "") -> bytes:
    """Write a PDF of one content stream for each page."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", FONT]
    kids: list[bytes] = []
    for content in contents:
        objects.append(content)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    objects.append(b"<< /Title (%s) >>" % title.encode())
    return pdf_of_objects(objects, trailer=b"/Info %d 0 R" % len(objects))


def _shown(lines: Sequence[Word]) -> bytes:
    out = [b"BT"]
    height = 800.0
    for size, text in lines:
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252")
        out.append(b"/F1 %.1f Tf 1 0 0 1 50 %.1f Tm (%s) Tj" % (size, height, escaped))
        height -= size * 1.4
    return b"\n".join([*out, b"ET"])

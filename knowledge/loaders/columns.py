"""What the columns of a table are for, by their headings in English, German, French and Spanish.

Promises: a documented heading keeps its meaning whatever stands beside it; columns of no known meaning keep their
names. A list of people is no product table, though it has names.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from knowledge.amounts import CURRENCIES, currency_of
from knowledge.document import DocumentKind
from knowledge.loaders.rows import Cell, Row

# The first of the headings that a table has is taken; headings are compared in lower case, "_" and "-" as spaces.
QUESTION = ("question", "frage", "pregunta")
ANSWER = ("answer", "antwort", "réponse", "reponse", "respuesta")
TITLE = ("title", "titel", "titre", "título", "titulo")
TEXT = ("text", "texte", "texto")
NAME = (
    "name", "product", "product name", "product title", "plan", "plan name", "item", "item name", "article", "model",
    "package", "edition", "tier", "service", "title",
    "produkt", "produktname", "bezeichnung", "artikel", "artikelname", "artikelbezeichnung", "modell", "paket",
    "leistung", "titel",
    "nom", "produit", "nom du produit", "désignation", "libellé", "formule", "forfait", "modèle", "titre",
    "nombre", "producto", "nombre del producto", "artículo", "modelo", "paquete", "título",
    "tarif", "tarifa", "sku", "article number", "artikelnummer", "référence", "referencia",
)  # fmt: skip
DESCRIPTION = (
    "description", "product description", "short description", "details", "beschreibung", "produktbeschreibung",
    "kurzbeschreibung", "descriptif", "descripción", "descripcion",
)  # fmt: skip
FURTHER = {
    "currency": ("currency", "price currency", "währung", "devise", "monnaie", "moneda", "divisa"),
    "url": ("url", "link", "product url", "product link", "lien", "enlace"),
    "image": ("image", "image url", "image link", "bild", "foto", "imagen"),
    "for": ("for", "für", "pour", "para"),
    "tags": ("tags", "schlagwörter", "mots clés", "etiquetas"),
}
PRICE = re.compile(
    r"(?:(?:unit|list|retail|regular|base|monthly|net|gross)[ -])?(?:price|cost|fee)s?\b"
    r"|(?:verkaufs|stück|einzel|brutto|netto|grund|monats|listen)?preise?\b|kosten\b|gebühr\b"
    r"|(?:prix|tarif|coût)\b|(?:precio|tarifa|coste)\b",
    re.IGNORECASE,
)
PER = re.compile(r"(?:/|\b(?:per|pro|par|por|a|al)\b)\s*[^\W\d_]+|\b(?:monthly|yearly)\b", re.IGNORECASE)
MARK = re.compile(rf"[€$£]|\b(?:{'|'.join(one for one in CURRENCIES if one.isalpha())})\b", re.IGNORECASE)
BARE = re.compile(r"\d[\d.,' \u00a0]*")
PEOPLE_LISTED = re.compile(
    r"\b(?:e-?mail|mail|phone|telephone|mobile|birth\w*|first name|last name|surname|salary|password"
    r"|telefon|handy|mobil|vorname|nachname|geburts\w*|gehalt|passwort"
    r"|courriel|téléphone|prénom|naissance|correo|teléfono|apellidos?|nacimiento)\b",
    re.IGNORECASE,
)


def find_kind(columns: Sequence[str]) -> DocumentKind | None:
    """Say what a table with these columns is; None when it is nothing we know."""
    if _find(QUESTION, columns) and _find(ANSWER, columns):
        return DocumentKind.FAQ
    if _find(TITLE, columns) and _find(TEXT, columns):
        return DocumentKind.PAGE
    return DocumentKind.PRODUCT if _is_product_table(columns) else None


def with_known_names(rows: Sequence[Row], kind: DocumentKind) -> list[Row]:
    """Give the columns of a table of this kind the names by which they are read."""
    columns = list(dict.fromkeys(name for row in rows for name in row.cells))
    names = _names(columns, kind)
    renamed = [
        replace(row, cells={names.get(one, one): cell for one, cell in row.cells.items()}) for row in rows
    ]
    price = next((one for one, name in names.items() if name == "price" and one != "price"), None)
    return [_with_whole_price(row, price) for row in renamed] if price else renamed


def _is_product_table(columns: Sequence[str]) -> bool:
    named = [one for one in columns if one]
    if len(named) < 2:
        return False
    price, name = _find_price(named, ""), _find(NAME, named)
    if name and (price or _find(DESCRIPTION, named)):
        return True
    if any(PEOPLE_LISTED.search(_plain(one)) for one in named):
        return False
    return bool(name or (price and price != named[0]))


def _names(columns: Sequence[str], kind: DocumentKind) -> dict[str, str]:
    match kind:
        case DocumentKind.FAQ:
            return _named(columns, {"question": QUESTION, "answer": ANSWER})
        case DocumentKind.PAGE:
            return _named(columns, {"title": TITLE, "text": TEXT})
        case DocumentKind.PRODUCT:
            return _product_names(columns)


def _product_names(columns: Sequence[str]) -> dict[str, str]:
    """Return the name to read each column by; what is called by no known word is the first column's."""
    name = _find(NAME, columns) or next(one for one in columns if one)
    others = [one for one in columns if one != name]
    names = _named(others, {"description": DESCRIPTION, **FURTHER})
    price = _find_price(others, name)
    return {name: "name", **names, **({price: "price"} if price else {})}


def _named(columns: Sequence[str], roles: Mapping[str, Sequence[str]]) -> dict[str, str]:
    found = ((_find(headings, columns), role) for role, headings in roles.items())
    return {column: role for column, role in found if column}


def _find(headings: Sequence[str], columns: Sequence[str]) -> str | None:
    plain = {_plain(column): column for column in reversed(columns)}
    return next((plain[heading] for heading in headings if heading in plain), None)


def _find_price(columns: Sequence[str], name: str) -> str | None:
    if "price" in columns:
        return "price"
    return next((one for one in columns if one != name and PRICE.match(_plain(one))), None)


def _plain(heading: str) -> str:
    return re.sub(r"[\s_*-]+", " ", heading).strip(" :")


def _with_whole_price(row: Row, heading: str) -> Row:
    """Say in the price what its heading says of it: the currency, where there is no column for it, and the period."""
    price, plain = row.get("price"), _plain(heading)
    if not BARE.fullmatch(price):
        return row
    cells: dict[str, Cell] = dict(row.cells)
    mark, per = MARK.search(plain), PER.search(plain)
    currency = row.get("currency") or (currency_of(mark.group()) if mark else None) or ""
    if per:
        cells["price"] = " ".join(filter(None, (price, currency, per.group())))
        cells.pop("currency", None)
    elif currency:
        cells["currency"] = currency
    return replace(row, cells=cells)

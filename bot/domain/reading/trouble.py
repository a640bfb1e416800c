"""Trouble with what was bought here: "my order never arrived", "I want a refund"; in four languages."""

import re
from collections.abc import Iterable

from bot.domain.reading.clauses import Clause

_BOUGHT = (
    r"(?:orders?|parcels?|packages?|delivery|shipments?|items?|goods|refund|replacement|tickets?|booking)"
)
_GEKAUFT = r"(?:bestellung\w*|paket\w*|sendung\w*|lieferung\w*|ware|artikel|rückerstattung|buchung|tickets?)"
_ACHETE = r"(?:commandes?|colis|livraison|paquet|article|remboursement|réservation|billets?)"
_COMPRADO = r"(?:pedidos?|paquetes?|envío|artículo|producto|reembolso|reserva|entradas?)"
_TROUBLE = re.compile(
    r"\b(?:"
    rf"(?:my|our|the)\s+{_BOUGHT}\b[^.!?]{{0,40}}\b(?:never|not|hasn'?t|haven'?t|didn'?t|isn'?t|wasn'?t|late|lost|missing|wrong|broken|damaged)\b"
    rf"|(?:haven'?t|have\s+not|hasn'?t|never|didn'?t|did\s+not|still\s+(?:no|not|waiting\s+for))\s+(?:yet\s+)?(?:receiv\w+|got|gotten|get|been\s+sent)?"
    rf"\s*(?:my|our)\s+{_BOUGHT}"
    r"|(?:want|need|demand|like|get)\s+(?:(?:an?|my|our|the)\s+)?(?:full\s+|partial\s+)?(?:refund|money\s+back)"
    r"|(?:arrived|came|delivered)\s+(?:broken|damaged|defective|faulty|incomplete)|(?:sent|got|received|delivered)\s+(?:me\s+|us\s+)?the\s+wrong"
    r"|(?:want|like|need|have)\s+to\s+(?:complain|make\s+a\s+complaint)|(?:charged|billed)\s+(?:me\s+|us\s+)?twice"
    rf"|(?:want|like|need|have)\s+to\s+(?:cancel|return|exchange)\s+(?:my|our)\s+\w+"
    rf"|(?:meine?|unsere?|die|das)\s+{_GEKAUFT}\b[^.!?]{{0,40}}\b(?:nicht|nie|noch\s+immer|verspätet|kaputt|beschädigt|falsch)"
    rf"|(?:noch\s+)?(?:keine?|nicht\s+mein\w*)\s+{_GEKAUFT}\s+(?:erhalten|bekommen)|{_GEKAUFT}\s+(?:noch\s+)?(?:nicht|nie)\s+(?:erhalten|bekommen)"
    r"|(?:mein|unser)\s+geld\s+zurück|(?:kaputt|defekt|beschädigt)\s+(?:angekommen|geliefert)|falsche\w*\s+\w+\s+(?:erhalten|bekommen|geliefert)"
    r"|(?:möchte|will|muss)\s+(?:etwas\s+|das\s+)?(?:reklamieren|mich\s+beschweren)|doppelt\s+abgebucht"
    rf"|(?:ma|mon|mes|notre|la|le)\s+{_ACHETE}\b[^.!?]{{0,40}}\b(?:pas|jamais|toujours\s+pas|cassée?|abîmée?|perdue?)\b"
    rf"|(?:pas|jamais)\s+(?:encore\s+)?reçu\s+(?:ma|mon|mes|notre)\s+{_ACHETE}|(?:veux|voudrais|souhaite)\s+(?:un|mon|être)\s+rembours\w+"
    r"|arrivée?s?\s+(?:cassée?|abîmée?|endommagée?)s?|faire\s+une\s+réclamation|débité\s+deux\s+fois"
    rf"|(?:mi|mis|nuestro|el|la)\s+{_COMPRADO}\b[^.!?]{{0,40}}\b(?:no|nunca|rot[oa]|dañad[oa]|perdid[oa])\b"
    rf"|(?:no|nunca)\s+(?:he|hemos)\s+recibido\s+(?:mi|mis|nuestro|el)\s+{_COMPRADO}|quiero\s+(?:un|mi|el)\s+(?:reembolso|dinero)"
    r"|(?:llegó|ha\s+llegado)\s+(?:rot[oa]|dañad[oa])|poner\s+una\s+(?:reclamación|queja)|cobrado\s+dos\s+veces"
    r")",
    re.IGNORECASE,
)


def find_trouble(clauses: Iterable[Clause]) -> Clause | None:
    """Return the clause in which a visitor tells of trouble with what they bought here; a question tells of none."""
    return next((one for one in clauses if one.is_told and _TROUBLE.search(one.text)), None)

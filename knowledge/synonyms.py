"""What shops and services call by several names, said by the one that the knowledge uses: "guarantee" as "warranty".

Promises: pure; only words that are written nowhere are replaced, and only by one that is written; what differs in law
or in price (a subscription and an order, a warranty by law and one by contract) is no synonym here.
"""

import re
from collections.abc import Callable
from functools import cache

# Each line says the same.
GROUPS = """
    warranty, guarantee
    return, send back, give back, bring back
    refund, money back, reimbursement
    repair, fix, mend
    ship, deliver
    shipping, delivery
    arrive, be delivered
    invoice, bill
    discount, rebate, price reduction
    gift card, gift voucher, gift certificate
    account, registering, registration, sign up, signing up
    log in, sign in, login
    opening hours, business hours
    showroom, shop, store
    telephone, phone
    buy, purchase
    delete, erase, remove
    change, modify, edit
    cheap, inexpensive, affordable
    waterproof, rainproof, water resistant
    children, kids
    staff, employees
    trial, test period
    liefern, versenden, verschicken
    lieferung, versand
    zurückgeben, zurückschicken, zurücksenden, retournieren, umtauschen
    rückgabe, retoure, rücksendung
    reparieren, instandsetzen
    rabatt, nachlass, ermäßigung
    gutschein, geschenkkarte
    rechnung, quittung
    kaufen, erwerben
    günstig, preiswert
    laden, geschäft, filiale
    montieren, aufbauen, zusammenbauen
    livraison, expédition
    livrer, expédier
    remboursement, rembourser
    retourner, renvoyer
    réduction, remise, rabais
    boutique, magasin
    envío, entrega
    enviar, entregar
    devolver, regresar
    descuento, rebaja
    factura, recibo
    tienda, negocio
"""


def say_by_synonyms(question: str, is_unknown: Callable[[str], bool]) -> str:
    """Return a question with each word or phrase that is written nowhere as its synonym that is.

    Args:
        question: what is asked.
        is_unknown: says of words whether one of them stands nowhere in the knowledge.
    """

    def said(found: re.Match[str]) -> str:
        meant = found.group()
        if not is_unknown(meant):
            return meant
        return next((name for name in _groups()[meant.lower()] if not is_unknown(name)), meant)

    return _pattern().sub(said, question)


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    """Return the names of the same thing, by each of them."""
    groups = (tuple(map(str.strip, line.split(","))) for line in GROUPS.strip().splitlines())
    return {name: group for group in groups for name in group}


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_groups(), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)

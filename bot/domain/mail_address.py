"""One spelling of an e-mail address: for people and for comparing with its letters, for machines in ASCII.

An internationalised domain has two spellings (RFC 5891), `müller.example` and `xn--mller-kva.example`. Kept is the
first, so that equal addresses are equal texts wherever they are compared. What stands before the @ may hold letters of
every script (RFC 6531) and has no other spelling. Pure.
"""

from functools import lru_cache
from unicodedata import normalize

_DOMAINS_REMEMBERED = 10_000
_ENCODED = "xn--"


def as_kept(address: str) -> str:
    """Return the address in small letters, composed (NFC), its domain with its own letters."""
    local, at, domain = normalize("NFC", address).lower().rpartition("@")
    return f"{local}{at}{_in_letters(domain)}"


def for_machines(address: str) -> str:
    """Return the address with its domain in ASCII, as mail servers and importers take it."""
    local, at, domain = address.rpartition("@")
    return f"{local}{at}{_in_ascii(domain)}"


@lru_cache(_DOMAINS_REMEMBERED)
def _in_letters(domain: str) -> str:
    import idna

    if domain.isascii() and _ENCODED not in domain:
        return domain
    try:
        return idna.decode(idna.encode(domain, uts46=True))
    except idna.IDNAError:
        return domain


@lru_cache(_DOMAINS_REMEMBERED)
def _in_ascii(domain: str) -> str:
    import idna

    if domain.isascii():
        return domain
    try:
        return idna.encode(domain, uts46=True).decode()
    except idna.IDNAError:
        return domain

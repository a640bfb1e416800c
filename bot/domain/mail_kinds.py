"""What a mail domain tells of who writes: anybody, nobody for long, or a company."""

import re
from functools import lru_cache
from typing import Any, Literal, TypeAlias, get_args

MailKind: TypeAlias = Literal["free", "disposable", "company"]
MAIL_KINDS: tuple[MailKind, ...] = get_args(MailKind)
DOMAINS_REMEMBERED = 10_000

_FREE_MAIL = """
aol.com att.net bellsouth.net btinternet.com comcast.net cox.net duck.com fastmail.com free.fr
gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net googlemail.com hey.com hotmail.co.uk hotmail.com
hotmail.de hotmail.fr hotmail.it icloud.com inbox.com laposte.net libero.it live.co.uk live.com
live.nl mac.com mail.com mail.ru me.com msn.com naver.com orange.fr outlook.com outlook.de pm.me
posteo.de proton.me protonmail.com qq.com rediffmail.com rocketmail.com sbcglobal.net seznam.cz
sky.com t-online.de tuta.com tutanota.com verizon.net web.de wp.pl yahoo.ca yahoo.co.in yahoo.co.jp
yahoo.co.uk yahoo.com yahoo.de yahoo.es yahoo.fr yahoo.it yandex.com yandex.ru ymail.com zoho.com
126.com 163.com
"""
FREE_MAIL = frozenset(_FREE_MAIL.split())
"""Providers where anybody can have an address: such an address tells nothing of a company."""

_DISPOSABLE_MAIL = """
10minutemail.com 10minutemail.net 20minutemail.com 33mail.com anonaddy.me binkmail.com bugmenot.com burnermail.io
discard.email discardmail.com dispostable.com dropmail.me emailondeck.com fakeinbox.com fakemail.net getairmail.com
getnada.com grr.la guerrillamail.biz guerrillamail.com guerrillamail.de guerrillamail.info guerrillamail.net
guerrillamail.org guerrillamailblock.com harakirimail.com inboxbear.com inboxkitten.com jetable.org mail-temp.com
mailcatch.com maildrop.cc mailexpire.com mailinator.com mailinator.net mailnesia.com mailnull.com mailsac.com
mailtemp.info mintemail.com moakt.com mohmal.com mytemp.email mytrashmail.com nada.email one-time.email sharklasers.com
sofort-mail.de spam4.me spamgourmet.com temp-mail.io temp-mail.org tempail.com tempinbox.com tempmail.com tempmail.dev
tempmail.net tempmailo.com tempr.email throwawaymail.com trash-mail.com trashmail.com trashmail.de trashmail.net
trbvm.com wegwerfemail.de wegwerfmail.de yopmail.com yopmail.fr yopmail.net zeitpost.de
"""
DISPOSABLE_MAIL = frozenset(_DISPOSABLE_MAIL.split())
"""Providers of addresses for a few minutes: nobody reads what is sent there tomorrow."""
FREE_PATTERN = f"(?i)@({'|'.join(map(re.escape, sorted(FREE_MAIL)))})$"
DISPOSABLE_PATTERN = f"(?i)[@.]({'|'.join(map(re.escape, sorted(DISPOSABLE_MAIL)))})$"
"""Regular expressions, for Python and for PostgreSQL, that find the addresses of a kind."""


def mail_kind(address: Any) -> MailKind | None:
    """Return whether an address is "free", "disposable" or a "company"'s; None when it is no address."""
    if not isinstance(address, str) or " " in address:
        return None
    local, _, domain = address.rpartition("@")
    return _kind_of_domain(domain.lower()) if local and domain else None


@lru_cache(DOMAINS_REMEMBERED)
def _kind_of_domain(domain: str) -> MailKind:
    if domain in FREE_MAIL:
        return "free"
    labels = domain.split(".")  # services of a few minutes hand out names below their own, too
    is_disposable = any(".".join(labels[at:]) in DISPOSABLE_MAIL for at in range(len(labels)))
    return "disposable" if is_disposable else "company"

"""The e-mail with a code. The code is made here, where the mail leaves the house, and is kept nowhere before."""

from html import escape

from bot.domain.verification import code_for
from bot.outbound import MailText, Parcel

BLANK = "{code}"
"""Where the code goes; a site's own words that leave it out get it at the end."""


def write_code_mail(parcel: Parcel, *, key: bytes) -> MailText:
    """Return the words of the e-mail for one `identity.code_requested` event."""
    data = parcel.payload["data"]
    words = str(data["text"])
    words = words if BLANK in words else f"{words}\n\n{BLANK}"
    text = words.replace(BLANK, code_for(key, data["code_id"]))
    return MailText(subject=str(data["subject"]), text=text, html=f"<p>{escape(text)}</p>")

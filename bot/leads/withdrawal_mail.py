"""The e-mail that says a visitor took their consent back: which lead, and what to erase. No word of the visitor."""

from html import escape

from bot.outbound import MailText, Parcel


def write_withdrawal_mail(parcel: Parcel) -> MailText:
    """Return the words of the e-mail for one `consent.withdrawn` event."""
    data = parcel.payload["data"]
    lead_id, site = str(data["lead_id"]), str(data["site"]["id"])
    lines = (
        f"The visitor behind lead {lead_id} of {site} took back their consent on {parcel.payload['timestamp'][:10]}. "
        "Please do not contact them any more.",
        "Their name and contact details are deleted here and masked in the conversation. Please erase what you hold "
        f"of them, too: our e-mails that name lead {lead_id}, and the rows with this id in lists, in your CRM and in "
        "notes.",
        f"Lead {lead_id}",
    )
    return MailText(
        subject=f"Consent taken back: lead {lead_id}",
        text="\n\n".join(lines) + "\n",
        html="".join(f"<p>{escape(line)}</p>" for line in lines),
    )

"""The e-mails that say what to erase: a visitor took their consent back, or was erased. No word of the visitor."""

from html import escape

from bot.leads.notices import WITHDRAWN
from bot.outbound import MailText, Parcel


def write_notice_mail(parcel: Parcel) -> MailText:
    """Return the words of the e-mail for one `consent.withdrawn` or `lead.erased` event."""
    data = parcel.payload["data"]
    lead_id, site = str(data["lead_id"]), str(data["site"]["id"])
    day = parcel.payload["timestamp"][:10]
    if parcel.event == WITHDRAWN:
        subject = f"Consent taken back: lead {lead_id}"
        happened = (
            f"The visitor behind lead {lead_id} of {site} took back their consent on {day}. "
            "Please do not contact them any more."
        )
        done = "Their name and contact details are deleted here and masked in the conversation."
    else:
        subject = f"Erased: lead {lead_id}"
        happened = f"The visitor behind lead {lead_id} of {site} was erased on {day}."
        done = "Nothing of them is left here."
    ask = (
        f"Please erase what you hold of them, too: our e-mails that name lead {lead_id}, and the rows with this id in "
        "lists, in your CRM and in notes."
    )
    lines = (happened, f"{done} {ask}", f"Lead {lead_id}")
    return MailText(
        subject=subject,
        text="\n\n".join(lines) + "\n",
        html="".join(f"<p>{escape(line)}</p>" for line in lines),
    )

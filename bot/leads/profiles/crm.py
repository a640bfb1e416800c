"""The columns that HubSpot, Salesforce, Pipedrive and Mailchimp import, with the rules of each importer.

Columns we cannot know (a postcode, a contact owner) are there and empty, so that a mapping made once stays right.
"""

from collections.abc import Sequence

from bot.domain.slots import Slot, SlotKind
from bot.leads.profiles.person import NOT_GIVEN, Reader
from bot.leads.profiles.profile import Cell, Column, Form, Profile
from bot.leads.profiles.utm import utm_of
from bot.store.lead_list import ListedLead

LIFECYCLE = {
    "visitor": "subscriber",
    "lead": "lead",
    "mql": "marketingqualifiedlead",
    "sql": "salesqualifiedlead",
    "disqualified": "other",
}
LIFECYCLES = (
    "subscriber",
    "lead",
    "marketingqualifiedlead",
    "salesqualifiedlead",
    "opportunity",
    "customer",
    "evangelist",
    "other",
)
RATING = {"sql": "Hot", "mql": "Warm"}
LONG_TEXT_CHARS = 32_000
"""Less than a cell of a workbook holds, and than HubSpot's and Salesforce's long texts."""

SALESFORCE_ROWS = 50_000
"""What Salesforce's Data Import Wizard takes at once."""
PIPEDRIVE_ROWS = 50_000
MAILCHIMP_BYTES = 255


def hubspot(slots: Sequence[Slot]) -> Profile:
    """Return HubSpot's contact import."""
    read = Reader(slots)

    def cells(lead: ListedLead) -> list[Cell]:
        first, last = read.names(lead)
        return [
            *(first, last, read.text(lead, SlotKind.EMAIL), read.text(lead, SlotKind.PHONE), ""),
            *(
                read.text(lead, SlotKind.ROLE),
                read.text(lead, SlotKind.COMPANY),
                read.text(lead, SlotKind.URL),
            ),
            *("", "", "", ""),
            *(LIFECYCLE.get(lead.stage, "lead"), "UNQUALIFIED" if lead.stage == "disqualified" else "NEW"),
            lead.owner or "",
            *utm_of(lead.campaign),
        ]

    names = ("First name", "Last name")
    columns = (
        *(_line(name) for name in names),
        Column(name="Email", form=Form.EMAIL, max_chars=254),
        *(Column(name=name, form=Form.PHONE) for name in ("Phone number", "Mobile phone number")),
        *(_line(name) for name in ("Job title", "Company name")),
        Column(name="Website URL", form=Form.WEB),
        *(_line(name) for name in ("City", "State/Region", "Country/Region", "Zip code")),
        Column(name="Lifecycle stage", choices=LIFECYCLES),
        Column(name="Lead status", choices=("NEW", "UNQUALIFIED")),
        Column(name="Contact owner", form=Form.EMAIL),
        *(_line(name) for name in ("UTM source", "UTM medium", "UTM campaign")),
    )
    return Profile(
        name="hubspot",
        columns=columns,
        cells=cells,
        one_of=(*names, "Email"),
        unique="Email",
        max_rows=1_048_576,
    )


def _line(name: str) -> Column:
    return Column(name=name, form=Form.LINE, max_chars=LONG_TEXT_CHARS)


def salesforce(slots: Sequence[Slot]) -> Profile:
    """Return Salesforce's Lead object. It insists on LastName and Company: see `NOT_GIVEN`."""
    read = Reader(slots)

    def cells(lead: ListedLead) -> list[Cell]:
        first, last = read.names(lead)
        return [
            *(last or NOT_GIVEN, read.text(lead, SlotKind.COMPANY) or NOT_GIVEN, first),
            *(read.text(lead, SlotKind.EMAIL), read.text(lead, SlotKind.PHONE), ""),
            *(read.text(lead, SlotKind.ROLE), read.text(lead, SlotKind.URL), "", "", "Web"),
            "Closed - Not Converted" if lead.stage == "disqualified" else "Open - Not Contacted",
            *(RATING.get(lead.stage, "Cold"), read.summary(lead), "", "", "", "", ""),
        ]

    return Profile(
        name="salesforce", columns=SALESFORCE, cells=cells, unique="Email", max_rows=SALESFORCE_ROWS
    )


SALESFORCE = (
    Column(name="LastName", form=Form.LINE, required=True, max_chars=80),
    Column(name="Company", form=Form.LINE, required=True, max_chars=255),
    Column(name="FirstName", form=Form.LINE, max_chars=40),
    Column(name="Email", form=Form.EMAIL, max_chars=80),
    Column(name="Phone", form=Form.PHONE, max_chars=40),
    Column(name="MobilePhone", form=Form.PHONE, max_chars=40),
    Column(name="Title", form=Form.LINE, max_chars=128),
    Column(name="Website", form=Form.WEB, max_chars=255),
    Column(name="Industry", form=Form.LINE, max_chars=40),
    Column(name="NumberOfEmployees", form=Form.NUMBER),
    Column(name="LeadSource", form=Form.LINE, max_chars=40),
    Column(name="Status", form=Form.LINE, max_chars=40),
    Column(name="Rating", choices=("Hot", "Warm", "Cold")),
    Column(name="Description", max_chars=LONG_TEXT_CHARS),
    Column(name="Street", max_chars=255),
    Column(name="City", form=Form.LINE, max_chars=40),
    Column(name="State", form=Form.LINE, max_chars=80),
    Column(name="PostalCode", form=Form.LINE, max_chars=20),
    Column(name="Country", form=Form.LINE, max_chars=80),
)


def pipedrive(slots: Sequence[Slot]) -> Profile:
    """Return Pipedrive's leads: a title, and a person who is called by their contact when they gave no name."""
    read = Reader(slots)

    def cells(lead: ListedLead) -> list[Cell]:
        email, phone = read.text(lead, SlotKind.EMAIL), read.text(lead, SlotKind.PHONE)
        name = " ".join(read.text(lead, SlotKind.NAME).split()) or email or phone
        title = read.wish(lead) or f"Lead {lead.lead_id}"
        return [title, name, read.text(lead, SlotKind.COMPANY), email, phone, read.summary(lead)]

    columns = (
        Column(name="Title", form=Form.LINE, required=True, max_chars=255),
        Column(name="Name", form=Form.LINE, max_chars=255),
        Column(name="Organization", form=Form.LINE, max_chars=255),
        Column(name="Email", form=Form.EMAIL, max_chars=254),
        Column(name="Phone", form=Form.PHONE),
        Column(name="Note", max_chars=LONG_TEXT_CHARS),
    )
    one_of = ("Name", "Organization")
    return Profile(
        name="pipedrive", columns=columns, cells=cells, one_of=one_of, unique="Email", max_rows=PIPEDRIVE_ROWS
    )


def _tags(lead: ListedLead) -> list[str]:
    """Return what a contact may be found by: a tag has no comma, and half of one would be a wrong one."""
    of_campaign = zip(("source", "medium", "campaign"), utm_of(lead.campaign), strict=True)
    said = [f"{name} {' '.join(part.replace(',', ' ').split())}" for name, part in of_campaign if part]
    tags = ["foyer", f"stage {lead.stage}", f"grade {lead.grade}", *said]
    while len(",".join(tags).encode("utf-8", "replace")) > MAILCHIMP_BYTES:
        tags.pop()
    return tags


def mailchimp(slots: Sequence[Slot]) -> Profile:
    """Return Mailchimp's contacts: who agreed and left an e-mail address, each address once."""
    read = Reader(slots)

    def cells(lead: ListedLead) -> list[Cell]:
        first, last = read.names(lead)
        return [read.text(lead, SlotKind.EMAIL), first, last, ",".join(_tags(lead))]

    columns = (
        Column(name="Email Address", form=Form.EMAIL, required=True, max_bytes=MAILCHIMP_BYTES),
        *(
            Column(name=name, form=Form.LINE, max_bytes=MAILCHIMP_BYTES)
            for name in ("First Name", "Last Name", "Tags")
        ),
    )
    return Profile(name="mailchimp", columns=columns, cells=cells, unique="Email Address")

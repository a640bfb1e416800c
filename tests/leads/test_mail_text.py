"""The e-mail about a lead says what was said, and nothing a visitor writes can change its shape."""

from bot.leads.mail_text import view_of, write_mail
from bot.leads.news import Receivers, Story, deliveries_for
from bot.outbound import Parcel


def parcel(playbook, lead, now, **story) -> Parcel:
    story = Story(
        site_id="demo",
        site_name="Foyer",
        conversation_id="c1",
        **{
            "first_question": "How do I add it to my website?",
            "page": "https://example.com/pricing",
            **story,
        },
    )
    receivers = Receivers(mail=("sales@example.com",))
    (item,) = deliveries_for(
        receivers=receivers, playbook=playbook, before=None, after=lead, story=story, at=now
    )
    return Parcel(
        parcel_id=item.item_id,
        site_id=item.site_id,
        event=item.event,
        address="sales@example.com",
        payload=item.payload,
    )


def test_the_subject_says_the_score_the_need_and_the_company(playbook, make_lead, now):
    mail = write_mail(parcel(playbook, make_lead(), now))

    assert mail.subject == "72 (A1): a chat on our help pages – Analytical Engines"


def test_an_address_for_a_few_minutes_is_said_to_be_one(playbook, make_lead, make_fact, now):
    lead = make_lead(facts=(make_fact("email", "x@mailinator.com", "x@mailinator.com"),))

    mail = write_mail(parcel(playbook, lead, now))

    assert all("(disposable address)" in form for form in (mail.text, mail.html))


def test_the_mail_says_who_what_why_and_how_to_open_in_both_forms(playbook, make_lead, now):
    mail = write_mail(parcel(playbook, make_lead(), now, asked_person=True))

    for form in (mail.text, mail.html):
        for words in (
            "Ada Lovelace, CTO, Analytical Engines",
            "ada@analytical.example",
            "+14155550123",
            "asked to talk to a person",
            "+30",
            "Budget of 25,000 USD or more",
            "30k a year approved",
            "30,000 USD per year",
            "-8",
            "did not want to say",
            "by 2027-03-01",
            "How do I add it to my website?",
            "foyer leads show lead_1",
        ):
            assert words in form
    assert "signal." not in mail.text


def test_a_lead_of_whom_only_a_contact_is_known_makes_a_whole_mail(playbook, make_lead, make_fact, now):
    lead = make_lead(facts=(make_fact("email", "a@b.example", "a@b.example"),))

    mail = write_mail(parcel(playbook, lead, now, first_question=None, page=None))

    assert "A visitor who left only a contact" in mail.text
    assert "They have not said yet." in mail.html
    assert "Not known yet: Phone, Name, Company, Role, Team size." in mail.text


def test_a_payload_cut_to_the_essentials_still_makes_a_mail():
    payload = {
        "type": "lead.qualified",
        "timestamp": "2027-01-15T12:00:00Z",
        "data": {"lead_id": "lead_1", "stage": "sql", "grade": "A1", "score": 72, "is_cut": True},
    }

    assert view_of(payload)["subject"] == "72 (A1): ready for sales"


def test_what_a_visitor_writes_is_text_and_never_markup_template_or_header(
    playbook, make_lead, make_fact, now
):
    evil = "<script>alert(1)</script>{{ 7 * 7 }}\r\nBcc: all@example.com \u202e gpj.exe"
    lead = make_lead(
        facts=(
            make_fact("email", "a@b.example", "a@b.example"),
            make_fact("name", evil, evil),
            make_fact("need", evil, evil),
        )
    )

    mail = write_mail(parcel(playbook, lead, now, first_question=evil, page="javascript:alert(1)"))

    assert "<script>" not in mail.html
    assert "{{ 7 * 7 }}" in mail.html
    assert 'href="javascript' not in mail.html
    assert not any(line.startswith("Bcc:") for line in mail.text.splitlines())
    assert "\r" not in mail.subject
    assert "\n" not in mail.subject
    assert "\u202e" not in mail.html + mail.text + mail.subject

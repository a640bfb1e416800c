"""Mail reaches a real SMTP server, whole, and nothing in it can become a header or a second receiver."""

import asyncio
import contextlib
import email
import email.policy
from datetime import UTC, datetime

import pytest
from aiosmtpd.smtp import SMTP, AuthResult

from bot.domain.errors import ConfigurationError
from bot.outbound import MailSender, MailServer, MailText, Parcel, parse_mailbox

NOW = datetime(2027, 1, 15, 12, 0, tzinfo=UTC)


class Mailbox:
    """Keeps what an SMTP server received; `answer` is what it says to a recipient."""

    def __init__(self, answer: str = "250 OK") -> None:
        self.answer = answer
        self.letters: list[tuple[list[str], bytes]] = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        self.letters.append((envelope.rcpt_tos, envelope.content))
        return "250 OK"


@pytest.fixture
async def smtp():
    servers = []

    async def start(handler: Mailbox, *, tls=None, **options) -> int:
        loop = asyncio.get_running_loop()
        listening = await loop.create_server(
            lambda: SMTP(handler, loop=loop, **options), "127.0.0.1", 0, ssl=tls
        )
        servers.append(listening)
        return int(listening.sockets[0].getsockname()[1])

    yield start
    for listening in servers:
        listening.close()


def words(parcel: Parcel) -> MailText:
    return MailText(subject="72: a chat – Zoë", text="Grüße 🦊\n", html="<p>Grüße 🦊</p>")


def parcel(address: str = "sales@example.com") -> Parcel:
    return Parcel(parcel_id="msg_1", site_id="demo", event="lead.qualified", address=address, payload={})


def server(port: int, **changes) -> MailServer:
    options = {"host": "127.0.0.1", "sender": "Foyer <foyer@example.com>", "encryption": "none", **changes}
    return MailServer(port=port, **options)


async def test_a_letter_arrives_whole_in_both_forms(smtp):
    mailbox = Mailbox()

    outcome = await MailSender(server(await smtp(mailbox)), words).send(parcel(), now=NOW)

    assert outcome.kind == "delivered"
    to, raw = mailbox.letters[0]
    letter = email.message_from_bytes(raw, policy=email.policy.default)
    assert to == ["sales@example.com"]
    assert letter["Subject"] == "72: a chat – Zoë"
    assert letter["From"] == "Foyer <foyer@example.com>"
    assert letter["Message-ID"] == "<msg_1@example.com>"
    assert letter.get_body(("plain",)).get_content().strip() == "Grüße 🦊"
    assert letter.get_body(("html",)).get_content().strip() == "<p>Grüße 🦊</p>"


async def test_a_subject_cannot_become_a_header(smtp):
    mailbox = Mailbox()

    def evil(parcel: Parcel) -> MailText:
        return MailText(
            subject="Hi\r\nBcc: all@example.com\r\n\r\nbody\0\u2028" + "x" * 5000, text="t", html="h"
        )

    outcome = await MailSender(server(await smtp(mailbox)), evil).send(parcel(), now=NOW)

    assert outcome.kind == "delivered"
    to, raw = mailbox.letters[0]
    letter = email.message_from_bytes(raw, policy=email.policy.default)
    assert to == ["sales@example.com"]
    assert letter["Bcc"] is None
    assert letter["Subject"].startswith("Hi Bcc: all@example.com body")
    assert len(letter["Subject"]) == 200


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "a@b.example, c@d.example",
        "a@b.example\r\nRCPT TO:<c@d.example>",
        "a@b.example\nBcc: c@d.example",
        "<a@b.example> <c@d.example>",
        "group: a@b.example;",
        "@b.example",
    ],
)
async def test_what_is_not_one_address_is_refused_before_a_connection(address):
    outcome = await MailSender(server(1), words).send(parcel(address), now=NOW)

    assert outcome.kind == "refused"
    with pytest.raises(ConfigurationError):
        parse_mailbox(address)


@pytest.mark.parametrize(
    ("answer", "kind"), [("550 No such user", "refused"), ("451 Try again later", "failed")]
)
async def test_a_lasting_refusal_is_told_from_a_passing_one(smtp, answer, kind):
    outcome = await MailSender(server(await smtp(Mailbox(answer))), words).send(parcel(), now=NOW)

    assert outcome.kind == kind


async def test_starttls_encrypts_and_verifies_the_name_and_logs_in(smtp, server_tls, client_tls):
    mailbox = Mailbox()
    seen = []

    def check(smtp_server, session, envelope, mechanism, login):
        seen.append((login.login, login.password, session.ssl is not None))
        return AuthResult(success=True)

    port = await smtp(mailbox, tls_context=server_tls, require_starttls=True, authenticator=check)
    options = {"encryption": "starttls", "user": "foyer", "password": "word"}

    bad = await MailSender(server(port, **options), words, tls=client_tls).send(parcel(), now=NOW)
    good = await MailSender(server(port, **options), words, tls=tls_for("mail.example", client_tls)).send(
        parcel(), now=NOW
    )

    assert good.kind == "delivered"
    assert seen == [(b"foyer", b"word", True)]
    assert bad.kind == "failed"
    assert "certificate" in bad.detail.lower()


async def test_tls_from_the_first_byte_is_spoken(smtp, server_tls, client_tls):
    mailbox = Mailbox()
    port = await smtp(mailbox, tls=server_tls)
    sender = MailSender(server(port, encryption="tls"), words, tls=tls_for("mail.example", client_tls))

    outcome = await sender.send(parcel(), now=NOW)

    assert outcome.kind == "delivered"
    assert len(mailbox.letters) == 1


@pytest.mark.slow
async def test_a_mail_server_that_drips_for_ever_is_left_after_the_time_limit():
    left = asyncio.Event()

    async def drip(reader, writer):
        while not reader.at_eof():
            writer.write(b"220-wait\r\n")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(reader.read(1), 0.01)
        writer.close()
        left.set()

    listening = await asyncio.start_server(drip, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]

    outcome = await MailSender(server(port, timeout_s=0.2), words).send(parcel(), now=NOW)
    await left.wait()
    listening.close()

    assert outcome.kind == "failed"
    assert "0.2 s" in outcome.detail


async def test_a_mail_server_that_is_away_is_a_failure_and_not_an_error():
    outcome = await MailSender(server(1), words).send(parcel(), now=NOW)

    assert outcome.kind == "failed"


def test_a_password_does_not_show_in_a_representation():
    assert "word" not in repr(server(25, user="foyer", password="word"))


def tls_for(name: str, context):
    """Return `context` made to expect `name`: the test's server is reached by its address."""
    wrap = context.wrap_socket
    context.wrap_socket = lambda sock, **options: wrap(sock, **{**options, "server_hostname": name})
    return context


@pytest.mark.parametrize(
    ("written", "receiver"),
    [
        ("zoe@müller.example", "zoe@xn--mller-kva.example"),
        ("jürgen@example.com", "jürgen@example.com"),
        ("иван@почта.рф", "иван@xn--80a1acny.xn--p1ai"),
    ],
)
async def test_an_address_with_letters_of_any_script_is_written_to(smtp, written, receiver):
    mailbox = Mailbox()
    sender = MailSender(server(await smtp(mailbox, enable_SMTPUTF8=True)), words)

    outcome = await sender.send(parcel(written), now=NOW)

    assert outcome.kind == "delivered", outcome.detail
    to, raw = mailbox.letters[0]
    assert to == [receiver]
    assert f"To: {receiver}\r\n".encode() in raw


async def test_a_server_that_takes_no_such_letters_is_named_and_not_asked_again(smtp):
    mailbox = Mailbox()
    sender = MailSender(server(await smtp(mailbox, enable_SMTPUTF8=False)), words)

    assert (await sender.send(parcel("zoe@müller.example"), now=NOW)).kind == "delivered"
    outcome = await sender.send(parcel("jürgen@example.com"), now=NOW)

    assert (outcome.kind, "SMTPUTF8" in outcome.detail, "jürgen" in outcome.detail) == (
        "refused",
        True,
        False,
    )
    assert [to for to, _ in mailbox.letters] == [["zoe@xn--mller-kva.example"]]

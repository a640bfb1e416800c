"""E-mail over SMTP: one message to one address, with time-outs, encryption and no way to smuggle a header in.

The SMTP server is named by the operator in the environment, never by a site or a visitor, so its own host and
port are exempt from the guard's table (a relay usually runs on this machine). It is resolved once and pinned.
"""

import asyncio
import contextlib
import smtplib
import socket
import ssl
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from email.errors import MessageError, NonASCIILocalPartDefect
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Literal

from bot.domain.errors import BotError, ConfigurationError
from bot.domain.mail_address import for_machines
from bot.outbound.guard import Guard
from bot.outbound.parcel import Outcome, Parcel

TIMEOUT_S = 20.0
MAX_SUBJECT_CHARS = 200
SENDING_THREADS = 4
"""Own threads, so that a mail server that hangs takes none from the rest of the process."""

Encryption = Literal["none", "starttls", "tls"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """How to reach the SMTP server. `password` never shows in a representation."""

    host: str
    port: int
    sender: str
    encryption: Encryption = "starttls"
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout_s: float = TIMEOUT_S


@dataclass(frozen=True, slots=True, kw_only=True)
class MailText:
    """What a mail says, twice: as plain text and as HTML."""

    subject: str
    text: str
    html: str


Write = Callable[[Parcel], MailText]


class LettersRefusedError(BotError):
    """The mail server takes no address with letters beyond ASCII before its @ (it lacks SMTPUTF8, RFC 6531)."""

    code = "letters_refused"


class MailSender:
    """Sends parcels as e-mails; `write` turns a parcel into words. Close it when the process ends."""

    def __init__(self, server: MailServer, write: Write, *, tls: ssl.SSLContext | None = None) -> None:
        """`tls` replaces the system's trusted certificates in tests.

        Raises:
            ConfigurationError: the sender is no e-mail address.
        """
        self._server = server
        self._write = write
        self._sender = parse_mailbox(server.sender)
        self._tls = tls
        self._guard = Guard((_own_entry(server),))
        self._threads = ThreadPoolExecutor(SENDING_THREADS, thread_name_prefix="mail")

    def close(self) -> None:
        """Let go of the threads."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._guard.close()

    async def send(self, parcel: Parcel, *, now: datetime) -> Outcome:
        """Send once, within the server's time-out."""
        message = self.compose(parcel, now=now)
        if isinstance(message, Outcome):
            return message
        connections: list[socket.socket] = []
        try:
            async with asyncio.timeout(self._server.timeout_s):
                addresses = await self._guard.addresses_of(self._server.host, self._server.port)
                loop = asyncio.get_running_loop()
                await loop.run_in_executor(self._threads, self._hand_over, addresses, message, connections)
        except TimeoutError:
            return Outcome(kind="failed", detail=f"The mail server took over {self._server.timeout_s:g} s.")
        except LettersRefusedError as error:
            return Outcome(kind="refused", detail=str(error))
        except smtplib.SMTPRecipientsRefused as error:
            return _judge_refusal(error)
        except smtplib.SMTPResponseException as error:
            return Outcome(kind="failed", detail=f"The mail server answered {error.smtp_code}.")
        except (OSError, smtplib.SMTPException, BotError) as error:
            return Outcome(kind="failed", detail=f"Mail server: {_sentence(error)}")
        finally:
            _cut(connections)
        return Outcome(kind="delivered", detail="The mail server took it.")

    def compose(self, parcel: Parcel, *, now: datetime) -> EmailMessage | Outcome:
        """Return the message, or why none can be made for this address."""
        try:
            to = parse_mailbox(parcel.address)
        except ConfigurationError as error:
            return Outcome(kind="refused", detail=str(error))
        words = self._write(parcel)
        message = EmailMessage(policy=SMTP)
        message["From"] = self._sender
        message["To"] = to
        message["Subject"] = one_line(words.subject)
        message["Date"] = now
        # The same over all attempts: a server that took it, and whose answer got lost, can tell the second.
        message["Message-ID"] = f"<{parcel.parcel_id}@{self._sender.domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(words.text)
        message.add_alternative(words.html, subtype="html")
        return message

    def _hand_over(
        self, addresses: list[str], message: EmailMessage, connections: list[socket.socket]
    ) -> None:
        connection = _connect(addresses, self._server)
        connections.append(connection)
        tls = self._tls or ssl.create_default_context()
        if self._server.encryption == "tls":
            connection = tls.wrap_socket(connection, server_hostname=self._server.host)
            connections.append(connection)
        with _PinnedSMTP(connection, self._server) as smtp:
            if self._server.encryption == "starttls":
                smtp.starttls(context=tls)
            if self._server.user is not None:
                smtp.login(self._server.user, self._server.password or "")
            smtp.ehlo_or_helo_if_needed()
            both = message["From"].addresses + message["To"].addresses
            if not all(one.addr_spec.isascii() for one in both) and not smtp.has_extn("smtputf8"):
                raise LettersRefusedError(
                    "The mail server takes no letters beyond ASCII before an @: it lacks SMTPUTF8 (RFC 6531)."
                )
            smtp.send_message(message)


class _PinnedSMTP(smtplib.SMTP):
    """SMTP over a connection that was made to a checked address; TLS still verifies the server's name."""

    def __init__(self, connection: socket.socket, server: MailServer) -> None:
        self._connection = connection
        super().__init__(server.host, server.port, timeout=server.timeout_s)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:  # noqa: ARG002
        return self._connection


def parse_mailbox(text: str) -> Address:
    """Return the mailbox that `text` spells: `sales@example.com` or `Foyer <foyer@example.com>`.

    Its domain is in ASCII, which every mail server takes; what stands before the @ may hold other letters.

    Raises:
        ConfigurationError: it spells none, or more than one.
    """
    message = EmailMessage(policy=SMTP)
    try:
        message["To"] = text
        (mailbox,) = message["To"].addresses
    except (MessageError, ValueError, IndexError, AttributeError) as error:
        raise ConfigurationError(f"{text!r} is not one e-mail address like sales@example.com.") from error
    is_group = message["To"].groups[0].display_name is not None
    defects = [one for one in message["To"].defects if not isinstance(one, NonASCIILocalPartDefect)]
    if not mailbox.domain or is_group or defects:
        raise ConfigurationError(f"{text!r} is not one e-mail address like sales@example.com.")
    return Address(mailbox.display_name, mailbox.username, for_machines(f"@{mailbox.domain}")[1:])


def one_line(text: str) -> str:
    """Return `text` fit for a header: one line, no controls, at most 200 characters."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return line if len(line) <= MAX_SUBJECT_CHARS else line[: MAX_SUBJECT_CHARS - 1].rstrip() + "…"


def _connect(addresses: list[str], server: MailServer) -> socket.socket:
    failure: OSError = OSError("no address")
    for address in addresses:
        try:
            connection = socket.create_connection(
                (address, server.port), timeout=server.timeout_s / len(addresses)
            )
        except OSError as error:
            failure = error
        else:
            connection.settimeout(server.timeout_s)
            return connection
    raise failure


def _cut(connections: list[socket.socket]) -> None:
    for connection in connections:
        # Wakes a thread that is still reading from a server that drips; closed already is as good.
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
        connection.close()


def _judge_refusal(error: smtplib.SMTPRecipientsRefused) -> Outcome:
    codes = [code for code, _ in error.recipients.values()]
    lasting = bool(codes) and all(500 <= code < 600 for code in codes)
    detail = f"The mail server refused the address ({', '.join(map(str, codes))})."
    return Outcome(kind="refused" if lasting else "failed", detail=detail)


def _own_entry(server: MailServer) -> str:
    return f"[{server.host}]:{server.port}" if ":" in server.host else f"{server.host}:{server.port}"


def _sentence(error: Exception) -> str:
    return str(error) or type(error).__name__

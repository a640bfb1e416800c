"""Calls to the world: the guard that checks every connection, webhooks, e-mail, and clients for providers."""

from bot.outbound.guard import Call, Failure, ForbiddenAddressError, Guard, Response, UnresolvedNameError
from bot.outbound.mail import MailSender, MailServer, MailText, parse_mailbox
from bot.outbound.parcel import Outcome, Parcel, Sender
from bot.outbound.provider import find_obstacle, open_provider_client
from bot.outbound.webhook import WebhookSender, parse_secret, read_retry_after, sign

__all__ = [
    "Call",
    "Failure",
    "ForbiddenAddressError",
    "Guard",
    "MailSender",
    "MailServer",
    "MailText",
    "Outcome",
    "Parcel",
    "Response",
    "Sender",
    "UnresolvedNameError",
    "WebhookSender",
    "find_obstacle",
    "open_provider_client",
    "parse_mailbox",
    "parse_secret",
    "read_retry_after",
    "sign",
]

"""Webhooks verify in the reference implementation, and every answer is judged as the standard says."""

import asyncio
import base64
from datetime import UTC, datetime

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from bot.domain.errors import ConfigurationError
from bot.outbound import Guard, Parcel, WebhookSender, parse_secret
from bot.outbound.webhook import read_retry_after

SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
OLD_SECRET = "whsec_" + base64.b64encode(bytes(range(32, 64))).decode()
OTHER_SECRET = "whsec_" + base64.b64encode(bytes(range(64, 96))).decode()


def sender(receiver, *secrets: str, timeout_s: float = 5.0) -> WebhookSender:
    return WebhookSender(
        Guard((receiver.entry,)), lambda site, url: secrets or (SECRET,), timeout_s=timeout_s
    )


def parcel(receiver, **data) -> Parcel:
    return Parcel(
        parcel_id="msg_1",
        site_id="demo",
        event="lead.qualified",
        address=receiver.url,
        payload={
            "type": "lead.qualified",
            "timestamp": "2027-01-15T12:00:00Z",
            "data": {"who": "Zoë 🦊", **data},
        },
    )


def real_now() -> datetime:
    return datetime.now(UTC)


async def test_the_reference_implementation_verifies_what_was_received(receiver):
    outcome = await sender(receiver).send(parcel(receiver), now=real_now())

    headers, body = receiver.requests[0]
    assert outcome.kind == "delivered"
    assert headers[":request"] == "POST /hook HTTP/1.1"
    assert headers["content-type"] == "application/json"
    assert headers["webhook-id"] == "msg_1"
    assert Webhook(SECRET).verify(body, headers)["data"] == {"who": "Zoë 🦊"}


async def test_during_a_rotation_both_secrets_verify_and_a_third_does_not(receiver):
    await sender(receiver, SECRET, OLD_SECRET).send(parcel(receiver), now=real_now())

    headers, body = receiver.requests[0]
    assert Webhook(SECRET).verify(body, headers)
    assert Webhook(OLD_SECRET).verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(OTHER_SECRET).verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(body + b" ", headers)


async def test_an_old_delivery_is_signed_with_the_time_of_the_attempt(receiver):
    at = datetime(2027, 1, 1, tzinfo=UTC)

    await sender(receiver).send(parcel(receiver), now=at)

    headers, body = receiver.requests[0]
    assert headers["webhook-timestamp"] == str(int(at.timestamp()))
    with pytest.raises(WebhookVerificationError, match=r"too (old|new)"):
        Webhook(SECRET).verify(body, headers)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("200 OK", "delivered"),
        ("202 Accepted", "delivered"),
        ("204 No Content", "delivered"),
        ("301 Moved Permanently", "failed"),
        ("302 Found", "failed"),
        ("304 Not Modified", "failed"),
        ("400 Bad Request", "failed"),
        ("401 Unauthorized", "failed"),
        ("404 Not Found", "failed"),
        ("410 Gone", "gone"),
        ("429 Too Many Requests", "failed"),
        ("500 Internal Server Error", "failed"),
        ("503 Service Unavailable", "failed"),
    ],
)
async def test_only_2xx_is_success_and_410_wants_no_more(receiver, answer, status, kind):
    receiver.answers = [answer(status)]

    outcome = await sender(receiver).send(parcel(receiver), now=real_now())

    assert outcome.kind == kind
    assert status[:3] in outcome.detail


async def test_a_redirect_to_an_inner_address_is_not_followed(receiver, answer):
    receiver.answers = [answer("302 Found", "location: http://169.254.169.254/latest/meta-data/")]

    outcome = await sender(receiver).send(parcel(receiver), now=real_now())

    assert outcome.kind == "failed"
    assert len(receiver.requests) == 1


async def test_a_receiver_says_when_to_come_again(receiver, answer):
    receiver.answers = [answer("429 Too Many Requests", "retry-after: 120")]

    outcome = await sender(receiver).send(parcel(receiver), now=real_now())

    assert outcome.retry_after_s == 120


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("90", 90),
        ("Fri, 15 Jan 2027 12:01:30 GMT", 90),
        ("Fri, 15 Jan 2027 11:00:00 GMT", 0),
        ("9" * 5000, 999999999),
        ("-5", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value, seconds):
    assert read_retry_after(value, datetime(2027, 1, 15, 12, 0, tzinfo=UTC)) == seconds


@pytest.mark.slow
async def test_a_receiver_that_hangs_fails_after_the_time_limit(receiver):
    receiver.answers = ["hang"]

    outcome = await sender(receiver, timeout_s=0.2).send(parcel(receiver), now=real_now())

    assert outcome.kind == "failed"
    assert outcome.detail.startswith("timeout")


async def test_an_inner_address_is_not_called(receiver):
    forbidding = WebhookSender(Guard(), lambda site, url: (SECRET,))

    outcome = await forbidding.send(parcel(receiver), now=real_now())

    assert outcome.kind == "failed"
    assert "FOYER_OUTBOUND_ALLOW" in outcome.detail
    assert receiver.connections == 0


async def test_a_body_over_20_kb_is_never_sent(receiver):
    outcome = await sender(receiver).send(parcel(receiver, text="x" * 20_000), now=real_now())

    assert outcome.kind == "refused"
    assert receiver.connections == 0


async def test_a_webhook_that_left_the_configuration_is_not_called(receiver):
    forgetful = WebhookSender(Guard((receiver.entry,)), lambda site, url: ())

    outcome = await forgetful.send(parcel(receiver), now=real_now())

    assert outcome.kind == "refused"
    assert receiver.connections == 0


@pytest.mark.parametrize("key_bytes", [24, 32, 64])
def test_a_secret_has_24_to_64_bytes(key_bytes):
    secret = "whsec_" + base64.b64encode(b"k" * key_bytes).decode()

    assert parse_secret(secret) == b"k" * key_bytes


@pytest.mark.parametrize(
    "secret",
    ["", "whsec_", "secret", "whsec_!!!!", SECRET.removeprefix("whsec_")]
    + ["whsec_" + base64.b64encode(b"k" * size).decode() for size in (23, 65)],
)
def test_a_secret_that_is_weak_or_malformed_is_refused_without_being_shown(secret):
    with pytest.raises(ConfigurationError) as raised:
        parse_secret(secret)

    assert len(secret) < 7 or secret not in str(raised.value)


async def test_tls_verifies_the_name_although_the_address_is_pinned(receiver, server_tls, client_tls):
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0, ssl=server_tls)
    port = server.sockets[0].getsockname()[1]

    async def resolve(host: str, asked_port: int) -> list[str]:
        return ["127.0.0.1"]

    guard = Guard(("127.0.0.0/8",), resolve=resolve, tls=client_tls)
    webhook = WebhookSender(guard, lambda site, url: (SECRET,))

    outcomes = [
        await webhook.send(
            Parcel(parcel_id="m", site_id="demo", event="e", address=f"https://{name}:{port}/", payload={}),
            now=real_now(),
        )
        for name in ("hook.example", "evil.example")
    ]
    server.close()

    assert [outcome.kind for outcome in outcomes] == ["delivered", "failed"]
    assert receiver.requests[0][0]["host"] == f"hook.example:{port}"
    assert "certificate" in outcomes[1].detail.lower()

"""Every payload of `DATA/payloads` in every text field of every frame and of the visitor's HTTP routes."""

import json
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import quote

from websockets.exceptions import ConnectionClosed

from benchmarks.attacks.bystanders import Row, attacked
from tests.service.visitor_client import Visitor

FRAMES = {
    "say.text": ("say", lambda text, n: {"client_message_id": f"p{n}", "text": text}),
    "say.choice": ("say", lambda text, n: {"client_message_id": f"q{n}", "choice": text}),
    "say.form": ("say", lambda text, n: {"client_message_id": f"r{n}", "form": {text: text}}),
    "say.client_message_id": ("say", lambda text, _: {"client_message_id": text, "text": "thanks"}),
    "feedback": ("feedback", lambda text, _: {"message_id": text, "helpful": True, "comment": text}),
    "type": ("", lambda text, _: {"text": text}),
    "ack": ("ack", lambda text, _: {"seq": text}),
    "typing": ("typing", lambda text, _: {"text": text}),
    "pong": ("pong", lambda text, _: {"id": text}),
    "second hello": ("hello", lambda text, _: {"token": text, "client": {"locale": text}}),
}
FIRST = {
    "hello.token": lambda text, _: {"token": text},
    "hello.conversation_id": lambda text, token: {"token": token, "conversation_id": text},
    "hello.epoch": lambda text, token: {"token": token, "epoch": text},
    "hello.last_seq": lambda text, token: {"token": token, "last_seq": text},
    "hello.identity": lambda text, token: {"token": token, "identity": text or "x"},
    "hello.client": lambda text, token: {"token": token, "client": {"locale": text, "page": page_of(text)}},
}
"""A payload in each field of the first frame."""
LENIENT = {"FOYER_LIMITS": "off"}


def page_of(text: str) -> dict[str, object]:
    """Return a page whose every hint is the payload."""
    return {"url": text, "title": text, "referrer": text, "utm": {"source": text}}


def routes_of(text: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Return the visitor's requests with the payload in every place: method, path, and what httpx takes."""
    said, keyed = {"text": text}, {"Idempotency-Key": quote(text)[:64] or "k"}
    return [
        ("GET", "/api/v1/faq", {"params": {"site": "harbour", "q": text}}),
        ("GET", "/api/v1/faq", {"params": {"site": text, "q": "x"}}),
        ("GET", "/api/v1/faq", {"params": {"site": "harbour", "q": "x", "tag": text}}),
        ("POST", "/api/v1/sessions", {"json": {"site": text}}),
        ("POST", "/api/v1/sessions", {"json": {"site": "harbour", "locale": text, "page": page_of(text)}}),
        ("POST", "/api/v1/sessions", {"json": {"site": "harbour", "identity": text}}),
        ("POST", "/api/v1/messages", {"json": said, "headers": keyed}),
        ("POST", "/api/v1/messages", {"json": {"form": said}, "headers": keyed}),
        ("POST", "/api/v1/feedback", {"json": {"message_id": text, "helpful": True, "comment": text}}),
        ("GET", "/api/v1/history", {"params": {"after": text}}),
        ("GET", "/api/v1/events", {"params": {"after": text, "wait": "0"}}),
        ("GET", "/api/v1/proactive", {"params": {"site": text}}),
    ]


async def attack(data: Path, count: int | None = None) -> list[Row]:
    """Send each payload everywhere; a typed answer is due to each, and nothing may crash."""
    source = data / "payloads" / "payloads.jsonl"
    if not source.is_file():
        return [("not measured", "-", f"no payloads at {source}")]
    texts = [json.loads(line)["text"] for line in source.read_text().split("\n") if line][:count]
    told: Counter[str] = Counter()
    with attacked(LENIENT) as server:
        for number, text in enumerate(texts):
            visitor = await Visitor.arrive(server)
            await send_in_frames(visitor, text, number, told)
            await send_first(visitor, text, told)
            await send_in_requests(visitor, text, told)
        crashed = server.log.count("crashed") + server.log.count("Traceback")
    where = f"in {len(FRAMES)} frames, {len(FIRST)} first frames, {len(routes_of(''))} requests"
    failed = sum(n for what, n in told.items() if what.startswith("HTTP 5"))
    return [
        ("payloads", str(len(texts)), where),
        *((f"  {what}", str(n), "") for what, n in told.most_common()),
        ("answers of 500 and more", str(failed), "0"),
        ("crashes and tracebacks in the log", str(crashed), "0"),
    ]


async def send_in_frames(visitor: Visitor, text: str, number: int, told: Counter[str]) -> None:
    """Send a payload in each frame of a greeted socket; count in `told` what came of it."""
    socket, _ = await visitor.connect()
    for kind, build in FRAMES.values():
        try:
            await socket.connection.send(json.dumps({"type": kind or text, "data": build(text, number)}))
            await socket.send("ping", id="after")
            await socket.until("pong")
        except ConnectionClosed as closed:
            told[f"closed {closed.rcvd.code if closed.rcvd else None}"] += 1
            socket, _ = await visitor.connect()
    told.update(frame["data"].get("code", "") for frame in socket.frames if frame["type"] == "error")
    told.update("accepted" for frame in socket.frames if frame["type"] == "accepted")
    await socket.close()


async def send_first(visitor: Visitor, text: str, told: Counter[str]) -> None:
    """Send it in each field of a first frame."""
    for build in FIRST.values():
        first = await visitor.dial()
        await first.connection.send(json.dumps({"type": "hello", "data": build(text, visitor.token)}))
        try:
            told[f"first frame: {(await first.receive())['type']}"] += 1
        except ConnectionClosed as closed:
            told[f"first frame: closed {closed.rcvd.code if closed.rcvd else None}"] += 1
        await first.close()


async def send_in_requests(visitor: Visitor, text: str, told: Counter[str]) -> None:
    """Send it in every place of the visitor's requests."""
    async with visitor.http() as client:
        for method, path, rest in routes_of(text):
            answer = await client.request(method, path, **rest)
            told[f"HTTP {answer.status_code}"] += 1

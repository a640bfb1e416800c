"""Every payload of `DATA/payloads` in every text field of every frame and of the visitor's HTTP routes."""

import json
from collections import Counter
from pathlib import Path

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
}
LENIENT = {"FOYER_LIMITS": "off"}


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
            socket, _ = await visitor.connect()
            for kind, build in FRAMES.values():
                try:
                    await socket.connection.send(
                        json.dumps({"type": kind or text, "data": build(text, number)})
                    )
                    await socket.send("ping", id="after")
                    await socket.until("pong")
                except ConnectionClosed as closed:
                    told[f"closed {closed.rcvd.code if closed.rcvd else None}"] += 1
                    socket, _ = await visitor.connect()
            told.update(frame["data"].get("code", "") for frame in socket.frames if frame["type"] == "error")
            told.update("accepted" for frame in socket.frames if frame["type"] == "accepted")
            await socket.close()
            async with visitor.http() as client:
                for parameters in (
                    {"site": "harbour", "q": text},
                    {"site": text, "q": "x"},
                    {"site": "harbour", "q": "x", "tag": text},
                ):
                    answer = await client.get("/api/v1/faq", params=parameters)
                    told[f"HTTP {answer.status_code}"] += 1
        crashed = server.log.count("crashed") + server.log.count("Traceback")
    return [
        ("payloads", str(len(texts)), f"in {len(FRAMES)} fields of frames and 3 of addresses"),
        *((f"  {what}", str(n), "") for what, n in told.most_common()),
        ("crashes and tracebacks in the log", str(crashed), "0"),
    ]

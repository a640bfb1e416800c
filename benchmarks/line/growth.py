"""What grows with what is stored: the messages of everybody."""

import sqlite3
from pathlib import Path


def add_messages(home: Path, *, up_to: int) -> None:
    """Have a stopped server's database hold so many messages, ten a conversation: copies of one that is there."""
    with sqlite3.connect(home / "foyer.db") as database:
        held = database.execute("SELECT count(*) FROM messages").fetchone()[0]
        for table, key in (("conversations", "conversation_id"), ("messages", "message_id")):
            columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
            row = dict(
                zip(columns, database.execute(f"SELECT * FROM {table} LIMIT 1").fetchone(), strict=True)
            )
            count = max(0, up_to - held) // (10 if table == "conversations" else 1)
            marks = ", ".join(f":{column}" for column in columns)
            database.executemany(
                f"INSERT INTO {table} VALUES ({marks})",
                (_copy(row, table, key, held + n) for n in range(count)),
            )
    database.close()


def _copy(row: dict[str, object], table: str, key: str, number: int) -> dict[str, object]:
    conversation = f"made-up-{number // 10 if table == 'messages' else number}"
    changed: dict[str, object] = {key: f"made-up-{number}", "conversation_id": conversation}
    if table == "conversations":
        return row | changed | {"conversation_id": f"made-up-{number}", "visitor_id": f"made-up-{number}"}
    apart = {"seq": number % 10 + 1, "client_message_id": f"made-up-{number}", "in_reply_to": None}
    return row | changed | apart | {"awaits_reply": False}

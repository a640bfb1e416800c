"""Reading measured on other people's labelled texts: exact spans, amounts, acts, and false facts.

`python benchmarks/entities.py DATA` prints one line per set; DATA is the folder of the evaluation sets. Nothing
of them is kept here, and no rule is made for their wording.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.domain.extract import extract_facts
from bot.domain.reading import Act, find_entities, read_message
from bot.domain.slots import Slot, SlotKind

Row = dict[str, Any]
Span = tuple[int, int]
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
SLOTS = tuple(
    Slot(id=name, kind=kind, label=name)
    for name, kind in (
        ("email", SlotKind.EMAIL),
        ("phone", SlotKind.PHONE),
        ("name", SlotKind.NAME),
        ("company", SlotKind.COMPANY),
        ("role", SlotKind.ROLE),
        ("team_size", SlotKind.QUANTITY),
        ("budget", SlotKind.MONEY),
        ("timeline", SlotKind.TIMELINE),
        ("need", SlotKind.NEED),
        ("decision_maker", SlotKind.BOOLEAN),
    )
)
SPAN_SETS = (
    ("recognizers_en", "phonenumber", {"phone"}),
    ("recognizers_en", "currency", {"money"}),
    ("recognizers_en", "number", {"number", "quantity"}),
    ("recognizers_en", "datetime", {"date", "duration"}),
    ("recognizers_en", "boolean", {"yes_no"}),
    ("duckling_en", "money", {"money"}),
    ("duckling_en", "numeral", {"number", "quantity"}),
    ("duckling_en", "time", {"date", "duration"}),
    ("duckling_en", "duration", {"duration", "date"}),
)
POOLED = (("email", "email", {"email"}), ("url", "url", {"url"}), ("percentage", "percentage", {"percent"}))
SLOT_SETS = (("name", "person"), ("company_name", "company"), ("cost", "money"), ("quantity", "quantity"))
ACTS = {
    "confirmation": Act.AFFIRM,
    "rejection": Act.DENY,
    "openinggreeting": Act.GREETING,
    "thankyou": Act.THANKS,
    "closinggreeting": Act.GOODBYE,
}


def main() -> None:
    """Print every measure."""
    parser = argparse.ArgumentParser(description="Measure reading on labelled texts")
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/bench"))
    parser.add_argument("--misses", type=int, default=0, help="print this many misses of each set")
    options = parser.parse_args()
    for folder, kind, kinds in SPAN_SETS:
        print_spans(f"{folder} {kind}", of_kind(options.data, folder, kind), kinds, options.misses)
    for label, kind, kinds in POOLED:
        both = [*of_kind(options.data, "recognizers_en", kind), *of_kind(options.data, "duckling_en", kind)]
        print_spans(f"pooled {label}", both, kinds, options.misses)
    print_prices(options.data, options.misses)
    print_names(options.data, options.misses)
    print_slots(options.data, options.misses)
    print_acts(options.data, options.misses)
    print_false_facts(options.data, options.misses)


def rows(data: Path, folder: str, name: str = "entities.jsonl") -> Iterator[Row]:
    with (data / folder / name).open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def of_kind(data: Path, folder: str, kind: str) -> list[Row]:
    return [row for row in rows(data, folder) if row.get("kind") == kind and not row.get("not_supported")]


def found_in(row: Row, kinds: set[str], asked: str | None = None) -> list[Any]:
    now = datetime.fromisoformat(row["reference"]) if row.get("reference") else NOW
    now = now if now.tzinfo else now.replace(tzinfo=UTC)
    return [entity for entity in find_entities(row["text"], now=now, asked=asked) if entity.kind in kinds]


def f1(hits: int, found: int, expected: int) -> float:
    return 2 * hits / (found + expected) if found + expected else 1.0


def print_spans(label: str, cases: list[Row], kinds: set[str], misses: int) -> None:
    exact = overlapping = found_total = expected_total = 0
    wrong: list[tuple[str, list[str], list[str]]] = []
    for row in cases:
        found = {(entity.start, entity.end) for entity in found_in(row, kinds)}
        expected = {(item["start"], item["end"]) for item in row["expected"]}
        exact += len(found & expected)
        overlapping += sum(any(touches(span, other) for other in found) for span in expected)
        found_total += len(found)
        expected_total += len(expected)
        if found != expected:
            text = row["text"]
            wrong.append(
                (text, [text[a:b] for a, b in sorted(found)], [text[a:b] for a, b in sorted(expected)])
            )
    score, loose = f1(exact, found_total, expected_total), f1(overlapping, found_total, expected_total)
    print(
        f"{label:32} rows {len(cases):4}  exact F1 {score:.3f}  overlapping {loose:.3f}  rows with a miss {len(wrong)}"
    )
    show(wrong, misses)


def touches(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def show(wrong: list[Any], misses: int) -> None:
    for item in wrong[:misses]:
        print("     ", *item, sep=" | ")


def print_prices(data: Path, misses: int) -> None:
    amounts = currencies = total = with_currency = 0
    wrong = []
    for row in rows(data, "price_strings"):
        for item in row["expected"]:
            total += 1
            found = [
                e
                for e in found_in(row, {"money", "number", "quantity"})
                if item.get("start", -1) < 0 or touches((e.start, e.end), (item["start"], item["end"]))
            ]
            values = [e.value["min"] if isinstance(e.value, dict) else e.value for e in found]
            is_right = item["amount"] in values
            amounts += is_right
            if not is_right:
                wrong.append(("amount", row["text"], values, item["amount"]))
            if item["currency"] and item["currency"] in row["text"]:
                with_currency += 1
                is_named = any(e.kind == "money" and e.value["currency"] for e in found)
                currencies += is_named
                if not is_named:
                    wrong.append(("currency", row["text"], item["currency"], ""))
    print(
        f"{'price_strings':32} rows {total:4}  amount {amounts / total:.3f}  currency {currencies / with_currency:.3f}"
    )
    show(wrong, misses)


def print_names(data: Path, misses: int) -> None:
    right = total = 0
    wrong = []
    for row in rows(data, "names"):
        kinds = [entity.kind for entity in found_in(row, {"person", "company"})]
        total += 1
        is_right = kinds[:1] == [row["label"]]
        right += is_right
        if not is_right:
            wrong.append((row["text"], kinds, row["label"]))
    print(f"{'names person or company':32} rows {total:4}  accuracy {right / total:.3f}")
    show(wrong, misses)


def print_slots(data: Path, misses: int) -> None:
    """Slots with and without the bot's question known: with it, a bare answer can be told from a bare order number."""
    cases = list(rows(data, "multidogo"))
    for label, kind in SLOT_SETS:
        for knows_question in (True, False):
            exact = found_total = expected_total = 0
            wrong = []
            for row in cases:
                expected = {(item["start"], item["end"]) for item in row["expected"] if item["type"] == label}
                asked = kind if expected and knows_question else None
                kinds = {"money", "number", "quantity"} if kind in ("money", "quantity") and asked else {kind}
                found = {(entity.start, entity.end) for entity in found_in(row, kinds, asked=asked)}
                exact, found_total = exact + len(found & expected), found_total + len(found)
                expected_total += len(expected)
                if found != expected:
                    text = row["text"]
                    wrong.append((text, [text[a:b] for a, b in found], [text[a:b] for a, b in expected]))
            score = f1(exact, found_total, expected_total)
            name = f"multidogo {label} {'asked' if knows_question else 'unasked'}"
            print(f"{name:32} rows {expected_total:4}  F1 {score:.3f}")
            show(wrong, misses)


def print_acts(data: Path, misses: int) -> None:
    hits, found, expected = Counter[str](), Counter[str](), Counter[str]()
    wrong = []
    for row in rows(data, "multidogo"):
        act = read_message(row["text"], slots=SLOTS, asked="consent", now=NOW).act
        predicted = {label for label, meant in ACTS.items() if meant is act}
        if act is Act.REFUSE:
            predicted = {"rejection"}
        intents = set(row["intent"]) & set(ACTS)
        hits.update(predicted & intents)
        found.update(predicted)
        expected.update(intents)
        if predicted != intents:
            wrong.append((row["text"], predicted, intents))
    scores = {label: f1(hits[label], found[label], expected[label]) for label in ACTS}
    parts = "  ".join(f"{label} {score:.2f} ({expected[label]})" for label, score in scores.items())
    print(f"{'multidogo acts':32} macro-F1 {sum(scores.values()) / len(scores):.3f}  {parts}")
    show(wrong, misses)


def print_false_facts(data: Path, misses: int) -> None:
    for folder in ("banking77", "clinc150", "nq_offtopic"):
        wrong = []
        total = 0
        started = time.perf_counter()
        for row in rows(data, folder, "queries.jsonl"):
            facts = extract_facts(row, slots=SLOTS, now=NOW)["facts"]
            total += 1
            wrong += [
                (row["text"], fact["slot"], fact["text"])
                for fact in facts
                if fact["slot"] in ("name", "company", "budget", "timeline")
            ]
        each_ms = (time.perf_counter() - started) / total * 1000
        print(
            f"{'false facts ' + folder:32} rows {total:4}  with a fact {len(wrong)} "
            f"(allowed {total // 200})  {each_ms:.2f} ms each"
        )
        show(wrong, misses)


if __name__ == "__main__":
    main()

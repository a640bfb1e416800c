"""Print what the widget weighs as it is served: brotli 11, gzip 9, plain. Usage: python widget/size.py [ADDRESS]."""

import gzip
import re
import sys
import urllib.request
from collections.abc import Iterator

import brotli

GROUPS = {
    "loader": "in the page",
    "panel": "when the button is reached for",
    # At most 8,500: sizes in em, marks a finger finds, a form that stays while its words change, and the language
    # of each part are dear.
    "transcript": "once the panel is open",
    "look": "with the site's colours",
    "news": "with the first message",
    "menu": "when the menu is opened",
    "opinion": "after a thumb, and at the end",
    "form": "when contact details are asked for",
    "mode": "where the chat is part of the page",
    "dialog": "in a dialog of the page",
    "triggers": "on pages that ask for it",
    "polling": "only where no websocket opens",
    "contrast": "in colours of the page's own",
    "past": "where a socket can not replay the past",
    "explain": "where nothing works",
    "second": "where a page has a second loader",
    "strings": "one of them, in its language",
}
"""When a group is fetched; each is an entry module with what it imports and no group before it has."""
STATIC_IMPORT = re.compile(r"""\b(?:import|from) ?['"](\.{1,2}/[\w./-]+\.js)['"]""")
LANGUAGES = "de fr es pt it nl pl ja ar"


def fetch(address: str) -> str:
    """Return a file as a browser without compression gets it."""
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - the address is ours
        return str(answer.read().decode())


def files(server: str) -> Iterator[tuple[str, str, str]]:
    """Yield (group, name, text) of every file, each once, in the order in which a browser comes to them."""
    loader = fetch(f"{server}/widget.js")
    yield "loader", "foyer.js", loader
    base = re.search(r"(widget/\w+/)", loader)
    if base is None:
        raise SystemExit("widget.js does not name the folder of its modules.")
    seen: set[str] = set()
    for group in [group for group in GROUPS if group != "loader"]:
        waiting = [f"{group}.js"]
        if group == "strings":
            waiting = [f"strings/{tag}.js" for tag in LANGUAGES.split()]
        while waiting:
            name = waiting.pop(0)
            if name in seen:
                continue
            seen.add(name)
            text = fetch(f"{server}/{base[1]}{name}")
            waiting += [path.removeprefix("./").removeprefix("../") for path in STATIC_IMPORT.findall(text)]
            yield group, name, text


def sizes(server: str) -> dict[str, dict[str, int]]:
    """Return the brotli size in bytes of each file, by group."""
    found: dict[str, dict[str, int]] = {group: {} for group in GROUPS}
    for group, name, text in files(server):
        found[group][name] = len(brotli.compress(text.encode(), quality=11))
    return found


def table(server: str) -> str:
    """Return the sizes for people: brotli, gzip, plain."""
    lines, sums = [], {group: [0, 0, 0] for group in GROUPS}
    for group, name, text in files(server):
        raw = text.encode()
        row = [len(brotli.compress(raw, quality=11)), len(gzip.compress(raw, 9, mtime=0)), len(raw)]
        sums[group] = [total + one for total, one in zip(sums[group], row, strict=True)]
        lines.append(f"  {name:<16}" + "".join(f"{one:>8,}" for one in row) + f"  {group}")
    head = f"  {'':<16}{'brotli':>8}{'gzip':>8}{'plain':>8}"
    ends = [
        f"  {group:<16}" + "".join(f"{n:>8,}" for n in sums[group]) + f"  {when}"
        for group, when in GROUPS.items()
    ]
    return "\n".join([head, *lines, "", *ends])


if __name__ == "__main__":
    sys.stdout.write(table(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:8000") + "\n")

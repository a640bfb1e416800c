"""`foyer check` looks at what crawls saved, and visits nothing."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.sources.crawl import CrawlState, saved_crawl
from bot.sources.crawl.pages import KeptPage

URL = "https://www.example.com/"
PAGE = b"<title>Shipping</title><p>We ship to every country of the union within a week, by train.</p>"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site that answers from its website alone."""
    monkeypatch.setenv("FOYER_HOME", str(tmp_path / "home"))
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "foyer.yaml").write_text(f"knowledge: {{crawl: [{{url: '{URL}'}}]}}\n")
    return tmp_path / "site"


def found(site: Path) -> dict[str, Any]:
    return dict(json.loads(CliRunner().invoke(app, ["check", str(site), "--json"]).stdout))


def test_a_website_that_was_never_crawled_is_named(site: Path) -> None:
    told = found(site)

    assert any(f"{URL} was not crawled yet" in note["what"] for note in told["notes"])
    assert any("nothing to answer from" in problem["what"] for problem in told["problems"])


def test_an_index_run_goes_on_without_a_website_that_can_not_be_reached(site: Path) -> None:
    (site / "foyer.yaml").write_text("knowledge: {crawl: [{url: 'http://10.1.2.3/'}]}\n")
    (site / "knowledge").mkdir()
    (site / "knowledge" / "page.md").write_text("# Shipping\n\nWe ship by train.\n")

    result = CliRunner().invoke(app, ["index", str(site), "--json"])

    report = json.loads(result.stdout)
    assert (result.exit_code, report["documents"]["added"]) == (3, 1)
    assert [(f["source"], f["code"]) for f in report["failures"]] == [
        ("crawl of http://10.1.2.3/", "forbidden")
    ]
    failed = CliRunner().invoke(app, ["sources", str(site), "--failed"]).stdout.splitlines()
    assert [line.split()[:3] for line in failed[1:2]] == [["failed", "0", "never"]]
    assert all("(forbidden)" in line for line in failed if "FOYER_OUTBOUND_ALLOW" in line)
    told = json.loads(CliRunner().invoke(app, ["sources", str(site), "--json"]).stdout)
    assert [(row["source"], row["state"], row["passages"]) for row in told["sources"]] == [
        ("crawl of http://10.1.2.3/", "failed", 0),
        ("page.md", "ok", 1),
    ]


def test_crawled_pages_are_what_a_site_answers_from(site: Path, tmp_path: Path) -> None:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    saved = saved_crawl(tmp_path / "home", site_id="site", url=URL)
    kept = KeptPage(
        url=URL, file=saved.save_page(PAGE, suffix=".html"), suffix=".html", text_hash="1", fetched_at=at
    )
    state = CrawlState(
        url=URL,
        state="failed",
        last_success_at=at,
        error_code="timeout",
        error="No answer.",
        failures_in_a_row=2,
    )
    saved.finish({URL: kept}, state, is_over=True)

    told = found(site)

    assert [(problem["place"], problem["what"]) for problem in told["problems"]] == [
        (f"crawl of {URL}", "No answer. (timeout)")
    ]
    assert any("last crawled well on 2026-03-02" in note["what"] for note in told["notes"])

"""A site's knowledge changes from one whole version to the next, and nothing is embedded twice."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import pytest

from bot.domain.errors import VersionConflictError
from bot.store import Connection, Database, passages, sources, version_pages
from bot.store.passages import DocumentRow, IndexVersion, PassageRow
from bot.store.sources import SourceState

MODEL = "minilm"


async def begin(conn: Connection, noon: datetime, site_id: str = "demo") -> IndexVersion:
    return await passages.begin_version(conn, site_id=site_id, model_id=MODEL, dimensions=2, now=noon)


def passage(number: int, *keys: str) -> PassageRow:
    row = {"passage_id": f"p{number}", "text": f"Text {number} é", "attributes": {"b": "1", "a": None}}
    return PassageRow(
        passage_id=f"p{number}",
        document_id="d",
        content_hash=f"h{number}",
        row=row,
        vector_keys=keys or (f"k{number}",),
    )


async def test_a_version_serves_from_its_activation_on(db: Database, noon: datetime) -> None:
    async with db.write() as conn:
        version = await begin(conn, noon)
        await passages.add(conn, version, [passage(1)])
    async with db.read() as conn:
        before = await passages.active_version(conn, "demo")
    async with db.write() as conn:
        await passages.activate(conn, version, now=noon)
    async with db.read() as conn:
        after = await passages.active_version(conn, "demo")
        elsewhere = await passages.active_version(conn, "other")

    assert before is None
    assert elsewhere is None
    assert after is not None
    assert (after.version, after.model_id, after.activated_at) == (version.version, MODEL, noon)


async def test_a_build_that_was_cut_off_changes_nothing_but_keeps_its_vectors(
    db: Database, noon: datetime
) -> None:
    async with db.write() as conn:
        serving = await begin(conn, noon)
        await passages.add(conn, serving, [passage(1)])
        await passages.activate(conn, serving, now=noon)
    with pytest.raises(RuntimeError):  # noqa: PT012 - the whole transaction fails
        async with db.write() as conn:
            cut = await begin(conn, noon)
            await passages.add(conn, cut, [passage(2)])
            raise RuntimeError
    async with db.write() as conn:
        cut = await begin(conn, noon)
        await passages.add_vectors(conn, site_id="demo", model_id=MODEL, vectors={"k2": b"v2"})

    async with db.read() as conn:
        active = await passages.active_version(conn, "demo")
        known = await passages.known_vectors(conn, site_id="demo", model_id=MODEL, keys=["k2", "k3"])
        versions = await passages.versions(conn, "demo")

    assert active is not None
    assert active.version == serving.version
    assert known == {"k2": b"v2"}
    assert [version.activated_at for version in versions] == [noon, None]


async def test_passages_come_back_as_they_were_in_the_order_of_adding(db: Database, noon: datetime) -> None:
    first, second = [passage(3), passage(1)], [passage(2)]
    async with db.write() as conn:
        version = await begin(conn, noon)
        await passages.add(conn, version, first)
        await passages.add(conn, version, [])
        await passages.add(conn, version, second)
        rows = await passages.rows(conn, version)
        count = await passages.count(conn, version)

    assert rows == [dict(one.row) for one in first + second]
    assert count == 3


async def test_vectors_are_shared_between_passages_and_versions_but_not_between_sites_or_models(
    db: Database, noon: datetime
) -> None:
    async with db.write() as conn:
        old, new = await begin(conn, noon), await begin(conn, noon)
        await passages.add(conn, old, [passage(1, "a", "b", "a"), passage(2, "b")])
        await passages.add(conn, new, [passage(1, "b"), passage(2, "c")])
        await passages.add_vectors(conn, site_id="demo", model_id=MODEL, vectors={"a": b"1", "b": b"2"})
        await passages.add_vectors(conn, site_id="demo", model_id=MODEL, vectors={"b": b"other", "c": b"3"})
        await passages.add_vectors(conn, site_id="demo", model_id="zeta", vectors={"b": b"x"})
        await passages.add_vectors(conn, site_id="other", model_id=MODEL, vectors={"b": b"y"})
        of_old, of_new = await passages.vectors(conn, old), await passages.vectors(conn, new)
        keys = await passages.passage_keys(conn, old)
        elsewhere = await passages.known_vectors(conn, site_id="other", model_id=MODEL, keys=["a", "b"])

    assert of_old == {"a": b"1", "b": b"2"}
    assert of_new == {"b": b"2", "c": b"3"}
    assert keys == [("p1", "a"), ("p1", "b"), ("p2", "b")]
    assert elsewhere == {"b": b"y"}


async def test_more_keys_than_one_query_takes_are_found(db: Database) -> None:
    vectors = {f"k{number}": b"v" for number in range(2_500)}
    async with db.write() as conn:
        await passages.add_vectors(conn, site_id="demo", model_id=MODEL, vectors=vectors)
        known = await passages.known_vectors(conn, site_id="demo", model_id=MODEL, keys=list(vectors))

    assert known == vectors


async def test_the_old_version_can_be_dropped_and_the_serving_one_cannot(
    db: Database, noon: datetime
) -> None:
    async with db.write() as conn:
        old, new = await begin(conn, noon), await begin(conn, noon)
        for version, number in ((old, 1), (new, 2)):
            await passages.add_documents(
                conn, version, [DocumentRow(document_id="d", source="a.md", content_hash=f"h{number}")]
            )
            await passages.add(conn, version, [passage(number)])
            await passages.add_vectors(conn, site_id="demo", model_id=MODEL, vectors={f"k{number}": b"v"})
            await passages.activate(conn, version, now=noon)
        with pytest.raises(VersionConflictError):
            await passages.drop_version(conn, new)
        await passages.drop_version(conn, old)
        versions = await passages.versions(conn, "demo")
        left = [await passages.rows(conn, old), await passages.document_hashes(conn, old)]

    assert [version.version for version in versions] == [new.version]
    assert left == [[], {}]


async def test_a_dropped_number_is_never_given_again(db: Database, noon: datetime) -> None:
    async with db.write() as conn:
        first = await begin(conn, noon)
        await passages.drop_version(conn, first)
        second = await begin(conn, noon)

    assert second.version > first.version


async def test_a_version_that_is_gone_cannot_serve(db: Database, noon: datetime) -> None:
    async with db.write() as conn:
        version = await begin(conn, noon)
        await passages.drop_version(conn, version)
        with pytest.raises(VersionConflictError):
            await passages.activate(conn, version, now=noon)


async def test_the_hashes_of_a_version_tell_what_changed(db: Database, noon: datetime) -> None:
    async with db.write() as conn:
        version = await begin(conn, noon)
        documents = [DocumentRow(document_id=f"d{n}", source="a.md", content_hash=f"h{n}") for n in (1, 2)]
        await passages.add_documents(conn, version, documents)
        await passages.add_documents(conn, version, [])
        kept = await passages.documents(conn, version)
        hashes = await passages.document_hashes(conn, version)

    assert kept == documents
    assert hashes == {"d1": "h1", "d2": "h2"}


async def test_how_sources_fared_is_replaced_and_forgotten_by_name(db: Database, noon: datetime) -> None:
    later = noon.replace(hour=13)
    good = SourceState(
        source="a.md", state="ok", checked_at=noon, last_success_at=noon, content_hash="h", passages=3
    )
    failed = SourceState(
        source="a.md",
        state="failed",
        checked_at=later,
        last_success_at=noon,
        error_code="encoding",
        error="Not UTF-8",
    )
    others = [
        SourceState(source=f"{n:04}.md", state="ok", checked_at=noon, last_success_at=noon)
        for n in range(1_200)
    ]
    async with db.write() as conn:
        await sources.note(conn, site_id="demo", states=[good, *others])
        await sources.note(conn, site_id="other", states=[good])
        await sources.note(conn, site_id="demo", states=[failed])
        await sources.forget(conn, site_id="demo", names=[state.source for state in others[1:]])
        states = await sources.states(conn, "demo")
        elsewhere = await sources.states(conn, "other")

    assert states == [others[0], failed]
    assert elsewhere == [good]


async def test_a_version_is_read_and_dropped_a_page_at_a_time(db: Database, noon: datetime) -> None:
    async with db.write() as conn:
        version, other = await begin(conn, noon), await begin(conn, noon)
        for made in (version, other):
            await passages.add(conn, made, [passage(n, f"k{n}", f"{n}k", "shared") for n in range(9)])
        rows = [row async for row in pages(conn, version, 4)]
        keys = await version_pages.keys_after(conn, version, after="k3", limit=3)
        count = await version_pages.count_vectors(conn, version)
        by_document = await version_pages.rows_of_documents(conn, version, ["d", "none"])
        slices = 0
        while await version_pages.drop_slice(conn, version, limit=4):
            slices += 1
        left = (await passages.count(conn, version), await version_pages.count_vectors(conn, version))
        kept = await passages.count(conn, other)

    assert [row["passage_id"] for row in rows] == [f"p{n}" for n in range(9)]
    assert (keys, count) == (["k4", "k5", "k6"], 19)
    assert [row["passage_id"] for row in by_document["d"]] == [f"p{n}" for n in range(9)]
    assert (slices, left, kept) == (5, (0, 0), 9)


async def pages(conn: Connection, version: IndexVersion, limit: int) -> AsyncIterator[dict[str, Any]]:
    after = -1
    while rows := await version_pages.rows_after(conn, version, after=after, limit=limit):
        after = rows[-1][0]
        for _, row in rows:
            yield row


async def test_vectors_are_forgotten_when_no_version_of_their_model_has_them(
    db: Database, noon: datetime
) -> None:
    async with db.write() as conn:
        await passages.add(conn, await begin(conn, noon), [passage(1, "a"), passage(2, "c")])
        for model in (MODEL, "zeta"):
            vectors = {"a": b"1", "b": b"2", "c": b"3"}
            await passages.add_vectors(conn, site_id="demo", model_id=model, vectors=vectors)
        for model in await version_pages.vector_models(conn, "demo"):
            after: str | None = ""
            while after is not None:
                after = await version_pages.forget_unused_slice(
                    conn, site_id="demo", model_id=model, after=after, limit=2
                )
        kept = [
            list(await passages.known_vectors(conn, site_id="demo", model_id=m, keys=["a", "b", "c"]))
            for m in (MODEL, "zeta")
        ]

    assert kept == [["a", "c"], []]

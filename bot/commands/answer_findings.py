"""What becomes of answers: those that were given before and are not now, and how many to expect."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bot.commands.finding import Finding, finding_id, note, problem, shown

if TYPE_CHECKING:
    from bot.assemble.reviewing import Review
    from bot.sources import AnswerChange, Expectation, Share

CHANGES_SHOWN = 20
MANY = 12
"""Questions to ask by from which nothing is said of their number."""
SO_FEW = " So few say little, so the range is wide; each of the `variants` of an FAQ entry narrows it."


def in_answers(review: "Review", tested: Sequence[str]) -> Iterator[Finding]:
    """Name answers that are lost or changed since the version before.

    Args:
        review: what is written now, and before.
        tested: what the site's own conversations ask.
    """
    from bot.sources import compare_answers

    if review.before is None:
        return
    changes = compare_answers(review.before, review.written, [*tested, *review.asked])
    for change in changes:
        if change.is_lost:
            yield lost(change, review)
        elif change.is_unrelated:
            yield unrelated(change, review)
    changed = [change for change in changes if not (change.is_lost or change.is_unrelated)]
    for change in changed[:CHANGES_SHOWN]:
        what = (
            f"{shown(change.question)} is answered otherwise than in the version before: "
            f"{shown(change.after.text or '')} instead of {shown(change.before.text or '')}."
        )
        yield note(
            "knowledge", what, id=finding_id("changed-answer", change.question, change.after.text or "")
        )
    if len(changed) > CHANGES_SHOWN:
        yield note("knowledge", f"{len(changed) - CHANGES_SHOWN} more questions are answered otherwise.")


def lost(change: "AnswerChange", review: "Review") -> Finding:
    """Say which answer is gone, and what became of its source."""
    source, reason = became_of(change, review, otherwise="no longer answers it")
    what = (
        f"{shown(change.question)} was answered by the version before and is not now: {reason}. "
        f"It said {shown(change.before.text or '')}."
    )
    return problem("knowledge", what, place=source, id=finding_id("lost-answer", change.question))


def unrelated(change: "AnswerChange", review: "Review") -> Finding:
    """Say which answer is gone, and what is told in its place."""
    source, reason = became_of(change, review, otherwise="was changed")
    now = change.after.citations[0].document_id
    what = (
        f"{shown(change.question)} is answered by something else than in the version before: {reason}, and "
        f"{now!r} of {review.written.sources[now]} says {shown(change.after.text or '')} instead of "
        f"{shown(change.before.text or '')}. Write the answer again, or accept this one."
    )
    named = finding_id("unrelated-answer", change.question, change.after.text or "")
    return problem("knowledge", what, place=source, id=named)


def became_of(change: "AnswerChange", review: "Review", *, otherwise: str) -> tuple[str, str]:
    """Return the source of the answer before, and whether its document is gone or what else happened."""
    assert review.before is not None
    cited = change.before.citations[0].document_id if change.before.citations else ""
    source = review.before.sources.get(cited, cited)
    reason = "is gone" if cited not in review.written.hashes else otherwise
    return source, f"{cited!r} of {source} {reason}"


def in_expectation(review: "Review") -> Iterator[Finding]:
    """Say how many questions are answered, rightly and wrongly, by what is written here."""
    from bot.sources import estimate

    expected = estimate(review.written)
    yield note("knowledge", in_words(expected), figures=figures(expected))


def in_words(expected: "Expectation") -> str:
    """Say what to expect in a sentence or two."""
    if expected.right is None or expected.wrong is None:
        first = (
            f"Too little to say how many questions are answered right: a range from {expected.n_asked} phrasings and "
            "headings, asked with themselves left out, would be nearly all there is. Add `variants` to FAQ entries, or "
            "sections with telling headings, until there are three."
        )
    else:
        right, wrong = round(100 * expected.right.value), round(100 * expected.wrong.value)
        first = (
            f"Of 100 questions like those written here, about {right} are answered right ({between(expected.right)}), "
            f"{wrong} wrongly ({between(expected.wrong)}) and {max(0, 100 - right - wrong)} not; from "
            f"{expected.n_asked} phrasings and headings, each left out and asked."
        ) + (SO_FEW if expected.n_asked < MANY else "")
    same = expected.answered_all_the_same
    if same is None:
        return first
    return (
        f"{first} Of 100 others whose answer is not written, about {round(100 * same.value)} are answered all the same "
        f"({between(same)}); from {expected.n_left_out} entries, each left out and asked."
    )


def between(share: "Share") -> str:
    """Say the range of a share."""
    return f"{round(100 * share.low)} to {round(100 * share.high)}"


def figures(expected: "Expectation") -> dict[str, float | None]:
    """Return the expectation as numbers for programs, shares from 0 to 1, each with its range."""
    return {
        "asked": expected.n_asked,
        **_share_figures("right", expected.right),
        **_share_figures("wrong", expected.wrong),
        "left_out": expected.n_left_out,
        **_share_figures("answered_all_the_same", expected.answered_all_the_same),
    }


def _share_figures(name: str, share: "Share | None") -> dict[str, float | None]:
    if share is None:
        return {name: None}
    return {
        name: round(share.value, 3),
        f"{name}_low": round(share.low, 3),
        f"{name}_high": round(share.high, 3),
    }

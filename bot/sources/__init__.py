"""What happens to knowledge: sync with the folder, versions, watching. Front page of the room."""

from bot.sources.gaps import COLUMNS as GAP_COLUMNS
from bot.sources.gaps import Gap, find_gaps, gap_cells, gap_json, shown_gaps
from bot.sources.home_lock import HomeBusyError, ServerNote, find_server, leave_note, own_home
from bot.sources.review import (
    AnswerChange,
    Contradiction,
    Expectation,
    KnownEmbedder,
    OnBatch,
    Places,
    Share,
    Twins,
    Written,
    compare_answers,
    estimate,
    find_contradictions,
    find_twins,
    read_written,
)
from bot.sources.sync import Changes, IndexBuildError, IndexReport, Progress, Sync
from bot.sources.versions import ActiveKnowledge, drop_old_versions, exact_knowledge, open_active
from bot.sources.watch import watch_folder

__all__ = [
    "GAP_COLUMNS",
    "ActiveKnowledge",
    "AnswerChange",
    "Changes",
    "Contradiction",
    "Expectation",
    "Gap",
    "HomeBusyError",
    "IndexBuildError",
    "IndexReport",
    "KnownEmbedder",
    "OnBatch",
    "Places",
    "Progress",
    "ServerNote",
    "Share",
    "Sync",
    "Twins",
    "Written",
    "compare_answers",
    "drop_old_versions",
    "estimate",
    "exact_knowledge",
    "find_contradictions",
    "find_gaps",
    "find_server",
    "find_twins",
    "gap_cells",
    "gap_json",
    "leave_note",
    "open_active",
    "own_home",
    "read_written",
    "shown_gaps",
    "watch_folder",
]

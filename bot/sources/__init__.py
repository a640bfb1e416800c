"""What happens to knowledge: sync with the folder, versions, watching. Front page of the room."""

from bot.sources.gaps import COLUMNS as GAP_COLUMNS
from bot.sources.gaps import Gap, find_gaps, gap_cells, gap_json, shown_gaps
from bot.sources.home_lock import HomeBusyError, ServerNote, find_server, leave_note, own_home
from bot.sources.review import (
    Contradiction,
    OnBatch,
    Places,
    Twins,
    Written,
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
    "Changes",
    "Contradiction",
    "Gap",
    "HomeBusyError",
    "IndexBuildError",
    "IndexReport",
    "OnBatch",
    "Places",
    "Progress",
    "ServerNote",
    "Sync",
    "Twins",
    "Written",
    "drop_old_versions",
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

"""What happens to knowledge: sync with the folder, versions, watching. Front page of the room."""

from bot.sources.feedback import (
    RATING_COLUMNS,
    Feedback,
    RatedAnswer,
    Tally,
    comment_of,
    find_feedback,
    rating_cells,
    rating_in_full,
    rating_json,
    tally,
    without_contacts,
)
from bot.sources.gap_memory import GapMemory
from bot.sources.gaps import COLUMNS as GAP_COLUMNS
from bot.sources.gaps import Gap, find_gaps, gap_cells, gap_json, shown_gaps
from bot.sources.home_lock import HomeBusyError, ServerNote, find_server, leave_note, own_home
from bot.sources.program_gaps import keep_program_gap
from bot.sources.remembered import report_if_up_to_date
from bot.sources.report import Changes, IndexReport, OnProgress, Progress
from bot.sources.review import (
    AnswerChange,
    Contradiction,
    Expectation,
    KnownEmbedder,
    OnBatch,
    Places,
    Repeated,
    Share,
    Twins,
    Written,
    compare_answers,
    estimate,
    find_contradictions,
    find_repeated,
    find_twins,
    read_written,
)
from bot.sources.sync import Sync
from bot.sources.versions import ActiveKnowledge, exact_knowledge, mend, open_active
from bot.sources.watch import watch_folder
from bot.sources.writing import IndexBuildError

__all__ = [
    "GAP_COLUMNS",
    "RATING_COLUMNS",
    "ActiveKnowledge",
    "AnswerChange",
    "Changes",
    "Contradiction",
    "Expectation",
    "Feedback",
    "Gap",
    "GapMemory",
    "HomeBusyError",
    "IndexBuildError",
    "IndexReport",
    "KnownEmbedder",
    "OnBatch",
    "OnProgress",
    "Places",
    "Progress",
    "RatedAnswer",
    "Repeated",
    "ServerNote",
    "Share",
    "Sync",
    "Tally",
    "Twins",
    "Written",
    "comment_of",
    "compare_answers",
    "estimate",
    "exact_knowledge",
    "find_contradictions",
    "find_feedback",
    "find_gaps",
    "find_repeated",
    "find_server",
    "find_twins",
    "gap_cells",
    "gap_json",
    "keep_program_gap",
    "leave_note",
    "mend",
    "open_active",
    "own_home",
    "rating_cells",
    "rating_in_full",
    "rating_json",
    "read_written",
    "report_if_up_to_date",
    "shown_gaps",
    "tally",
    "watch_folder",
    "without_contacts",
]

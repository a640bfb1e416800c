"""What happens to knowledge: sync with the folder, versions, watching. Front page of the room."""

from bot.sources.home_lock import HomeBusyError, ServerNote, find_server, leave_note, own_home
from bot.sources.remembered import report_if_up_to_date
from bot.sources.report import Changes, IndexReport, OnProgress, Progress
from bot.sources.sync import Sync
from bot.sources.versions import ActiveKnowledge, exact_knowledge, mend, open_active
from bot.sources.watch import watch_folder
from bot.sources.writing import IndexBuildError

__all__ = [
    "ActiveKnowledge",
    "Changes",
    "HomeBusyError",
    "IndexBuildError",
    "IndexReport",
    "OnProgress",
    "Progress",
    "ServerNote",
    "Sync",
    "exact_knowledge",
    "find_server",
    "leave_note",
    "mend",
    "open_active",
    "own_home",
    "report_if_up_to_date",
    "watch_folder",
]

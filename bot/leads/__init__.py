"""What happens to leads: shown, exported, told of, judged again, forgotten."""

from bot.leads.arrival import ARRIVAL_WAIT, keep_arrival
from bot.leads.columns import LeadRecord, lead_json, slot_rows, slots_from, slots_of
from bot.leads.deliver import DeliveryWorker
from bot.leads.export import Export, ExportError, check_export, export_stream
from bot.leads.import_check import Finding, UnreadableListError, check_list
from bot.leads.mail_text import write_mail
from bot.leads.merging import refresh
from bot.leads.news import OutboxItem, Receivers, Story, deliveries_for
from bot.leads.notices import tell_of_erasure, tell_of_withdrawal
from bot.leads.privacy import erase_lead, withdraw_consent
from bot.leads.profiles import Profile, profile_for
from bot.leads.proposals import propose_merges
from bot.leads.records import (
    RecordPage,
    conversation_url,
    find_record,
    page_of_records,
    stream_blocks,
    stream_outdone,
)
from bot.leads.rescore import Rescored, rescore

__all__ = [
    "ARRIVAL_WAIT",
    "DeliveryWorker",
    "Export",
    "ExportError",
    "Finding",
    "LeadRecord",
    "OutboxItem",
    "Profile",
    "Receivers",
    "RecordPage",
    "Rescored",
    "Story",
    "UnreadableListError",
    "check_export",
    "check_list",
    "conversation_url",
    "deliveries_for",
    "erase_lead",
    "export_stream",
    "find_record",
    "keep_arrival",
    "lead_json",
    "page_of_records",
    "profile_for",
    "propose_merges",
    "refresh",
    "rescore",
    "slot_rows",
    "slots_from",
    "slots_of",
    "stream_blocks",
    "stream_outdone",
    "tell_of_erasure",
    "tell_of_withdrawal",
    "withdraw_consent",
    "write_mail",
]

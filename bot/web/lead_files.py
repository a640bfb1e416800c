"""The lead list as a download: the same file for programs and for people, streamed."""

from collections.abc import Sequence
from dataclasses import replace

from fastapi.responses import Response, StreamingResponse

from bot.leads import check_export, export_stream, profile_for, slots_of, stream_blocks, stream_outdone
from bot.leads.follow_up import DraftColumn
from bot.store import leads
from bot.store.lead_filter import LeadFilter
from bot.web.parts import Parts


async def list_response(
    parts: Parts,
    where: LeadFilter,
    sites: Sequence[str],
    *,
    file_format: str,
    profile: str,
    has_drafts: bool = False,
) -> Response:
    """Stream the leads that match and agreed to be contacted; a header counts those who did not.

    Raises:
        ExportError: There is no such format or profile.
    """
    check_export(file_format, profile, has_drafts=has_drafts)
    agreed = replace(where, consented_only=True)
    async with parts.db.read() as connection:
        without_consent = await leads.count(connection, where) - await leads.count(connection, agreed)
    slots = slots_of(parts.playbook_of(name) for name in sites)
    blocks = stream_blocks(parts.db, agreed, has_evidence=file_format == "jsonl")
    columns = profile_for(profile, slots, public_url=parts.public_url or None)
    if has_drafts:
        column = DraftColumn(parts.db, lambda name: parts.writer_of(name) if name in parts.fronts() else None)
        blocks, columns = column.beside(blocks), column.on(columns)
    outdone = stream_outdone(parts.db, agreed, slots)
    export = export_stream(blocks, profile=columns, file_format=file_format, outdone=outdone)
    headers = {
        "Content-Disposition": f'attachment; filename="{export.filename}"',
        "Cache-Control": "no-store",
        "Foyer-Without-Consent": str(without_consent),
    }
    return StreamingResponse(export.chunks, media_type=export.media_type, headers=headers)

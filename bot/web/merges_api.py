"""Leads that look like one person, for other programs: the proposals, and deciding about them."""

from typing import Annotated, Any, Literal, get_args

from fastapi import APIRouter, Query, Request

from bot.domain.conversation import SiteId
from bot.leads import merging
from bot.leads.proposals import list_proposals, proposal_json, proposal_of
from bot.store import Connection, merges
from bot.store.merges import MergeRow, MergeState
from bot.web.auth import Access, ApiAccess
from bot.web.errors import Problem
from bot.web.parts import Parts
from bot.web.visitor_http import parts_of

router = APIRouter(prefix="/api/v1/leads/merges", tags=["leads"])


@router.get("", summary="Leads that look like one person")
async def list_merges(
    request: Request,
    access: ApiAccess,
    site: Annotated[str | None, Query(max_length=64)] = None,
    state: Literal["proposed", "accepted", "dismissed", "undone", "all"] = "proposed",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> dict[str, Any]:
    """Return the newest merges in a state: both leads, why they look like one, and where they disagree."""
    reach = access.site_or_own(site)
    states: tuple[MergeState, ...] = get_args(MergeState) if state == "all" else (state,)
    async with parts_of(request).db.read() as connection:
        found = await list_proposals(
            connection, site_id=SiteId(reach) if reach else None, states=states, limit=limit
        )
    return {"merges": [proposal_json(one) for one in found]}


@router.post("/{merge_id}/accept", summary="Show two leads as one")
async def accept_merge(merge_id: str, request: Request, access: ApiAccess) -> dict[str, Any]:
    """Show both leads as a third from now on; the two stay beneath it as they are."""
    parts = parts_of(request)
    async with parts.db.write() as connection:
        site_id = (await access_merge(connection, merge_id, access, parts)).site_id
        merge = await merging.accept(
            connection,
            merge_id,
            playbook=parts.playbook_of(site_id),
            decided=decided_by(access, parts, site_id),
            new_id=parts.new_id,
        )
        return await told(connection, merge)


@router.post("/{merge_id}/dismiss", summary="They are two")
async def dismiss_merge(merge_id: str, request: Request, access: ApiAccess) -> dict[str, Any]:
    """Note that the two leads are not one person; they are proposed again only for a stronger reason."""
    parts = parts_of(request)
    async with parts.db.write() as connection:
        site_id = (await access_merge(connection, merge_id, access, parts)).site_id
        decided = decided_by(access, parts, site_id)
        merge = await merging.dismiss(connection, merge_id, decided=decided)
        return await told(connection, merge)


@router.post("/{merge_id}/undo", summary="Take a merge back")
async def undo_merge(merge_id: str, request: Request, access: ApiAccess) -> dict[str, Any]:
    """Show both leads again, exactly as they would be without the merge."""
    parts = parts_of(request)
    async with parts.db.write() as connection:
        site_id = (await access_merge(connection, merge_id, access, parts)).site_id
        decided = decided_by(access, parts, site_id)
        merge = await merging.undo(connection, merge_id, decided=decided)
        return await told(connection, merge)


def decided_by(access: Access, parts: Parts, site_id: str) -> merging.Decided:
    """Return who decides, now."""
    return merging.Decided(actor=access.name, at=parts.clock(), receivers=parts.receivers_of(site_id))


async def access_merge(connection: Connection, merge_id: str, access: Access, parts: Parts) -> MergeRow:
    """Return the merge when the key reaches it and its site is served here.

    Raises:
        Problem: 404, the same for a merge that does not exist and one of another site; 409 when the site is not served.
    """
    merge = await merges.find(connection, merge_id)
    if merge is None or access.site_id not in {None, merge.site_id}:
        raise Problem(404, "not_found", f"There is no merge {merge_id!r}.")
    if merge.site_id not in parts.fronts():
        raise Problem(409, "site_not_served", f"The site {merge.site_id!r} is not served here.")
    return merge


async def told(connection: Connection, merge: MergeRow) -> dict[str, Any]:
    """Return a merge as JSON."""
    proposal = await proposal_of(connection, merge)
    if proposal is None:
        raise Problem(404, "not_found", f"A lead of merge {merge.merge_id!r} is gone.")
    return proposal_json(proposal)

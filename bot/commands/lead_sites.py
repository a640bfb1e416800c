"""Which sites a lead command means: those once served from this FOYER_HOME, or a folder that is named."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from bot.domain.conversation import SiteId
from bot.domain.errors import ConfigurationError

if TYPE_CHECKING:
    from bot.domain.segment import Segment
    from bot.domain.slots import Slot
    from bot.settings import Site
    from bot.store import Database
    from bot.store.sites import SiteRow


async def find_site_id(db: "Database", site: str | None, *, said: str = "--site ") -> SiteId | None:
    """Return the id of the site that `site` names by id or folder; None means all sites.

    `said` is what stands before it on the command line.

    Raises:
        ConfigurationError: It names none.
    """
    if site is None:
        return None
    known = [row.site_id for row in await _known(db, None)]
    if SiteId(site) in known:
        return SiteId(site)
    loaded = _load_named(site)
    if loaded is None:
        names = f"known here: {', '.join(known)}" if known else "none was served from this FOYER_HOME yet"
        raise ConfigurationError(f"{said}{site!r} is neither a site's id ({names}) nor a folder.")
    return SiteId(loaded.id)


async def find_one_site_id(db: "Database", site: str | None) -> SiteId:
    """Return the id of the site that is named, or of the only one.

    Raises:
        ConfigurationError: It names none, or none is named and there are several, or none.
    """
    named = await find_site_id(db, site, said="")
    if named is not None:
        return named
    known = [row.site_id for row in await _known(db, None)]
    if len(known) != 1:
        there = f"several: {', '.join(known)}" if known else "none yet"
        raise ConfigurationError(f"Name the SITE: of those served from this FOYER_HOME there are {there}.")
    return known[0]


async def find_slots(db: "Database", site: str | None) -> "tuple[Slot, ...]":
    """Return the slots of the site, or of all, in the order of their playbooks."""
    from bot.leads import slots_from, slots_of

    loaded = None if site is None else _load_named(site)
    if loaded is not None:
        return slots_of([loaded.playbook])
    return slots_from(slot for row in await _known(db, site) for slot in row.slots)


async def find_segments(
    db: "Database", site: str | None, name: str | None
) -> "Mapping[SiteId, Segment] | None":
    """Return the segment of that name of the site, or of each site that has one; None when none is named.

    Raises:
        ConfigurationError: No site has one.
    """
    if name is None:
        return None
    sites = await load_sites(db, site)
    found = {SiteId(one.id): one.segments[name] for one in sites if name in one.segments}
    if not found:
        known = sorted({segment for one in sites for segment in one.segments})
        there = f"there are {', '.join(known)}" if known else "foyer.yaml has none yet"
        raise ConfigurationError(f"There is no segment {name!r}: {there}. See `segments` in foyer.yaml.")
    return found


async def load_sites(db: "Database", site: str | None) -> "list[Site]":
    """Load the named site, or all.

    Raises:
        ConfigurationError: There is none, a folder is gone, or a file in it cannot work.
    """
    from bot.settings import load_site

    loaded = None if site is None else _load_named(site)
    if loaded is not None:
        return [loaded]
    folders = [Path(row.folder) for row in await _known(db, site)]
    gone = [str(folder) for folder in folders if not folder.is_dir()]
    if gone:
        raise ConfigurationError(f"The site's folder is gone: {', '.join(gone)}. Name it with --site FOLDER.")
    if not folders:
        raise ConfigurationError(
            "No site was served from this FOYER_HOME yet; name its folder with --site FOLDER."
        )
    return [load_site(folder) for folder in folders]


async def _known(db: "Database", site: str | None) -> "list[SiteRow]":
    from bot.store import sites

    async with db.read() as connection:
        return [row for row in await sites.list_all(connection) if site in {None, row.site_id}]


def _load_named(site: str) -> "Site | None":
    from bot.settings import load_site

    return load_site(Path(site)) if Path(site).is_dir() else None

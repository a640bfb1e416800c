"""How a version's vector index is named on disk, and which are left over."""

import re

from bot.store.passages import IndexVersion


def collection_name(version: IndexVersion) -> str:
    """Return the collection of a version: the site's id as far as names allow, and the version's number."""
    return f"{collection_prefix(version.site_id)}{version.version}"


def collection_prefix(site_id: str) -> str:
    """Return what every collection of the site begins with."""
    readable = re.sub(r"[^a-z0-9]+", "-", site_id.lower()).strip("-")[:40] or "site"
    return f"kb-{readable}-v"

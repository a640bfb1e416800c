"""How a version's vector index is named on disk, and which are left over."""

from bot.store.passages import IndexVersion


def collection_name(version: IndexVersion) -> str:
    """Return the collection of a version: the site's id and the version's number."""
    return f"{collection_prefix(version.site_id)}{version.version}"


def collection_prefix(site_id: str) -> str:
    """Return what every collection of the site, and of no other, begins with before the number."""
    return f"kb-{site_id}-v"

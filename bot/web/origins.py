"""Which web pages may talk to a site: an exact list of origins (scheme, host, port). Nothing else is trusted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origins:
    """The allow-lists of all sites. The server's own origins belong to every site."""

    own: frozenset[str]
    by_site: Mapping[str, frozenset[str]]

    def allows(self, site_id: str, origin: str | None) -> bool:
        """Whether a page of that origin may use the site."""
        return origin is not None and (origin in self.own or origin in self.by_site.get(site_id, frozenset()))

    def allows_any(self, origin: str | None) -> bool:
        """Whether a page of that origin may use at least one site."""
        return any(self.allows(site_id, origin) for site_id in self.by_site)


def own_origins(host: str, port: int, public_url: str | None) -> frozenset[str]:
    """Return the origins under which this server's own pages are reached.

    The Host header is not asked: whoever rebinds a name to us would choose it.
    """
    names = {host}
    if host in {"127.0.0.1", "localhost", "::1", "0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        names = {"127.0.0.1", "localhost", "::1"}
    origins = {origin_of("http", name, port) for name in names}
    return frozenset(origins | ({public_url.rstrip("/").lower()} if public_url else set()))


def origin_of(scheme: str, host: str, port: int) -> str:
    """Spell an origin as browsers do: lower case, IPv6 in brackets, no default port."""
    name = f"[{host}]" if ":" in host else host.lower()
    is_default = (scheme, port) in {("http", 80), ("https", 443)}
    return f"{scheme}://{name}" if is_default else f"{scheme}://{name}:{port}"


def origin_remedy(site_id: str, origin: str | None, allowed: Iterable[str]) -> str:
    """Say in one sentence why an origin was refused and how to let it in."""
    known = ", ".join(sorted(allowed)) or "none"
    return (
        f"The page's origin {origin or '(none)'} is not on the list of site {site_id!r}. "
        f"Add it under `origins:` in foyer.yaml (now: {known})."
    )

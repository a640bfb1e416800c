"""What `foyer check` knows of a site's crawled websites, without visiting them."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bot.domain.errors import ConfigurationError

if TYPE_CHECKING:
    from bot.settings import Site
    from knowledge import SavedPage


def uncrawled(site: "Site") -> Iterator[str]:
    """Yield a sentence for each website that was not crawled into this home, or not lately."""
    from bot.sources.crawl import saved_crawl

    home = home_of_environment()
    for plan in site.crawls:
        state = saved_crawl(home, site_id=site.id, url=plan.url).state() if home else None
        if state is None:
            yield f"{plan.url} was not crawled yet; `foyer index` and the server do it."
        elif state.failures_in_a_row and state.last_success_at:
            yield f"{plan.url} was last crawled well on {state.last_success_at:%Y-%m-%d}; its pages of then serve."


def pages_of(site: "Site") -> "list[SavedPage] | None":
    """Return what crawls saved; None for a site that crawls nothing."""
    from bot.sources.crawl import saved_pages

    home = home_of_environment()
    return saved_pages(home or Path(), site_id=site.id, plans=site.crawls)


def home_of_environment() -> Path | None:
    """Return the home folder; None while the environment can not work, which the check names elsewhere."""
    from bot.settings import load_environment

    try:
        return load_environment().home
    except ConfigurationError:
        return None

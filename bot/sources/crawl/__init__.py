"""Crawls of websites as a source of knowledge: polite, bounded, and never losing what was good. Front page."""

from bot.sources.crawl.crawl import Crawl, Means, Progress
from bot.sources.crawl.due import next_at
from bot.sources.crawl.saved import SavedCrawl, forget_other_crawls, saved_crawl
from bot.sources.crawl.serve import crawl_name, saved_pages
from bot.sources.crawl.state import CrawlState

__all__ = [
    "Crawl",
    "CrawlState",
    "Means",
    "Progress",
    "SavedCrawl",
    "crawl_name",
    "forget_other_crawls",
    "next_at",
    "saved_crawl",
    "saved_pages",
]

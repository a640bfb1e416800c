"""The words of made-up offers, in four languages."""

from benchmarks.support_training.offer_words.english import ENGLISH
from benchmarks.support_training.offer_words.french import FRENCH
from benchmarks.support_training.offer_words.german import GERMAN
from benchmarks.support_training.offer_words.shapes import Attribute, Language
from benchmarks.support_training.offer_words.spanish import SPANISH

__all__ = ["LANGUAGES", "NAMES", "Attribute", "Language"]

_NAMES = """
Aster Birch Cobalt Delta Ember Falcon Granite Heron Indigo Juniper Kestrel Larch Maple Nimbus Ochre Pelican
Quartz Rowan Saffron Tundra Umber Violet Willow Xenon Yarrow Zephyr Basic Plus Pro Start Team Max Mini
Studio Classic Prime Lumen Orbis Tavola Varo Selkie Brenta Corvo Dunlin Elba Fjord
"""
NAMES = tuple(_NAMES.split())

LANGUAGES = {one.code: one for one in (ENGLISH, GERMAN, FRENCH, SPANISH)}

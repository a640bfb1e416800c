"""The languages visitors speak, and which of them a visitor speaks."""

import random

from bot.personas.english import ENGLISH
from bot.personas.french import FRENCH
from bot.personas.german import GERMAN
from bot.personas.language import Language
from bot.personas.spanish import SPANISH

LANGUAGES = (ENGLISH, GERMAN, FRENCH, SPANISH)


def language_of(locale: str) -> Language:
    """Return the language of a site's locale, English where it is none of these."""
    code = locale.partition("-")[0].lower()
    return next((language for language in LANGUAGES if language.code == code), ENGLISH)


def other_than(language: Language, chance: random.Random) -> Language:
    """Return another language than this one."""
    return chance.choice([one for one in LANGUAGES if one.code != language.code])

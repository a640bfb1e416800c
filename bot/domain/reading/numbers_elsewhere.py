"""Everyday numbers in German, French and Spanish words, the round and the collective ones: "une vingtaine"."""

from collections.abc import Mapping
from types import MappingProxyType

_WORDS = """
2 zwei deux dos
3 drei trois tres
4 vier quatre cuatro
5 fünf cinq cinco
6 sechs
7 sieben
8 acht
9 neun
10 zehn dix dizaine diez decena
12 zwölf dutzend douze douzaine doce docena
15 fünfzehn quinze quinzaine quince
20 zwanzig vingt vingtaine veinte veintena
30 dreißig dreissig trente trentaine treinta treintena
40 vierzig quarante quarantaine cuarenta
50 fünfzig cinquante cinquantaine cincuenta
60 sechzig soixantaine
100 hundert centaine centenar
"""
NUMBERS: Mapping[str, int] = MappingProxyType(
    {word: int(number) for number, *words in map(str.split, _WORDS.strip().splitlines()) for word in words}
)
"""What each word counts. Words that are something else as well ("six", "once", "cent") are left out."""

"""Words that a prefix denies: "unopened", "ungetragen", "incomplet", "desconectado".

Promises: pure; English, German, French and Spanish. What is left need not be a word ("understand" leaves none): it
says something only where another text has it without the prefix.
"""

import re
from functools import lru_cache

WORDS_REMEMBERED = 8192
_ADJECTIVE = r"(?:able|ible|ent|ant|ive|id|ect|ete|ate|al|ar)"
_ADJECTIF = r"(?:able|ible|é|ée|u|ue|et|ète|ecte?|ente?|ante?|ide|if|ive|el|elle|al|ale)s?"
_ADJETIVO = r"(?:able|ible|ad[oa]|id[oa]|et[oa]|ect[oa]|ente|ante|iv[oa]|al)s?"
_DENIED = {
    "en": rf"un(?!der|i[tqvfo]|til|less|cle|to)(?P<un>\w{{4,}})|(?:in|im|ir|il)(?P<in>\w+{_ADJECTIVE})|"
    rf"dis(?!count|play|cover)(?P<dis>\w+(?:ed|{_ADJECTIVE}))",
    "de": r"un(?!ter|ten|ser|fall|fälle|kost|iver|ion|gefähr)(?P<un>\w{4,})",
    "fr": rf"(?:in|im|ir|il|dés)(?!form)(?P<un>\w+{_ADJECTIF})",
    "es": rf"(?:in|im|ir|i(?=l)|des)(?!form|vert|pues)(?P<un>\w+{_ADJETIVO})",
}
_PATTERNS = {language: re.compile(pattern, re.IGNORECASE) for language, pattern in _DENIED.items()}
SHORTEST_BASE = 4


@lru_cache(maxsize=WORDS_REMEMBERED)
def base_of(word: str, language: str) -> str:
    """Return a word without the prefix that denies it, "" where it has none."""
    found = _PATTERNS[language].fullmatch(word)
    base = next(filter(None, found.groups()), "") if found else ""
    return base if len(base) >= SHORTEST_BASE else ""

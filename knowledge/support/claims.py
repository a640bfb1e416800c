"""Does a sentence say anything that has to be supported?

Promises: pure. Only what is known to be courtesy says nothing: a sentence that could state a fact is taken to do so.
"""

import re

from knowledge.support.figures import find_figures
from knowledge.support.quoted import without_addresses

CITATION = re.compile(r"\s*(?:\[\d+(?:\s*,\s*\d+)*\])+")
# Each is a whole sentence, or the part of one between marks.
COURTESIES = (
    r"(?:i(?:['’]m| am)|we(?:['’]re| are))? ?(?:happy|glad|pleased) to (?:help|assist)(?: you)?(?: with \w+)?",
    r"let me (?:explain|help|check|know(?: if .*)?)|please let me know.*|feel free to (?:ask|write|reach out).*",
    r"of course|sure(?: thing)?|certainly|absolutely|(?:that['’]s a )?(?:great|good) question|you['’]re welcome",
    r"thank you(?: (?:for|very) .*)?|thanks(?: for .*)?|hello|hi(?: there)?|good (?:morning|afternoon|evening)",
    r"i hope (?:this|that) helps|is there anything else.*|(?:what|how) else can i .*|how (?:can|may) i help.*",
    r"here(?:['’]s| is| are) (?:what i (?:found|know)|the details|an overview|a summary)",
    r"gerne?(?: geschehen)?|natürlich|selbstverständlich|guten tag|hallo|(?:vielen )?dank(?:e)?(?: für .*)?",
    r"gute frage|ich helfe (?:ihnen|dir) gerne?(?: weiter)?|ich hoffe, das hilft.*|kann ich (?:ihnen|dir) sonst .*",
    r"bien sûr|avec plaisir|bonjour|merci(?: (?:pour|de) .*)?|bonne question|je vous en prie|n['’]hésitez pas à .*",
    r"j['’]espère que (?:cela|ça) (?:vous )?aide.*|puis-je vous aider .*",
    r"claro(?: que sí)?|por supuesto|con (?:mucho )?gusto|hola|(?:muchas )?gracias(?: por .*)?|buena pregunta",
    r"espero que (?:esto |le |te )*ayude.*|no dude en preguntar.*|puedo ayudarle .*",
)
_COURTESY = re.compile(r"^(?:[\W_]*(?:" + "|".join(COURTESIES) + r")(?=[\W_]|$))+[\W_]*$", re.IGNORECASE)


def has_claims(sentence: str) -> bool:
    """Say whether a sentence says anything that has to be supported; "Happy to help!" does not.

    "Yes." does: it says what was asked.
    """
    plain = without_citations(sentence)
    has_detail = bool(find_figures(plain)) or without_addresses(plain) != plain
    return has_detail or not _COURTESY.match(plain)


def without_citations(sentence: str) -> str:
    """Return a sentence without its marks of citation, like "[1]" or "[2, 3]"."""
    return CITATION.sub("", sentence).strip()

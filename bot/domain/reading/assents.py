"""Words that go along with what was said and answer nothing: "ok", "sure", "in Ordnung", "d'accord", "vale".

To the offer of something they are a yes; to a question of fact ("Are you the one who decides?") they are none.
"""

import re

_ASSENT = (
    r"o+k+(?:ay|ie|ey)?|k+|sure(?:\s+thing)?|al{1,2}right|all\s+right|fine|great|perfect|cool|good|nice|awesome|super|done|"
    r"i\s+see|got\s+it|understood|noted|agreed?|fair\s+enough|no\s+problem|np|why\s+not|go\s+(?:ahead|on)|please\s+do|"
    r"by\s+all\s+means|i\s+(?:agree|accept|consent)|(?:that(?:'s|\s+is)|it(?:'s|\s+is)|sounds?|looks?)\s+"
    r"(?:fine|good|great|ok(?:ay)?|perfect|like\s+a\s+plan)|(?:(?:i|we)(?:'ll|\s+will)|will)\s+do(?:\s+(?:it|that|so))?|"
    r"let'?s\s+(?:do\s+(?:it|that)|go)|you\s+(?:may|can)|👍+|👌+|🙂|"
    r"(?:ist\s+|geht\s+|schon\s+)*in\s+ordnung|(?:das\s+)?passt(?:\s+(?:schon|so))?|(?:na\s+|sehr\s+|schon\s+)?gut|alles\s+klar|"
    r"einverstanden|prima|sch[öo]n|verstanden|gerne?|meinetwegen|von\s+mir\s+aus|kein\s+problem|nur\s+zu|"
    r"(?:c'est\s+)?d'accord|(?:c'est\s+)?(?:entendu|compris|not[ée])|(?:tr[èe]s\s+|c'est\s+)?(?:bien|bon)|parfait|"
    r"[çc]a\s+(?:marche|va|me\s+va)|volontiers|pas\s+de\s+(?:probl[èe]me|souci)|allez-y|"
    r"vale|de\s+acuerdo|(?:me\s+parece\s+|est[áa]\s+|muy\s+)?bien|bueno|perfecto|genial|entendido|adelante|sin\s+problema|"
    r"venga|listo"
)
_BESIDE = (
    r"and|then|so|well|oh|ah|h+m+|just|please|pls|thanks?(?:\s+you)?|thx|for\s+now|too|there|"
    r"und|dann|also|na|ja\s+dann|bitte|danke|et|alors|donc|merci|y|entonces|pues|por\s+favor|gracias"
)
_WHOLE = re.compile(
    rf"[\W_]*(?:(?:{_BESIDE})(?!\w)[\s,.!…-]*)*(?:(?:{_ASSENT})(?!\w)[\s,.!…:)-]*(?:(?:{_BESIDE})(?!\w)[\s,.!…-]*)*)+",
    re.IGNORECASE,
)
_LONGEST = 60


def is_mere_assent(text: str) -> bool:
    """Tell whether words only go along with what was said; "yes", "of course" and "I do" say more."""
    return len(text) <= _LONGEST and _WHOLE.fullmatch(text.translate(_PLAIN)) is not None


_PLAIN = str.maketrans({"’": "'"})

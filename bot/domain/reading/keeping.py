"""What a visitor says about details that were given already: that they may be kept after all, or shall go."""

import re

_FLAGS = re.IGNORECASE
_DETAIL = (
    r"(?:(?:contact|e-?mail|phone|personal)[\s-]+)?"
    r"(?:e-?mail|mail|address|number|phone|details|data|info(?:rmation)?|name)"
)
_DETAIL_DE = (
    r"(?:e-?mail(?:-?adresse)?|mail(?:adresse)?|adresse|(?:kontakt)?daten|(?:telefon)?nummer|angaben|namen)"
)
_DETAIL_FR = r"(?:e-?mail|mail|adresse(?:\s+e-?mail)?|donn[ée]es|coordonn[ée]es|num[ée]ro|nom)"
_DETAIL_ES = r"(?:correo|e-?mail|direcci[óo]n|datos|n[úu]mero|tel[ée]fono|nombre)"
_IT = rf"(?:it|them|that|this|those|(?:my|our|the|that)\s+{_DETAIL})"
_IT_DE = rf"(?:sie|es|ihn|das|die|(?:meine?n?|unsere?|diese?)\s+{_DETAIL_DE})"
_BESIDE = (
    r"(?:\s*,?\s*(?:now|then|after\s+all|if\s+you\s+(?:like|want)|of\s+course|again|please|pls|thanks|thank\s+you|"
    r"doch|jetzt|ruhig|gerne?|nun|wieder|bitte|danke|maintenant|finalement|s'il\s+(?:vous|te)\s+pla[iî]t|svp|merci|"
    r"ahora|al\s+final|por\s+favor|gracias))*"
)
_YES_NO = (
    r"(?:(?:yes|yeah|ok(?:ay)?|sure|fine|well|then|and|but|actually|alright|so|no|nope|ja|nein|gut|also|dann|doch|und|oui|non|"
    r"bon|alors|finalement|s[ií]|vale|bueno|entonces|y)\b[\s,.!]*)*"
)
_MAY_KEEP = re.compile(
    rf"\W*{_YES_NO}(?:"
    rf"(?:(?:you|u)(?:'re|\s+are)?\s+(?:may|can|could|should|allowed\s+to|welcome\s+to)|please|just|feel\s+free\s+to|"
    rf"go\s+ahead\s+and|i(?:'m|\s+am)\s+(?:ok(?:ay)?|fine|happy)\s+(?:if\s+you|for\s+you\s+to))?\s*(?:(?:now|still|just)\s+)*"
    rf"(?:keep|store|save|hold\s+on\s+to|retain)\s+{_IT}|"
    rf"(?:you|u)\s+(?:may|can)\s+(?:have|use)\s+(?:my|our)\s+{_DETAIL}|"
    rf"i\s+(?:do\s+)?(?:agree|consent)\s+(?:that\s+you|to\s+you)\s+(?:keep|stor|sav|retain)(?:e|ing)?\s+{_IT}|"
    rf"(?:(?:sie|ihr|du)\s+)?(?:d[üu]rf(?:en|t)|darfst|k[öo]nn(?:en|t)|kannst)\s+(?:(?:sie|ihr|du)\s+)?{_IT_DE}{_BESIDE}\s+"
    rf"(?:behalten|speichern|aufbewahren)|"
    rf"(?:{_IT_DE}\s+)(?:d[üu]rf(?:en|t)|darfst|k[öo]nn(?:en|t)|kannst)\s+(?:sie|ihr|du){_BESIDE}\s+(?:behalten|speichern|aufbewahren)|"
    rf"(?:behalten|speichern)\s+sie\s+{_IT_DE}|"
    rf"(?:vous\s+pouvez|tu\s+peux)\s+(?:(?:le|la|les|l')\s*)?(?:garder|conserver|enregistrer)(?:\s+(?:mon|ma|mes|cette|ces)\s+{_DETAIL_FR})?|"
    rf"(?:gardez|conservez|garde)-l(?:e|a|es)|"
    rf"(?:(?:l[oa]s?)\s+)?(?:puede[ns]?|pod[ée]is)\s+(?:guardar|conservar)(?:l[oa]s?)?(?:\s+(?:mis?|el|los|la)\s+{_DETAIL_ES})?|"
    rf"(?:gu[áa]rd|cons[ée]rv)[ae]n?l[oa]s?"
    rf"){_BESIDE}\W*",
    _FLAGS,
)
_DELETE_IT = re.compile(
    rf"\W*{_YES_NO}(?:(?:please|just|you\s+(?:can|should|must|may)|bitte|s'il\s+vous\s+pla[îi]t|por\s+favor)[\s,]*)*(?:"
    r"(?:delete|erase|remove|wipe|drop|discard|forget)\s+(?:it|them|that|this|those)(?:\s+again)?|"
    r"l(?:ö|oe)sch(?:en\s+sie|e|t)?\s+(?:bitte\s+)?(?:sie|es|das|die|ihn)(?:\s+wieder)?|(?:sie|es|das|die)\s+(?:bitte\s+)?l(?:ö|oe)schen|"
    r"(?:supprimez|effacez|supprime|efface)-l(?:e|a|es)|"
    r"(?:b[óo]rr|elim[íi]n|supr[íi]m)[ae]n?l[oa]s?"
    rf"){_BESIDE}\W*",
    _FLAGS,
)
_PART = re.compile(r"[,.;!\n]\s*")
_PLAIN = str.maketrans({"’": "'", "\u2010": "-", "\u2011": "-"})
_LONGEST = 120


def permits_keeping(text: str) -> bool:
    """Tell whether one part of a text says that what was given may be kept: "ok, you may keep it"."""
    plain = text.translate(_PLAIN)
    return any(len(part) <= _LONGEST and _MAY_KEEP.fullmatch(part) for part in (plain, *_PART.split(plain)))


def says_delete_it(text: str) -> bool:
    """Tell whether a message is nothing but "delete it", with or without a no before."""
    return len(text) <= _LONGEST and _DELETE_IT.fullmatch(text.translate(_PLAIN)) is not None

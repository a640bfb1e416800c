"""Who decides, as an answer in a few words: the visitor ("me", "not me"), or somebody else ("my boss and the CFO")."""

import re

_FLAGS = re.IGNORECASE
_WHOSE = (
    r"(?:(?:my|our|the|his|her|their|a|an|mein\w*|unser\w*|der|die|das|den|dem|eine?n?|mon|ma|mes|notre|nos|l[ae]s?|"
    r"une?|mis?|nuestr[oa]s?|el|los|una?)\s+|l')"
)
_TITLE = (
    r"(?:boss(?:es)?|ceo|cto|cfo|coo|cio|cmo|ciso|chief|president|founders?|owners?|board|directors?|managers?|supervisor|"
    r"partners?|wife|husband|parents|colleagues?|team\s+lead(?:er)?|lead|headquarters|hq|management|procurement|purchasing|"
    r"finance|accounting|legal|marketing|sales|hr|it|investors?|shareholders?|committee|council|principal|"
    r"(?:head|vp|vice\s+president|director|chief)\s+of\s+\w+(?:\s+\w+)?|head\s+office|"
    r"chef\w*|vorgesetzte\w*|geschäfts(?:führ|leit)\w+|inhaber\w*|vorstand|einkauf|zentrale|abteilung\w*|\w+leit(?:er|ung)(?:in)?|"
    r"frau|mann|kolleg\w+|gesellschafter\w*|"
    r"patron\w*|direct(?:eurs?|rices?|ion)|gérante?s?|mari|femme|sup[ée]rieure?|responsable|associ[ée]e?s?|si[èe]ge|achats|comit[ée]|"
    r"jef[ea]s?|director(?:a|es)?|direcci[óo]n|gerente|gerencia|dueñ[oa]s?|marido|mujer|soci[oa]s?|compras|central|encargad[oa])"
)
_KIND = r"(?:(?:(?!and\b|or\b|und\b|oder\b|et\b|ou\b|y\b|o\b)[\w-]+\s+){0,2}?)"
_OF = (
    r"(?:\s+(?:financ\w+|administrativ\w+|g[ée]n[ée]ral\w*|commercial\w*|department|team|office|abteilung))?"
)
_SOMEBODY = (
    r"(?:(?:some(?:one|body)|any(?:one|body))\s+else|another\s+(?:person|department|team|colleague)|other\s+people|others|"
    r"jemand\s+ander(?:e[rsn]?|s)|andere|quelqu'un\s+d'autre|une\s+autre\s+personne|otra\s+persona|otr[oa]s?|alguien\s+m[áa]s)"
)
_ONE = rf"(?:{_SOMEBODY}|{_WHOSE}{_KIND}{_TITLE}{_OF}|{_TITLE}{_OF})"
_AND = r"\s*(?:,|&|/|\+|\b(?:and|or|und|oder|et|ou|y|o|together\s+with|with|zusammen\s+mit|avec|con)\b)\s*(?:also\s+)?"
_BEFORE = (
    r"(?:(?:(?:that|it|this)(?:'s|\s+is|\s+would\s+be)(?:\s+(?:decided\s+by|up\s+to))?|(?:decided\s+)?by|up\s+to|"
    r"das\s+(?:ist|sind|macht|machen)|das\s+entscheide(?:n|t)|c'est|ce\s+sont|es|son|lo\s+(?:hacen?|deciden?))\s+)?"
)
_AFTER = (
    r"(?:\s*,?\s*(?:i\s+(?:think|guess|believe)|probably|actually|together|both|do|does|decides?|"
    r"glaube\s+ich|ich\s+glaube|wohl|zusammen|entscheide[nt]|je\s+(?:crois|pense)|sans\s+doute|ensemble|d[ée]cide(?:nt)?|"
    r"creo|supongo|deciden?|juntos))*"
)
_SOMEBODY_ELSE = re.compile(
    rf"\W*(?:(?:no|nein|non)\b\W*)?{_BEFORE}{_ONE}(?:{_AND}{_ONE}){{0,4}}{_AFTER}\W*", _FLAGS
)
_MYSELF = re.compile(
    r"\W*(?:(?:yes|yeah|yep|ja|oui|si|sí)\W+)?(?:(?:that(?:'s|\s+would\s+be)|it'?s|just|only)\s+)?(?:me|myself|i\s+(?:do|am)|"
    r"(?:das\s+)?(?:(?:mache|bin)\s+)?ich(?:\s+(?:selbst|selber|allein|bin's|bin\s+(?:das|es)|mache\s+das))?|"
    r"(?:c'est\s+(?:bien\s+)?)?moi(?:[\s-]même)?|(?:soy\s+)?yo(?:\s+(?:mism[oa]|sol[oa]))?)\W*",
    _FLAGS,
)
_NOT_MYSELF = re.compile(
    r"\W*(?:(?:no|nope|nein|nee|non)\W+)?(?:not\s+(?:me|i|myself)|(?:that'?s\s+|it'?s\s+)not\s+me|(?:that|it)\s+(?:isn'?t|is\s+not)\s+me|"
    r"i'?m\s+not|i\s+(?:am\s+not|don'?t)|ich\s+nicht|nicht\s+ich|(?:das\s+)?bin\s+ich\s+nicht|"
    r"(?:(?:ce\s+n'|c')est\s+)?pas\s+moi|moi\s+(?:non|pas)|yo\s+no|no\s+(?:soy\s+)?yo)\W*",
    _FLAGS,
)
_LONGEST = 100


def names_somebody_else(text: str) -> bool:
    """Tell whether an answer names who decides, and the visitor is not among them: "my boss and the CFO"."""
    return len(text) <= _LONGEST and _SOMEBODY_ELSE.fullmatch(text) is not None


def names_themselves(text: str) -> bool:
    """Tell whether an answer to who decides is the visitor: "me", "das bin ich"."""
    return _MYSELF.fullmatch(text) is not None


def denies_themselves(text: str) -> bool:
    """Tell whether an answer to who decides is that the visitor does not: "pas moi", "ich nicht"."""
    return _NOT_MYSELF.fullmatch(text) is not None

"""The visitor who asks back why we want to know: no answer, and no refusal either."""

import re

_FLAGS = re.IGNORECASE
_LEAD = r"\W*(?:(?:but|and|sorry|hm+|um+|wait|aber|und|mais|et|pero|y|perd[óo]n)\b[\s,.!]*)*"
_IT = r"(?:(?:to\s+)?(?:know|ask|have)(?:\s+(?:it|that|this))?|it|that|this)"
_DETAIL = (
    r"(?:e-?mail(?:[\s-]?address)?|mail|address|contact(?:\s+(?:details|data))?|(?:tele)?phone(?:\s+number)?|number|name|company|"
    r"details|data|budget|(?:team|company)\s+size|role|website|information|info)"
)
_DETAIL_DE = (
    r"(?:e-?mail(?:[\s-]?adresse)?|mail(?:adresse)?|adresse|kontaktdaten|(?:telefon|handy)?nummer|namen?|firma|daten|budget|"
    r"angaben?|website|teamgr(?:ö|oe)(?:ß|ss)e)"
)
_DETAIL_FR = (
    r"(?:(?:adresse\s+)?e-?mail|adresse(?:\s+e-?mail)?|mail|courriel|num[ée]ro(?:\s+de\s+t[ée]l[ée]phone)?|t[ée]l[ée]phone|nom|"
    r"coordonn[ée]es|budget|entreprise|donn[ée]es|site)"
)
_DETAIL_ES = (
    r"(?:correo(?:\s+electr[óo]nico)?|e-?mail|direcci[óo]n(?:\s+de\s+correo)?|n[úu]mero(?:\s+de\s+tel[ée]fono)?|tel[ée]fono|nombre|"
    r"datos(?:\s+de\s+contacto)?|presupuesto|empresa|web)"
)
_WHY_DETAIL = re.compile(
    rf"{_LEAD}(?:(?:why|what)\s+(?:do|would|should|did)\s+(?:you|u|i)\s+(?:need|want|ask(?:\s+me)?(?:\s+for)?|require|have\s+to\s+(?:give|"
    rf"leave)(?:\s+you)?|give(?:\s+you)?|leave(?:\s+you)?)\s+(?:to\s+know\s+)?(?:my|our|an?|the)\s+{_DETAIL}(?:\s+for)?|"
    rf"what\s+(?:is|do\s+you\s+need)\s+(?:my|our|the)\s+{_DETAIL}(?:\s+needed)?\s+for|"
    rf"(?:warum|wieso|weshalb|wozu|wof(?:ü|ue)r)\s+(?:(?:brauchen|wollen|m[öo]chten|ben[öo]tigen)\s+sie|brauchst\s+du|willst\s+du|"
    rf"fragen\s+sie\s+nach|fragst\s+du\s+nach|soll\s+ich)(?:\s+denn)?\s+(?:mein\w*|unser\w*|d(?:ie|er|en|as)|ein\w*)\s+{_DETAIL_DE}"
    rf"(?:\s+(?:wissen|haben|angeben|nennen|geben|hinterlassen))?|"
    rf"pourquoi\s+(?:(?:avez[\s-]vous|as[\s-]tu|vous\s+avez|tu\s+as)\s+besoin\s+d(?:e\s+|['’])|(?:voulez|demandez|souhaitez)[\s-]vous\s+|"
    rf"veux[\s-]tu\s+|vous\s+(?:voulez|demandez)\s+|(?:devrais|dois)[\s-]je\s+(?:donner|laisser)\s+)"
    rf"(?:conna[îi]tre\s+|avoir\s+)?(?:mon|ma|mes|notre|nos|l['’]|le|la|une?)\s*{_DETAIL_FR}|"
    rf"(?:por|para)\s+qu[ée]\s+(?:(?:me\s+)?(?:necesitan?s?|quieren?s?|piden?s?|pregunta[ns]?(?:\s+por)?)|debo\s+dar(?:les?)?|tengo\s+que\s+dar(?:les?)?)"
    rf"\s+(?:saber\s+)?(?:mis?|nuestr[oa]s?|el|la|los|un|una)\s+{_DETAIL_ES})(?:\s+(?:exactly|please|denn|eigentlich|exactement))?\W*",
    _FLAGS,
)
"""Asks the same with what is wanted named: "why do you need my e-mail?"."""
_WHY = re.compile(
    rf"{_LEAD}(?:(?:why|what)\s+(?:do|would|did)\s+(?:you|u)\s+(?:(?:need|want|have)\s+{_IT}|ask(?:\s+(?:me\s+)?"
    r"(?:that|this|it))?)(?:\s+for)?|why\s+(?:are\s+you\s+asking|is\s+(?:that|this)\s+(?:important|relevant|needed))"
    r"(?:\s+(?:me\s+)?(?:that|this))?|why\s+(?:the|this|that)\s+question|what\s+(?:is|do\s+you\s+need)\s+(?:that|this|it)\s+for|"
    r"(?:warum|wieso|weshalb|wozu|wof(?:ü|ue)r)\s+(?:(?:wollen|m[öo]chten|m(?:ü|ue)ssen)\s+sie|willst\s+du|musst\s+du)\s+"
    r"(?:das|es)\s+(?:denn\s+)?wissen|(?:warum|wieso|weshalb)\s+(?:fragen\s+sie|fragst\s+du)(?:\s+(?:das|danach|mich\s+das))?|"
    r"(?:warum|wozu|wof(?:ü|ue)r)\s+(?:brauchen\s+sie|brauchst\s+du)\s+(?:das|es)|"
    r"pourquoi\s+(?:voulez[\s-]vous|veux[\s-]tu|souhaitez[\s-]vous|vous\s+voulez|tu\s+veux)\s+(?:le\s+|cela\s+|[çc]a\s+)?savoir"
    r"(?:\s+(?:cela|[çc]a))?|pourquoi\s+(?:(?:me\s+)?demandez[\s-]vous(?:\s+(?:cela|[çc]a))?|cette\s+question)|"
    r"(?:por|para)\s+qu[ée]\s+(?:lo\s+)?(?:quiere[sn]?|necesitan?s?)\s+saber(?:lo)?|"
    r"(?:por|para)\s+qu[ée]\s+(?:lo|me\s+lo)\s+(?:preguntan?s?|necesitan?s?))(?:\s+(?:exactly|please|denn|eigentlich))?\W*",
    _FLAGS,
)
_LONGEST = 120


def asks_why(text: str) -> bool:
    """Tell whether a message, which follows a question of ours, is nothing but "why do you want to know?"."""
    if len(text) > _LONGEST:
        return False
    return any(pattern.fullmatch(text) for pattern in (_WHY, _WHY_DETAIL))

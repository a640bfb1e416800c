"""The visitor who asks back why we want to know: no answer, and no refusal either."""

import re

_FLAGS = re.IGNORECASE
_LEAD = r"\W*(?:(?:but|and|sorry|hm+|um+|wait|aber|und|mais|et|pero|y|perd[óo]n)\b[\s,.!]*)*"
_IT = r"(?:(?:to\s+)?(?:know|ask|have)(?:\s+(?:it|that|this))?|it|that|this)"
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
    return len(text) <= _LONGEST and _WHY.fullmatch(text) is not None

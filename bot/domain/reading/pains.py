"""A need told by what is tiresome: "we answer the same questions all day", "unser Team ertrinkt in Anfragen"."""

import re

from bot.domain.reading.clauses import Clause

_FLAGS = re.IGNORECASE
_OURS = re.compile(
    r"\W*(?:(?:and|but|so|because|well|hi|hello|currently|right\s+now|at\s+the\s+moment|every\s+day|today|und|aber|momentan|derzeit|"
    r"zurzeit|hallo|bonjour|et|mais|actuellement|hola|y|pero|actualmente|cada\s+d[íi]a)\b[\s,.!]*)*"
    r"(?:we(?:'re|'ve)?\b|(?:our|unser\w*|notre|nos|nuestr\w+)\s+(?!competit|rival|friend|vendor|supplier|wettbewerb|konkurr|"
    r"freund|lieferant|concurren|amis?\b|fournisseur|competid|amig|proveedor)(?:[\w-]+\s+){0,2}?[\w-]+\s|"
    r"it\s+takes\s+(?:us|our)\b|wir\b|bei\s+uns\b|uns(?:ere)?\b|nous\b|on\b|(?:nosotr[oa]s\s+)?[a-záéíóú]{2,}(?:amos|emos|imos)\b)",
    _FLAGS,
)
_TIRESOME = re.compile(
    r"\b(?:the\s+same|all\s+day|every\s+(?:single\s+)?day|over\s+and\s+over|again\s+and\s+again|too\s+(?:many|much|long|slow\w*|often)|"
    r"so\s+many|(?:for|spend|takes?|many)\s+(?:us\s+)?hours|hours\s+(?:on|a\s+day|every|each)|manual(?:ly)?|by\s+hand|drown\w*|"
    r"overwhelm\w*|swamped|flooded|repetitive|tedious|keeps?\s+asking|(?:waste|wasting|lose|losing)|forever|ages|automate|"
    r"(?:immer|st[äa]ndig|dauernd)(?:\s+wieder)?|(?:die|den)selben|den\s+ganzen\s+tag|jeden\s+tag|zu\s+(?:viele?n?|lange|langsam|oft)|"
    r"so\s+viele|stundenlang|von\s+hand|manuell\w*|[üu]berlastet|[üu]berschwemmt|ertrink\w+|automatisier\w+|"
    r"(?:toujours|sans\s+cesse)|les\s+m[êe]mes|aux\s+m[êe]mes|toute\s+la\s+journ[ée]e|tous\s+les\s+jours|trop\s+(?:de|d'|long\w*|souvent)|"
    r"[àa]\s+la\s+main|manuellement|d[ée]bord[ée]\w*|submerg[ée]\w*|automatiser|des\s+heures|"
    r"(?:siempre|todo\s+el\s+d[íi]a|cada\s+d[íi]a|todos\s+los\s+d[íi]as)|(?:las|los|a\s+las)\s+mism[oa]s|demasiad[oa]s?|a\s+mano|"
    r"manualmente|desbordad\w+|saturad\w+|automatizar|una\s+y\s+otra\s+vez|horas)\b",
    _FLAGS,
)
_LONGEST = 300


def tells_pain(clause: Clause, work: re.Pattern[str]) -> bool:
    """Tell whether a clause says of the visitor's own people what is tiresome about their work.

    Args:
        clause: what is said.
        work: what work is about: "tickets", "questions", "bookings".
    """
    if clause.is_question or clause.is_hypothetical or len(clause.text) > _LONGEST:
        return False
    return all(
        (
            _TIRESOME.search(clause.text),
            work.search(clause.text),
            _OURS.match(clause.text),
        )
    )

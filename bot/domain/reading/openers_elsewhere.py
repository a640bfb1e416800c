"""How questions begin in German, French and Spanish, where no mark ends them: "was kostet die Tern"."""

import re

_LEAD = (
    r"\s*(?:(?:und|aber|oder|hallo|hi|guten\s+(?:tag|morgen|abend)|danke|super|okay?|ok|bitte|ach|noch\s+eine\s+frage|et|mais|ou|bonjour"
    r"|merci|d'accord|y|pero|o|hola|gracias|vale|perd[óo]n)\b[,!.:\s]*){0,3}"
)
# "Was wir suchen, …", "wie besprochen", "kann ich nicht sagen", English "was thinking" and "cuanto antes" tell.
_GERMAN = (
    r"(?:was\s+(?:kosten|kostet|ist|sind|muss|m[üu]ssen|kann|k[öo]nnen|passiert|bedeutet|bieten|bietet|brauche?n?|macht|machen|haben"
    r"|habt|gibt|hei[sß]+t|wird|darf|soll|enth[äa]lt|f[üu]r|genau|alles)\b|(?:wo|wen|wem|wer)\b(?!\s+(?:wir|ich|uns|mich|mir|unser\w*"
    r"|mein\w*)\b)|wie\b(?!\s+(?:gesagt|besprochen|schon|oben|immer|w[äa]re|wir|ich|bei|im|in)\b)|wann\b(?!\s+(?:wir|immer)\b)"
    r"|(?:warum|wieso|weshalb|wozu|wof[üu]r|womit|woher|wohin|welche\w*|wieviele?)\b"
    r"|(?:kann|k[öo]nnen|kannst|k[öo]nnt|darf|d[üu]rfen|muss|m[üu]ssen|haben|habt|hast|gibt|ist|sind|bieten|bietet|liefern|liefert|nehmen"
    r"|nehmt|verkaufen|verkauft|reparieren|repariert|versenden|akzeptieren|akzeptiert|unterst[üu]tzt|funktioniert|brauche|braucht)\s+"
    r"(?:ich|man|sie|ihr|du|es|das|die|der|euer\w*|ihre?)\b"
    r"(?!\s+(?:nicht|leider|ihnen|dir|euch|erst|nur|noch\s+nicht|keine?[nrs]?|auch\s+nicht)\b))"
)
_FRENCH = (
    r"(?:est-ce\s+qu[e'’]|qu'est-ce\s+qu[e'’]|combien|pourquoi|quel(?:le)?s?|comment\s+(?:puis|peut|faire|fonctionne\w*|[çc]a|on|est|sont|je"
    r"|vous|\w+-)|où\s+(?:est|sont|se|puis|peut|\w+-)|quand\s+(?:est|sera|\w+-)|(?:y\s+)?a-t-(?:il|on)"
    r"|\w+-(?:vous|tu|t-il|t-elle|t-on|je|il|elle))\b"
)
_SPANISH = (
    r"(?:¿|(?:cuánt[oa]s?(?!\s+antes\b)|cuándo|cómo|dónde|cuál(?:es)?|por\s+qué|para\s+qué|qué\s+\w+|tienen|ten[ée]is|puedo|se\s+puede"
    r"|hacen\s+env[íi]os|env[íi]an)\b)"
)
OPENER_ELSEWHERE = re.compile(rf"{_LEAD}(?:{_GERMAN}|{_FRENCH}|{_SPANISH})", re.IGNORECASE)

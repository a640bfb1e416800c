"""How questions begin in German, French and Spanish, where no mark ends them: "was kostet die Tern"."""

import re

_LEAD = (
    r"\s*(?:(?:und|aber|oder|hallo|hi|guten\s+(?:tag|morgen|abend)|danke|super|okay?|ok|bitte|ach|noch\s+eine\s+frage|et|mais|ou|bonjour"
    r"|merci|d'accord|y|pero|o|hola|gracias|vale|perd[óo]n)\b[,!.:\s]*){0,3}"
)
# "Was wir suchen, …" and "wie besprochen" tell; so does "kann ich nicht sagen".
_GERMAN = (
    r"(?:was|wo|wen|wem|wer)\b(?!\s+(?:wir|ich|uns|mich|mir|unser\w*|mein\w*)\b)|wie\b(?!\s+(?:gesagt|besprochen|schon|oben|immer|w[äa]re"
    r"|wir|ich|bei|im|in)\b)|wann\b(?!\s+(?:wir|immer)\b)|(?:warum|wieso|weshalb|wozu|wof[üu]r|womit|woher|wohin|welche\w*|wieviele?)\b"
    r"|(?:kann|k[öo]nnen|kannst|k[öo]nnt|darf|d[üu]rfen|muss|m[üu]ssen|haben|habt|hast|gibt|ist|sind|bieten|bietet|liefern|liefert|nehmen"
    r"|nehmt|verkaufen|verkauft|reparieren|repariert|versenden|akzeptieren|akzeptiert|unterst[üu]tzt|funktioniert|brauche|braucht)\s+"
    r"(?:ich|man|sie|ihr|du|es|das|die|der|euer\w*|ihre?)\b"
    r"(?!\s+(?:nicht|leider|ihnen|dir|euch|erst|nur|noch\s+nicht|keine?[nrs]?|auch\s+nicht)\b)"
)
_FRENCH = (
    r"(?:est-ce\s+qu[e'’]|qu'est-ce\s+qu[e'’]|combien|comment|pourquoi|quel(?:le)?s?|o[ùu]\s+(?:est|sont|se|puis|peut|\w+-)"
    r"|quand\s+(?:est|sera|\w+-)|(?:y\s+)?a-t-(?:il|on)|\w+-(?:vous|tu|t-il|t-elle|t-on|je|il|elle)\b)"
)
_SPANISH = (
    r"(?:¿|cu[áa]nt[oa]s?|cu[áa]ndo\s+(?:es|est[áa]|abr\w+|lleg\w+|puedo|empiez\w+)|c[óo]mo\s+(?!siempre\b)|d[óo]nde|cu[áa]l(?:es)?|por\s+qu[ée]"
    r"|para\s+qu[ée]|qu[ée]\s+(?!nosotros\b|necesitamos\b|queremos\b)\w+|tienen|ten[ée]is|puedo|se\s+puede|hacen\s+env[íi]os|env[íi]an)\b"
)
OPENER_ELSEWHERE = re.compile(rf"{_LEAD}(?:{_GERMAN}|{_FRENCH}|{_SPANISH})", re.IGNORECASE)

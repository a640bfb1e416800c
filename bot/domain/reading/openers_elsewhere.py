"""How questions begin in German, French and Spanish, where no mark ends them: "was kostet die Tern"."""

import re

_LEAD = (
    r"\s*(?:(?:und|aber|oder|hallo|hi|guten\s+(?:tag|morgen|abend)|danke|super|okay?|ok|bitte|ach|noch\s+eine\s+frage|et|mais|ou|bonjour"
    r"|merci|d'accord|y|pero|o|hola|gracias|vale|perd[óo]n)\b[,!.:\s]*){0,3}"
)
_OPEN = (
    r"(?![^.!?\n]*\b(?:(?:noch|nicht)\s+(?:ganz\s+)?(?:unklar|offen|klar|sicher|fest|entschieden)|wei(?:ß|ss)\s+(?:ich|man|niemand)"
    r"|(?:ist|w[äa]re)\s+(?:mir\s+|uns\s+)?egal|entscheide[nt]?|ne\s+sa(?:is|vons)\s+pas|n'est\s+pas\s+(?:encore\s+)?(?:clair|d[ée]cid[ée])"
    r"|no\s+(?:lo\s+)?(?:s[ée]|sabemos)|no\s+est[áa]\s+(?:claro|decidido))(?!\w))"
)
"""Who says that it is open, or whose to decide, tells: "bis wann ist noch offen", "muss die Chefin entscheiden"."""
# "Was wir suchen, …", "wie besprochen", "kann ich nicht sagen", English "was thinking" and "cuanto antes" tell.
_GERMAN = (
    r"(?:(?:bis|ab|seit|von|f[üu]r|mit|bei|zu|an|auf|um|[üu]ber|aus|in|nach|vor)\s+(?:wann|wem|wen|was|wo|welche\w*|wie\s?viele?n?)\b"
    r"(?!\s+(?:wir|ich|es|uns|mich|mir|unser\w*|mein\w*|immer)\b)"
    r"|(?:bekomme?n?|krieg(?:en?)?|erhalten?|brauch|soll(?:en|te|ten)?)\s+(?:ich|man|wir)\s+"
    r"(?!(?:nicht|nichts|leider|ihnen|dir|euch|erst|nur|noch|keine?[nrs]?|auch\s+nicht|vo[nm]|bis|ab|zum|f[üu]r|etwa|ca|rund|im|in|am|sofort"
    r"|dringend|unbedingt|sp[äa]testens|so|da)\b|\d)"
    r"|(?:findet|finden|lohnt|lohnen|wird|werden|gilt|gelten|kostet|kosten|dauert|dauern|enth[äa]lt|umfasst|l[äa]uft|laufen|geht"
    r"|passt|eignet|l[äa]sst|beginnt|startet|endet|klappt|reicht|z[äa]hlt)\s+(?:das|der|die|es|man|sich|dies\w*|eine?)\b"
    r"(?!\s+(?:nicht|leider|schon|erst|nur|noch|auch\s+nicht|so)\b|[^.!?\n]*\b(?:viel|mehr|lange|zeit|nerven|verloren)\b)"
    r"|was\s+(?:kosten|kostet|ist|sind|muss|m[üu]ssen|kann|k[öo]nnen|passiert|bedeutet|bieten|bietet|brauche?n?|macht|machen|haben"
    r"|habt|gibt|hei[sß]+t|wird|darf|soll|enth[äa]lt|f[üu]r|genau|alles)\b|(?:wo|wen|wem|wer)\b(?!\s+(?:wir|ich|uns|mich|mir|unser\w*"
    r"|mein\w*)\b)|wie\b(?!\s+(?:gesagt|besprochen|schon|oben|immer|w[äa]re|wir|ich|bei|im|in)\b)|wann\b(?!\s+(?:wir|immer)\b)"
    r"|(?:warum|wieso|weshalb|wozu|wof[üu]r|womit|woher|wohin|welche\w*|wieviele?)\b"
    r"|(?:kann|k[öo]nnen|kannst|k[öo]nnt|darf|d[üu]rfen|muss|m[üu]ssen|haben|habt|hast|gibt|ist|sind|bieten|bietet|liefern|liefert|nehmen"
    r"|nehmt|verkaufen|verkauft|reparieren|repariert|versenden|akzeptieren|akzeptiert|unterst[üu]tzt|funktioniert|brauche|braucht)\s+"
    r"(?:ich|man|sie|ihr|du|es|das|die|der|euer\w*|ihre?)\b"
    r"(?!\s+(?:nicht|leider|ihnen|dir|euch|erst|nur|noch\s+nicht|keine?[nrs]?|auch\s+nicht)\b))"
)
_FRENCH = (
    r"(?:(?:(?:jusqu'\s?|d')?à\s+partir\s+de|jusqu'[àa]|depuis|pour|avec|chez|de|dans|en|par|sur|vers|avant|à)\s+"
    r"(?:quand(?!\s+nous\b)|combien|qui|quoi|quel(?:le)?s?|où)|c'est\s+(?:combien|quand|où|quoi|quel(?:le)?s?)"
    r"|est[\s-]ce\s+qu[e'’]|(?:puis|peut|faut|doit|dois|avez|pouvez|faites|livrez|proposez|acceptez|[êe]tes)\s+(?:je|on|il|vous)|qu'est-ce\s+qu[e'’]|combien|pourquoi|quel(?:le)?s?|comment\s+(?:puis|peut|faire|fonctionne\w*|[çc]a|on|est|sont|je"
    r"|vous|\w+-)|où\s+(?:est|sont|se|puis|peut|\w+-)|quand\s+(?:est|sera|\w+-)|(?:y\s+)?a-t-(?:il|on)"
    r"|\w+-(?:vous|tu|t-il|t-elle|t-on|je|il|elle))\b"
)
_SPANISH = (
    r"(?:¿|(?:(?:hasta|desde|para|a\s+partir\s+de|con|de|a|en|por|sobre)\s+(?:cuándo|cuánt[oa]s?|quién(?:es)?|qué|cuál(?:es)?|dónde)"
    r"|(?:hasta|desde|a\s+partir\s+de)\s+cuando|(?:para|con)\s+cuant[oa]s|(?:me\s+)?(?:dan|dais|ofrecen|incluyen?|aceptan|admiten)"
    r"(?!\s+\d)|(?:tienes|hacen|hac[ée]is|abren|abr[íi]s|cierran)(?!\s+\d)|cuánt[oa]s?(?!\s+antes\b)|cuándo|cómo|dónde|cuál(?:es)?|por\s+qué|para\s+qué|qué\s+\w+|tienen|ten[ée]is|puedo|se\s+puede"
    r"|hacen\s+env[íi]os|env[íi]an)\b)"
)
OPENER_ELSEWHERE = re.compile(rf"{_LEAD}{_OPEN}(?:{_GERMAN}|{_FRENCH}|{_SPANISH})", re.IGNORECASE)

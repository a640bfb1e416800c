"""How German, French and Spanish visitors refuse, do not know, and have none: parts of the vocabularies of acts."""

REFUSE_ELSEWHERE = (
    r"n(?:ein|ee|ö)\s*,?\s*danke|(?:das\s+)?(?:sage?|verrate|gebe)\s+ich\s+(?:\w+\s+)?nicht(?:\s+raus)?|"
    r"(?:das\s+)?(?:m[öo]chte|will|kann|darf)\s+ich\s+(?:\w+\s+){0,2}nicht\s+(?:sagen|verraten|angeben|nennen|preisgeben)|"
    r"ich\s+(?:m[öo]chte|will|kann|darf)\s+(?:\w+\s+){0,2}nicht\s+(?:sagen|verraten|angeben|nennen)|"
    r"ich\s+(?:gebe|sage|verrate|nenne)\s+(?:\S+\s+){0,3}nicht(?:\s+(?:raus|her|heraus|weiter))?|lieber\s+nicht|"
    r"(?:das\s+)?geht\s+(?:sie|dich|euch|niemanden)\s+nichts\s+an|(?:das\s+ist\s+)?(?:vertraulich|geheim)|das\s+ist\s+privat|"
    r"(?:bitte\s+)?(?:überspringen|weiter|nächste\s+frage)|keine\s+angabe|"
    r"non\s*,?\s*merci|je\s+pr[ée]f[èe]re\s+(?:pas|ne\s+pas).{0,40}|[çc]a\s+ne\s+(?:vous|te)\s+regarde\s+pas|"
    r"je\s+ne\s+(?:veux|peux|souhaite)\s+pas\s+(?:\w+\s+)?(?:r[ée]pondre|dire|donner|partager|communiquer)(?:\s+\S+){0,4}|"
    r"je\s+ne\s+(?:le\s+)?(?:dirai|donne)\s+pas(?:\s+\S+){0,3}|(?:c'est\s+)?(?:confidentiel|secret)|c'est\s+priv[ée]|"
    r"passons|(?:question\s+)?suivante|passer|"
    r"no\s*,?\s*gracias|prefiero\s+no(?:\s+\w+){0,4}|no\s+es\s+(?:asunto|problema)\s+(?:tuyo|suyo|vuestro)|"
    r"no\s+(?:quiero|puedo|voy\s+a)\s+(?:\w+\s+)?(?:decir|dar|responder|contestar|compartir)(?:l[oae]s?)?(?:\s+\S+){0,3}|"
    r"(?:es\s+)?(?:confidencial|secreto)|es\s+privado|siguiente(?:\s+pregunta)?|paso"
)
DONT_KNOW_ELSEWHERE = (
    r"keine\s+ahnung|(?:das\s+)?wei(?:ß|ss)\s+ich\s+(?:\w+\s+){0,2}nicht(?:\s+(?:genau|sicher))?|ich\s+wei(?:ß|ss)\s+(?:\w+\s+){0,2}nicht(?:\s+genau)?|"
    r"wei(?:ß|ss)\s+(?:ich\s+)?(?:noch\s+)?nicht(?:\s+genau)?|(?:das\s+)?(?:kommt|hängt)\s+(?:ganz\s+)?(?:dr?auf\s+an|davon\s+ab)|"
    r"(?:das\s+)?steht\s+noch\s+nicht\s+fest|(?:noch\s+)?(?:unklar|offen|unentschieden|nicht\s+(?:entschieden|sicher|klar))|mal\s+sehen|"
    r"je\s+ne\s+sais\s+pas(?:\s+(?:encore|trop|exactement))?|(?:je\s+n'ai\s+)?aucune\s+id[ée]e|j'ignore|[çc]a\s+d[ée]pend|"
    r"(?:pas\s+encore|pas)\s+(?:d[ée]cid[ée]|d[ée]fini|fix[ée]|s[ûu]re?)|on\s+verra|"
    r"(?:a[úu]n|todav[íi]a)?\s*no\s+(?:lo\s+)?s[ée](?:\s+(?:todav[íi]a|a[úu]n|exactamente|bien))?|(?:ni|no\s+tengo\s+(?:ni\s+)?)\s*idea|depende|"
    r"(?:a[úu]n|todav[íi]a)\s+no\s+(?:lo\s+)?(?:hemos\s+decidido|sabemos|est[áa]\s+(?:decidido|claro))|no\s+est[áa]\s+(?:decidido|claro)|ya\s+veremos"
)
DENY_ELSEWHERE = (
    r"nein|nee+|nö|nicht|keine?(?:\s+(?:ahnung))?|leider\s+(?:nein|nicht|keine?s?)|(?:das\s+)?haben\s+wir\s+(?:\w+\s+)?(?:nicht|keine?s?)|"
    r"habe?\s+ich\s+(?:nicht|keine?s?)|wir\s+haben\s+keine?s?|"
    r"non|pas\s+(?:encore|vraiment|du\s+tout)|aucun|malheureusement\s+(?:non|pas)|(?:nous\s+n'en\s+avons|je\s+n'en\s+ai|on\s+n'en\s+a)\s+pas|jamais|"
    r"ninguno|nada|todav[ií]a\s+no|(?:lamentablemente|desgraciadamente|por\s+desgracia)\s+no|me\s+temo\s+que\s+no|"
    r"no\s+(?:lo\s+)?(?:tenemos|tengo)(?:\s+(?:ningun[oa]|uno))?|nunca"
)

"""Words that command the bot, quote it or abuse it: whatever was asked, they are no answer."""

import re

_FLAGS = re.IGNORECASE
_COMMAND = re.compile(
    r"\b(?:ignore|disregard|override|bypass|forget|repeat|reveal|print|show)\s+(?:(?:me|all|any|of|your|the|my|these|"
    r"those)\s+){0,3}(?:(?:previous|prior|above|earlier|system|other|last)\s+){0,2}(?:instructions?|prompts?|rules?|"
    r"guidelines|directives)\b|\b(?:mark|treat|rate|score|qualify)\s+(?:me|us)\s+as\b|\bset\s+(?:my|our|the)\s+"
    r"(?:score|stage|grade|lead)\b|\byou\s+are\s+now\b|\bact\s+as\s+(?:an?|my|the)\b",
    _FLAGS,
)
_CODE = re.compile(
    r"<\s*[/!?]?[a-z][^>]*>|\bjavascript:|\{\{|\}\}|\{%|%\}|&[lg]t;|^\W*\[\s*(?:system|admin|assistant|inst)\s*\]|"
    r"\b\w+\.\w+\s*=\s*\S|^\s*[=+@-]\s*\w+\(|;\s*--|\bdrop\s+table\b|\bselect\s+\*\s+from\b",
    _FLAGS,
)
_QUOTES_US = re.compile(
    r"\W*(?:but\s+|and\s+|well\W+)?(?:you|your\s+(?:page|site|website|bot|answer))\s+(?:just\s+|have\s+)?(?:said|say|says|"
    r"told|tell|tells|wrote|write|writes|claim(?:s|ed)?)\b",
    _FLAGS,
)
_BAD = (
    r"(?:stupid|useless|dumb|idiotic|idiots?|crap|shit\w*|bullshit|garbage|rubbish|nonsense|pathetic|ridiculous|joke|"
    r"waste\s+of\s+(?:my\s+)?time)"
)
_OUR_BOT = (
    r"(?:(?:your|ur|this|that)\s+(?:\w+\s+)?(?:(?:chat[\s-]?)?bot|chat|robot|assistant)(?:'?s|\s+(?:is|was))\s+(?:(?:so|just|really|totally|"
    rf"completely|absolutely|very|pretty|a|an|the|such)\s+)*(?:{_BAD}|bad|terrible|awful|worthless|hopeless|worst|horrible|no\s+(?:help|use|good)|"
    r"not\s+(?:\w+\s+)?(?:helpful|useful|good))|(?:your|ur|this)\s+(?:(?:chat[\s-]?)?bot|chat|robot|assistant)\s+(?:sucks|(?:does\s?n[o']?t|"
    r"does\s+not|can'?t|cannot|is\s+not|isn'?t|never)\s+(?:really\s+)?help\w*)|you(?:'?re|\s+are)\s+no\s+(?:help|use|good)|"
    r"(?:ihr|euer|dein|dieser|so\s+ein)\s+(?:chat[\s-]?bot|bot|chat|roboter|assistent)\s+(?:ist\s+(?:(?:ja|doch|echt|wirklich|so|total|"
    r"v[öo]llig|ziemlich|absolut|der|ein|keine)\s+)*(?:nutzlos|sinnlos|l[äa]cherlich|nervig|dumm|doof|bl[öo]d|schlecht|schei(?:ß|ss)e|mist|m[üu]ll|"
    r"witz|unbrauchbar|furchtbar|schrecklich|hilfe|nicht\s+hilfreich)|nervt|taugt\s+nichts|bringt\s+nichts|hilft\s+(?:mir\s+)?(?:gar\s+)?nicht)|"
    r"(?:votre|ton|ce)\s+(?:chat[\s-]?bot|bot|chat|robot|assistant)\s+(?:est\s+(?:(?:vraiment|trop|tr[èe]s|compl[èe]tement|totalement)\s+)*"
    r"(?:inutile|nul|ridicule|stupide|b[êe]te|mauvais|[ée]nervant|d[ée]bile)|ne\s+sert\s+[àa]\s+rien|n'aide\s+pas)|"
    r"(?:su|tu|este|vuestro)\s+(?:chat[\s-]?bot|bot|chat|robot|asistente)\s+(?:es\s+(?:(?:muy|realmente|totalmente|un|una)\s+)*(?:in[úu]til|mal[oa]|"
    r"p[ée]sim[oa]|tont[oa]|rid[íi]cul[oa]|basura|porquer[íi]a|horrible)|no\s+(?:sirve|ayuda)))"
)
"""What is said of the bot itself; "our current chat is useless" is a need."""
_ABUSE = re.compile(
    rf"\W*(?:(?:oh|wow|well|god|sorry|but|and|so)\W+)*{_OUR_BOT}(?!\w).{{0,40}}|"
    rf"\W*(?:(?:oh|wow|well|god|sorry|but|and|so)\W+)*(?:(?:this|that|it|you|u)(?:'s|'re|\s+is|\s+are|\s+r)|what\s+an?|such\s+an?|how)\s+"
    rf"(?:(?:an?|the|so|just|really|totally|completely|absolutely|very|all|such)\s+)*{_BAD}\b.{{0,40}}|"
    rf"\W*{_BAD}(?:\s+(?:bot|chat|machine|thing|robot))?\W*|\W*(?:you\s+(?:suck|waste\s+my\s+time)|are\s+you\s+kidding)\b.{{0,20}}|"
    r"\W*(?:(?:this|it|that)(?:'s|\s+is)\s+(?:(?:so|really|just|very|getting)\s+)*(?:annoying|frustrating|infuriating)|you(?:'re|\s+are)\s+"
    r"(?:(?:so|really|just|very|getting)\s+)*annoying|what\s+the\s+(?:hell|f\w*)(?:\s+do\s+you\s+(?:want|need|ask)\b.{0,50})?|(?:you\s+)?(?:idiot|moron|fool)s?|"
    r"(?:das|dies|es|sie|du)\s+(?:ist|sind|bist)(?:\s+(?:ja|doch|echt|wirklich|so|total|v[öo]llig))*\s+(?:nutzlos|sinnlos|l[äa]cherlich|"
    r"nervig|dumm|bl[öo]d|frech|unversch[äa]mt)|(?:das|es|sie|du)\s+(?:nervt|nerven|nervst)(?:\s+(?:ja|doch|echt|wirklich|so|total|mich))*|so\s+ein\s+(?:dummer|bl[öo]der|nutzloser)\s+bot|"
    r"c'est\s+(?:vraiment\s+)?(?:inutile|ridicule|[ée]nervant|aga[çc]ant|n'importe\s+quoi)|vous\s+m'[ée]nervez|"
    r"(?:esto\s+)?es\s+(?:muy\s+|realmente\s+)?(?:in[úu]til|rid[íi]culo|molesto|una\s+p[ée]rdida\s+de\s+tiempo))\W*|"
    r"\W*(?:so\s+ein\s+(?:unsinn|quatsch|mist|blödsinn)|was\s+für\s+ein\s+(?:dummer|blöder)\b.{0,20}|"
    r"sie\s+verschwenden\s+meine\s+zeit|c'est\s+nul|quel\s+(?:robot|bot)\s+stupide|"
    r"vous\s+me\s+faites\s+perdre\s+mon\s+temps|esto\s+no\s+sirve|qu[ée]\s+(?:bot|robot)\s+m[áa]s\s+tonto|"
    r"me\s+hace\s+perder\s+el\s+tiempo)\W*",
    _FLAGS | re.DOTALL,
)


def commands_the_bot(text: str) -> bool:
    """Tell whether words would have the bot do something to the lead or to its rules: what they name is no fact."""
    return _COMMAND.search(text) is not None


def is_abuse(text: str) -> bool:
    """Tell whether words only vent anger at the bot."""
    return _ABUSE.fullmatch(text.strip()) is not None


def is_no_answer(text: str) -> bool:
    """Tell whether a message commands, quotes or abuses the bot, or is code, instead of answering it."""
    return any(
        (
            _COMMAND.search(text),
            _CODE.search(text),
            _QUOTES_US.match(text),
            _ABUSE.fullmatch(text.strip()),
        )
    )

"""Can the words that a model points at tell of the visitor at all? One that means harm points at any word whatever.

Promises: an order to the bot, or code, tells nothing; free words tell something only in a sentence in which the visitor
speaks of themselves; a share, a number that says how much something else is, what was once so or is so for somebody
else is neither a team nor a budget; a number of people counts people, and a budget is to be spent. Pure.
"""

import re

from bot.domain.facts import ReadFact
from bot.domain.reading.attacks import is_no_answer
from bot.domain.slots import FREE_WORDS, Slot, SlotKind

SELF = re.compile(
    r"\b(?:we|i|our|ours|my|mine|wir|ich|unser\w*|mein\w*|nous|je|notre|nos|mon|ma|mes|yo|nuestr\w+|mis?|somos|soy|"
    r"tenemos|tengo|necesitamos|necesito|queremos|quiero|buscamos|busco)\b|\bj['’]",
    re.IGNORECASE,
)
"""Whoever is spoken of as subject or owner: "give me", "donne-moi" and "gib mir" tell nothing."""

CODE = re.compile(r"[=<>{}\[\]()\\|`]|\w[:/]{1,3}\w")
SHARE = re.compile(r"\s*(?:%|per\s?cent\b|prozent\b|pour\s?cent\b|por\s?ciento\b)", re.IGNORECASE)
OF_ANOTHER = re.compile(
    r"\b(?:is|was|of|to|costs?|equals|ist|sind|von|auf|kostet|est|de|à|coûte|es|son|a|cuesta)\s+\Z|[=:]\s*\Z",
    re.IGNORECASE,
)
"""Stands before a number that belongs to what was named before it; where that is the visitor's, patterns read it."""


PAST = re.compile(
    r"\b(?:used to|formerly|previously|in the past|ago|last (?:year|month|summer|winter|spring|autumn|fall|"
    r"season|week|time)|"
    r"took|waited|spent|paid|cost us|was|were|had|earned|sold|"
    r"früher|damals|einst|letzte[ns]?|vergangene[nrs]?|voriges|vor \w+ jahren|hatten?|waren?|dauerte|kostete|"
    r"zahlten?|bezahlt|"
    r"ausgegeben|gewartet|gebraucht|l['’](?:an|année|été|hiver) (?:dernier|dernière|passée?)|(?:mois|an|été|"
    r"hiver) dernier|"
    r"autrefois|jadis|auparavant|avant,? (?:nous|on|j['’])|étions|était|étaient|avions|avait|dépensé|payé|coûté|"
    r"attendu|duré|"
    r"(?:el )?(?:año|mes|verano|invierno) pasado|antes,? (?:éramos|teníamos|era|tenía)|hace \w+ (?:años?|"
    r"mes(?:es)?)|éramos|"
    r"teníamos|era|tenía|gastamos|pagamos|costó|duró|tardó|esperado|gastado|pagado)\b",
    re.IGNORECASE,
)
YEAR = re.compile(r"\b(?:in|im jahre?|since|seit|en|depuis|desde)\s+((?:19|20)\d\d)\b", re.IGNORECASE)
NOW = re.compile(
    r"\b(?:now|today|nowadays|this year|currently|jetzt|heute|nun|inzwischen|mittlerweile|dieses jahr|derzeit|"
    r"maintenant|"
    r"aujourd['’]hui|désormais|cette année|actuellement|ahora|hoy|este año|actualmente)\b",
    re.IGNORECASE,
)
"""After it the past that was told before is over."""

OF_SOMEBODY = re.compile(
    r"\b(?:some(?:body|one)|others?|a friend|friends of|neighbou?rs?|i (?:have )?(?:read|heard|saw)|they say|"
    r"jemand(?:em|en)?|"
    r"andere[nr]?|(?:ein|eine|mein|meine) (?:freund(?:in)?|nachbar(?:in)?)|(?:ge)?(?:lesen|hört)|quelqu['’]un|"
    r"d['’]autres|un(?:e)? amie?|"
    r"voisine?s?|j['’]ai (?:lu|entendu)|alguien|otr[oa]s|un(?:a)? amig[oa]|vecin[oa]s?|he (?:leído|oído)|leí|oí)\b",
    re.IGNORECASE,
)
HEADS = re.compile(
    r"\b(?:people|persons?|folks?|crew|team|staff|employees|workers|colleagues|members?|users?|seats?|heads?|of us|"
    r"we(?: are|['’]re)|guests|kids|children|students|volunteers|"
    r"leuten?|personen|mannschaft|belegschaft|mitarbeiter\w*|kolleg\w+|mitglieder\w*|nutzer\w*|köpfe|wir sind|"
    r"kinder|gäste|"
    r"teilnehmer\w*|schüler\w*|personnes|équipe|employés|salariés|collègues|membres|utilisateurs|nous sommes|"
    r"on est|enfants|"
    r"invités|élèves|personas|equipo|empleados|plantilla|compañeros|miembros|usuarios|somos|trabajadores|niños|"
    r"invitados)\b",
    re.IGNORECASE,
)
"""What a number counts: without one of these it may be a floor, an age, a size."""

TO_SPEND = re.compile(
    r"\b(?:budgets?|spend|pay|afford|invest|up to|as far as|at most|max(?:imum)?|set aside|allocated|available|"
    r"ceiling|limit|"
    r"price range|for (?:this|it|that)|budgets|ausgeben|zahlen|leisten|investieren|höchstens|maximal|bis zu|"
    r"übrig|verfügung|"
    r"eingeplant|rahmen|dafür|dépenser|payer|mettre|investir|jusqu['’]à|disposons|prévu|enveloppe|plafond|"
    r"presupuesto|"
    r"gastar|pagar|invertir|poner|hasta|máximo|disponemos|previsto|tope)\b",
    re.IGNORECASE,
)
BARE_TIME = re.compile(r"\s*(?:about |etwa |environ |unos |unas )?[\w-]+\s+\w+\s*")
LEADS_TO_TIME = re.compile(
    r"\b(?:in|within|by|before|until|from|next|this|start\w*|need\w*|want\w*|should|must|have to|has to|binnen|"
    r"innerhalb|bis|"
    r"ab|vor|brauch\w*|bräucht\w*|soll\w*|muss|müss\w*|dans|avant|d['’]ici|sous|besoin|doit|devrait|faut|"
    r"voul\w+|dentro|"
    r"antes|para|necesit\w+|debe\w*|tiene que|queremos|quiero)\b",
    re.IGNORECASE,
)
DENIED = re.compile(
    r"\b(?:not|no|never|cannot|nobody|nothing|none|without|nicht|nie|niemals|kein\w*|nichts|niemand|ohne|pas|jamais|"
    r"aucune?|rien|personne|sans|nunca|jamás|ning[uú]n\w*|nada|nadie|sin)\b|n['’]t\b",
    re.IGNORECASE,
)
BOUNDED = re.compile(
    r"\b(?:not|no|never|nothing|nicht|nichts|nie|pas|rien|jamais|nada|nunca)\s+(?:\w+\s+)?(?:later|longer|before|until|"
    r"earlier|sooner|vor|später|länger|früher|bis|avant|plus\s+(?:tard|longtemps)|tard|antes|más)\b",
    re.IGNORECASE,
)
"""A denial that says until or from when, "not before March", and denies nothing."""
CLAUSE = re.compile(r"[,;:]|\b(?:but|and|so|aber|sondern|und|mais|et|donc|pero|sino|y)\b", re.IGNORECASE)


def may_tell_anything(message: str) -> bool:
    """Whether a message may hold facts: one that commands the bot, or is code, does not."""
    return not is_no_answer(message)


def may_tell(fact: ReadFact, slot: Slot, sentence: str, start: int, *, year: int) -> bool:
    """Whether words can tell a slot of the visitor, going by the sentence.

    Args:
        fact: what was read from them.
        slot: what it was read for.
        sentence: where the words stand.
        start: offset of the words read, in the sentence.
        year: the visitor's; earlier ones are past.
    """
    before, after = sentence[:start], sentence[start + len(fact.text) :]
    speaks_of_self = SELF.search(sentence) is not None
    is_anothers = SHARE.match(after) or OF_ANOTHER.search(before)
    if slot.kind in FREE_WORDS:
        return speaks_of_self and not CODE.search(fact.text) and _is_called(fact.text, slot.kind)
    if _is_past_or_anothers(before, after, year):
        return False
    if slot.kind is SlotKind.MONEY:
        is_spent = TO_SPEND.search(sentence) is not None
        return speaks_of_self and is_spent and not (is_anothers and fact.value["currency"] is None)
    if slot.kind is SlotKind.TIMELINE:
        is_time = not BARE_TIME.fullmatch(fact.text) or LEADS_TO_TIME.search(sentence) is not None
        return is_time and not _is_denied(before, fact.text, after)
    return slot.kind is not SlotKind.QUANTITY or (not is_anothers and _counts(sentence, slot))


def _is_past_or_anothers(before: str, after: str, year: int) -> bool:
    """Whether what is told was once so, or is so for somebody else."""
    told = NOW.split(before)[-1]
    rest = re.split(r"[,;]|\b(?:but|aber|mais|pero)\b", after)[0]
    is_said = any(pattern.search(part) for pattern in (PAST, OF_SOMEBODY) for part in (told, rest))
    return is_said or any(int(match[1]) < year for part in (told, rest) for match in YEAR.finditer(part))


def _is_denied(before: str, told: str, after: str) -> bool:
    """Whether words stand in a clause that denies: when something is not so is no time at which it should be."""
    clause = CLAUSE.split(before)[-1] + told + CLAUSE.split(after)[0]
    return DENIED.search(BOUNDED.sub(" ", clause)) is not None


def _counts(sentence: str, slot: Slot) -> bool:
    """Whether the sentence says what is counted: people, or what the slot itself counts."""
    if not slot.words:
        return HEADS.search(sentence) is not None
    return any(word.lower() in sentence.lower() for word in slot.words)


def _is_called(written: str, kind: SlotKind) -> bool:
    """Whether a name is written like one; other free words may be any."""
    return kind not in (SlotKind.NAME, SlotKind.COMPANY) or any(
        word[0].isupper() or word[0].isdigit() for word in written.split()
    )

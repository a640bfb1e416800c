"""Whose a figure is: "my client has a budget of 20k" and "experts recommend 30k" tell nothing of the visitor.

Sums and numbers of people that belong to somebody else or to everybody, or are only wished for, are taken out of a
message before its facts are read; whatever else it tells stays.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.facts import Fact
from bot.domain.reading.clauses import Clause
from bot.domain.reading.message_text import MessageText
from bot.domain.reading.money import Money
from bot.domain.reading.other_parties import BUDGET, LEAD, OURS, THE, speaks_of_another, speaks_of_everybody
from bot.domain.reading.ranges import Range
from bot.domain.slots import Slot, SlotKind

_FLAGS = re.IGNORECASE
_WISHED = re.compile(
    r"(?:\b(?:i|we)(?:'d|\s+would)\s+(?:\w+\s+)?(?:love|like|prefer|want|wish)\s+(?:to\s+(?:have|get)\b|an?\b)|"
    r"\bwould\s+be\s+(?:\w+\s+)?(?:nice|great|lovely)\s+to\s+have\b|\bdream(?:ing)?\s+of\b|"
    r"\b(?:i|we)(?:'d|\s+would)\s+need\s+(?:an?\s+(?:\w+\s+)?budget|[$€£]|\d+\s*k\b)|"
    r"\b(?:(?:ich|wir)\s+hätten?|hätten?\s+(?:ich|wir))\s+gerne?\b|\bschön\s+wäre\b|\b(?:ich|wir)\s+(?:wünsch\w+|"
    r"träum\w+)|"
    r"\b(?:j'aimerais|(?:nous|on)\s+aimeri?(?:ons|ait)|je\s+voudrais)\s+(?:bien\s+)?avoir\b|\bje\s+rêve\b|"
    r"\b(?:me|nos)\s+gustaría\s+(?:tener|contar)\b|\bojalá\b|\bquisiera\s+tener\b)[^.!?]*$",
    _FLAGS,
)
_GIVEN_IT = re.compile(
    rf"{LEAD}(?:with|mit|avec|con)\s+(?!{OURS}\b)[^.!?]{{0,60}}?\b(?:(?:i|we|you|one)(?:'d|\s+(?:could|would|"
    rf"might))|(?:könnte|würde)\w*\s+(?:ich|"
    r"wir|man)|(?:on|nous|je|il)\s+(?:pourr|ser|fer|aur)\w+|podr[íi]\w+|har[íi]amos)\b(?!\s+(?:spend|pay|invest))",
    _FLAGS,
)
_UNMEANT = re.compile(
    r"[^,;]{0,24}?\b(?:(?:was|is|were)\s+(?:(?:only|just|merely|meant\s+as|an?|my|our|[\w]+['’]s)\s+)*(?:joke|prank|typo|mistake|"
    r"jest)|war(?:en)?\s+(?:(?:nur|bloß|ein\w*|als)\s+)*(?:scherz|witz|tippfehler|irrtum|versehen)|"
    r"(?:est|était)\s+(?:(?:juste|seulement|une?)\s+)*(?:blague|plaisanterie|erreur|faute)|"
    r"(?:es|era|fue)\s+(?:(?:sólo|solo|una?)\s+)*(?:broma|chiste|error|errata))\b",
    _FLAGS,
)
"""That nobody has it: "the budget of 20k was somebody's joke"."""
_PEOPLE = (
    r"(?:people|persons?|users?|customers?|clients?|employees|leuten?|personen|kunden|personnes|clients|"
    r"gens|personas|clientes)"
)
_THEY_DID = re.compile(
    rf"\s*(?:\w+\s+)?{_PEOPLE}\s+(?:(?:have\s+|had\s+)?(?:already\s+|also\s+|just\s+)?(?:complained|asked|visited|"
    rf"attended|came|unsubscribed|voted|"
    r"called|wrote|bought|left|quit|applied|told|said|liked|loved|hated|died|replied|answered|responded|went|"
    r"reported|contacted|e-?mailed|reviewed|"
    r"rated|ordered|signed\s+up|clicked|subscribed|recommended|tried)\b|(?:who|that)\s+(?:also\s+)?(?:use|used|have|"
    r"bought|like|love|want|know|asked|"
    r"complained)\b|(?:from|in|at|of)\s+your\b|at\s+(?:the|an?)\s+(?:fair|conference|event|show|party|meetup|"
    r"meeting|concert)\b|in\s+the\s+world\b|"
    r"live\s|haben\s+(?:sich\s+)?(?:\w+\s+){0,4}?(?:beschwert|gefragt|besucht|angerufen|geschrieben|gekauft|"
    r"gekündigt|getroffen)\b|(?:waren|kamen)\b|"
    r"(?:se\s+sont|ont)\s+(?:\w+\s+)?(?:plaint|demandé|visité|appelé|écrit|acheté|voté)\w*|(?:se\s+)?(?:quejaron|"
    r"preguntaron|visitaron|"
    r"llamaron|escribieron|compraron|vinieron|votaron)\b|(?:se\s+)?han\s+(?:quejado|preguntado|visitado|llamado|"
    r"comprado)\b)",
    _FLAGS,
)
_MET = re.compile(
    r"(?:\b(?:i|we)(?:'ve|\s+have)?\s+(?:just\s+|already\s+|also\s+)?(?:met|know|knew|saw|invited|asked|"
    r"talked\s+(?:to|with)|spoke\s+(?:to|with)|"
    r"interviewed|called|contacted|e-?mailed|wrote\s+to|told|heard\s+from|follow|surveyed|helped|serve[ds]?|feed|"
    r"fed|host(?:ed)?|treat(?:ed)?)\s+"
    r"|\b(?:j'ai|nous\s+avons|on\s+a)\s+(?:déjà\s+)?(?:rencontré|vu|invité|demandé|parlé|appelé|servi)\s+(?:à\s+|"
    r"avec\s+)?|"
    r"\bje\s+connais\s+|\b(?:conocí|conozco|conocimos|invité|hablé|hablamos|vi|atendemos|servimos)\s+(?:a\s+|con\s+)?|"
    r"\b(?:ich\s+kenne|wir\s+kennen|(?:ich\s+traf|wir\s+trafen)|wir\s+bedienen|wir\s+bewirten)\s+)"
    r"(?:about|around|over|some|like|etwa|rund|über|environ|unas|unos|más\s+de)?\s*$",
    _FLAGS,
)
_MET_AFTER = re.compile(
    rf"\s*(?:\w+\s+)?{_PEOPLE}\s+(?:\w+\s+){{0,4}}?(?:getroffen|kennengelernt|gefragt|eingeladen|angeschrieben|"
    rf"angerufen|gesprochen|befragt)\b",
    _FLAGS,
)
_NAMED = re.compile(
    rf"{LEAD}(?P<name>[^\W\d_][\w&.-]*(?:\s+[^\W\d_][\w&.-]*){{0,2}}?)\s+(?:already\s+|currently\s+|alone\s+|"
    rf"only\s+)?(?P<verb>has|employs|hat|"
    r"hatte|beschäftigt|a|avait|emploie|compte|tiene|tenía|emplea|cuenta\s+con)\s+(?!been\b|not?\b|to\b|approved\b|"
    r"set\b|allocated\b|given\b)",
    _FLAGS,
)
_OWN_TEXT = """
we i you it this that there who which nobody they he she our my your the a an us these those everybody everyone all
both each wir ich sie es er das der die ein eine einer unser unsere unserer mein meine man jeder alle nous je j il
elle on ce c qui tu vous le la les l un une notre nos mon ma mes chacun yo él ella nosotros el los las una nuestro
nuestra mi mis que eso hay ya il-y y team teams staff crew company business firm agency shop store office department
support sales marketing it hr finance engineering operations ops management leadership procurement purchasing
accounting headcount workforce group hq headquarters boss board ceo cto cfo coo owner founder design product
development service logistics production warehouse budget project everything here vertrieb einkauf verkauf
buchhaltung technik entwicklung produktion leitung abteilung firma unternehmen betrieb chef chefin vorstand
geschäftsführung personal logistik équipe entreprise société direction service atelier ventes achats production
equipo empresa dirección ventas compras producción departamento plantilla jefe jefa gerencia
"""
_OWN = frozenset(_OWN_TEXT.split())
"""Who in a firm may have people or money, and what opens a sentence: no names of other firms."""
_FRENCH_PEOPLE = re.compile(r"\s*(?:personnes|employés|salariés|collaborat\w+)\b", _FLAGS)
_NEW_SUBJECT = re.compile(
    rf"\b(?:and|but|und|aber|et|mais|y|pero|while|während|tandis\s+que|mientras(?:\s+que)?)\s+(?=(?:{OURS}|{THE}|"
    rf"i|ich|je|on|yo|one|j'ai)\b)",
    _FLAGS,
)


def own_figures(message: MessageText, *, company: str | None) -> MessageText:
    """Return the message without the sums and figures that are not the visitor's.

    Args:
        message: what the visitor wrote.
        company: the visitor's own company, if known: of it they may speak by name.
    """
    if not (message.sums or message.figures):
        return message
    sums = [one for one in message.sums if not _is_others(message, one.start, one.end, company)]
    figures = [one for one in message.figures if not _is_others(message, one.start, one.end, company)]
    if len(sums) == len(message.sums) and len(figures) == len(message.figures):
        return message
    told = message.told
    for start, end in _spans(message.sums, message.figures) - _spans(sums, figures):
        told = told[:start] + " " * (end - start) + told[end:]
    return replace(message, sums=tuple(sums), figures=tuple(figures), told=told)


def known_company(slots: Sequence[Slot], known: Mapping[str, Fact]) -> str | None:
    """Return what the visitor's company is known to be called."""
    told = (known[slot.id].value for slot in slots if slot.kind is SlotKind.COMPANY and slot.id in known)
    return next((name for name in told if isinstance(name, str)), None)


def _spans(sums: Sequence[Money], figures: Sequence[Range]) -> set[tuple[int, int]]:
    return {*((one.start, one.end) for one in sums), *((one.start, one.end) for one in figures)}


def _is_others(message: MessageText, start: int, end: int, company: str | None) -> bool:
    clause = message.clause_at(start)
    if clause is None or not clause.is_told:
        return False
    began = [found.end() for found in _NEW_SUBJECT.finditer(message.text, clause.start, start)]
    before = message.text[max([clause.start, *began]) : start]
    after = message.text[end : clause.end]
    if (
        speaks_of_another(before)
        or speaks_of_everybody(before, after)
        or _is_wished_for(message, clause, before)
        or _UNMEANT.match(after)
    ):
        return True
    if message.asked is not None and message.asked.kind in (SlotKind.QUANTITY, SlotKind.MONEY):
        return False  # "we serve 300 guests" and "Acme has 40" answer the question
    is_met = _MET.search(before) or _THEY_DID.match(after) or _MET_AFTER.match(after)
    return bool(is_met) or _is_named(message, before, after, company)


def is_others_number(message: MessageText, start: int, end: int) -> bool:
    """Tell whether a number in words is of other people: "unser Kunde hat zwanzig Mitarbeiter"."""
    return _is_others(message, start, end, None)


def _is_wished_for(message: MessageText, clause: Clause, before: str) -> bool:
    if not BUDGET.search(clause.text):
        return False
    return _WISHED.search(before) is not None or _GIVEN_IT.match(message.text, clause.start) is not None


def _is_named(message: MessageText, before: str, after: str, company: str | None) -> bool:
    """Whether another company has it; one that the visitor has named before is theirs."""
    found = _NAMED.match(before)
    if found is None:
        return False
    if found["verb"].lower() == "a" and not (_FRENCH_PEOPLE.match(after) or "budget" in before):
        return False  # an article: "looking for a 20 person tool"
    name = found["name"].lower()
    if not _OWN.isdisjoint(re.split(r"[\s'-]+", name)) or (company and name in company.lower()):
        return False
    return message.text.lower().count(name) == 1

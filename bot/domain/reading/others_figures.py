"""Whose a figure is: "my client has a budget of 20k" and "experts recommend 30k" tell nothing of the visitor.

Sums and numbers of people that belong to somebody else or to everybody, or are only wished for, are taken out of a
message before its facts are read; whatever else it tells stays.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.reading.clauses import Clause
from bot.domain.reading.message_text import MessageText
from bot.domain.reading.money import Money
from bot.domain.reading.ranges import Range
from bot.domain.slots import SlotKind

_FLAGS = re.IGNORECASE
_LEAD = (
    r"\W*(?:(?:and|but|so|because|well|also|now|look|actually|btw|und|aber|also|weil|denn|et|mais|car|y|pero|porque|"
    r"hi|hello|hallo|"
    r"bonjour|hola)\b[,\s]*){0,3}"
)
_OURS = (
    r"(?:we|we're|we've|our|ours|us|i'm|i've|my|wir|uns|unser\w*|mein\w*|nous|notre|nos|mon|ma|mes|nuestr\w+|mi|mis|"
    r"somos|tenemos|"
    r"tengo)"
)
_THEIRS = (
    r"(?:clients?|customers?|colleague|co-?worker|landlord|parent\s+company|holding|partner\s+compan(?:y|ies)|"
    r"competitors?|"
    r"suppliers?|neighbou?rs?|friends?|(?:step)?(?:brother|sister|father|mother)|husband|wife|dad|mum|mom|cousin|"
    r"uncle|aunt)"
)
_THEIRS_ELSEWHERE = (
    r"(?:kund(?:en?|in(?:nen)?)|mandant\w*|auftraggeber\w*|kolleg(?:e|in)|vermieter\w*|nachbar\w*|"
    r"muttergesellschaft|mutterkonzern\w*|"
    r"partnerfirm\w+|konkurren\w+|wettbewerber\w*|lieferant\w*|freund\w*|bruders?|schwester|vaters?|mutter|manne?s?|"
    r"frau|"
    r"client(?:e|s|es)?|collègue|voisine?s?|maison\s+mère|concurrente?s?|fournisseurs?|amie?s?|frère|s(?:œ|oe)ur|"
    r"père|mère|mari|femme|"
    r"colega|compañer[oa]|vecin[oa]s?|matriz|competidor\w*|proveedor\w*|amig[oa]s?|herman[oa]s?|padre|madre|marido|"
    r"mujer)"
)
_OF_OURS = (
    r"(?:my|our|one\s+of\s+(?:my|our)|unser\w*|mein\w*|ein\w*\s+(?:unser|mein)\w+|notre|nos|mon|ma|mes|"
    r"un\s+de\s+(?:mes|nos)|nuestr\w+|mis?)"
)
_THE = r"(?:the|an?|another|your|der|die|das|ein\w*|le|la|les|une?|des|el|los|las|una?|unos)"
_HAS = (
    r"(?:has|have|had|is|are|was|were|got|employs?|counts?|spends?|pays?|approved|budgets?|budgeted|gave|told|"
    r"plans?|hat|haben|hatte[n]?|ist|"
    r"sind|besch[äa]ftig\w+|z[äa]hl\w+|gibt|geben|zahl\w+|plant|plane?n|a|ont|avait|est|sont|emploie\w*|compte\w*|"
    r"dépense\w*|paie\w*|prévoi\w+|"
    r"tienen?|tenía\w*|es|son|emplea\w*|cuenta\w*|gasta\w*|paga\w*)"
)
_OTHER_PARTY = re.compile(
    rf"{_LEAD}(?:{_OF_OURS}|{_THE})\s+(?:\w+\s+){{0,2}}?(?:{_THEIRS}|{_THEIRS_ELSEWHERE})(?:(?:'s?|'s\s+\w+)(?=\s)|"
    rf"\s+(?:from|of|in|aus|von|de)\s+"
    rf"\w+)?\s+(?:(?!and\b|und\b|et\b|y\b)\w+\s+){{0,2}}?{_HAS}\b|"
    rf"{_LEAD}(?:{_OF_OURS})\s+(?:{_THEIRS}'s?|{_THEIRS}s')\s|"
    rf"[^.!?]*\b(?:team|firma|company|budget|équipe|entreprise|equipo|empresa|presupuesto|size)\s+(?:of|von|de|d'|"
    rf"del|(?=(?:mein|unser)))\s*"
    rf"(?:{_OF_OURS}\s+)?(?:{_THEIRS}|{_THEIRS_ELSEWHERE}|kollegen)\b",
    _FLAGS,
)
_OURS_AFTER_ALL = re.compile(
    rf"{_LEAD}{_OF_OURS}\s+(?:{_THEIRS})\s+(?:support|service|care|success|team|budget|base|and\s+(?:i|me|we)\b)|"
    rf"{_LEAD}{_OF_OURS}\s+(?:{_THEIRS_ELSEWHERE})\s+(?:und\s+ich|et\s+moi|y\s+yo)\b",
    _FLAGS,
)
_INSTITUTION = re.compile(
    rf"{_LEAD}(?:(?:the|our|their)\s+(?:\w+\s+)?(?:government|state|mayor|president|minist(?:ry|er)|eu|county|"
    rf"parliament|conference|market|industry|"
    r"army|competition)|die\s+(?:regierung|stadt|eu|konkurrenz|branche)|der\s+(?:staat|bund|bürgermeister|minister|"
    r"markt)|das\s+(?:ministerium|"
    r"land)|le\s+(?:gouvernement|maire|minist(?:ère|re)|marché|secteur)|l'(?:état|europe|industrie)|la\s+(?:ville|"
    r"mairie|concurrence|région)|"
    rf"el\s+(?:gobierno|estado|alcalde|ministerio|ayuntamiento|mercado|sector)|la\s+(?:ciudad|competencia|"
    rf"ue))\s+(?:\w+\s+){{0,2}}?{_HAS}\b",
    _FLAGS,
)
_PLURALS = (
    r"(?:experts?|analysts|consultants|advisers|advisors|bloggers|people|others|everyone|everybody|someone|somebody|"
    r"companies|firms|businesses|"
    r"agencies|start-?ups|articles?|reports?|studies|guides|experten|fachleute|berater|andere|leute|firmen|"
    r"unternehmen|agenturen|man|jemand|"
    r"(?:les\s+|des\s+)?(?:experts|spécialistes|gens|entreprises|agences|autres)|d'autres|"
    r"(?:l[oa]s\s+)?(?:expert[oa]s|especialistas|"
    r"empresas|agencias)|la\s+gente|otr[oa]s)"
)
_EVERYBODY = re.compile(
    rf"{_LEAD}(?:(?:some|many|most|few|several|manche|einige|viele|die\s+meisten|certaine?s|beaucoup|la\s+plupart|"
    rf"plusieurs|algun[oa]s|much[oa]s|"
    r"la\s+mayoría|varios)(?:\s+(?:of|de|des|d'|von)\s+(?:the\s+)?)?(?:\s+(?!(?:our|my|"
    r"us)\b)[^\W\d_]+){0,2}?\s+(?:say|says|said|recommend|suggest|advise|think|"
    rf"claim|need|expect|use|sagen|empfehlen|raten|meinen|brauchen|disent|recommandent|conseillent|pensent|dicen|"
    rf"recomiendan|aconsejan|piensan|"
    rf"necesitan|{_HAS})\b|{_PLURALS}\s+(?:\w+\s+){{0,2}}?(?:say|says|said|recommend|suggest|advise|think|claim|"
    rf"need|expect|use|sagt|sagen|"
    rf"empfehlen|empfiehlt|raten|rät|meinen|meint|brauchen|braucht|rechnet|disent|recommandent|conseillent|pensent|"
    rf"dicen?|recomiendan?|"
    rf"aconsejan|piensan|necesitan|{_HAS})\b|(?:you|one)\s+(?:\w+\s+)?(?:need|needs|should|must|have\s+to)\b|"
    rf"il\s+(?:faut|faudrait)\b|"
    r"on\s+dit\b|hay\s+que\b|se\s+(?:necesita|dice|recomienda)\b|dicen\b)",
    _FLAGS,
)
_HEARD = re.compile(
    rf"{_LEAD}(?:(?:i|we)(?:'ve|\s+have)?\s+(?:once\s+|just\s+|also\s+)?(?:read|heard|saw|seen|learned|was\s+told|"
    rf"were\s+told)\b|apparently\b|"
    r"reportedly\b|supposedly\b|according\s+to\b|(?:ich|wir)\s+habe?n?\s+[^.!?]{0,40}?(?:gelesen|gehört)\b|"
    r"ich\s+las\b|angeblich\b|laut\b|"
    r"(?:j'ai|nous\s+avons|on\s+a)\s+(?:lu|entendu|vu)\b|il\s+paraît\b|on\s+m'a\s+dit\b|selon\b|d'après\b|(?:he|"
    r"hemos)\s+(?:leído|oído|visto)\b|"
    r"leí\b|según\b|me\s+(?:han\s+dicho|dijeron)\b)",
    _FLAGS,
)
_TYPICAL = re.compile(
    r"\b(?:typical|average|usual|normal|common|standard|realistic|recommended|typisch\w*|üblich\w*|normale?[sr]?|"
    r"durchschnittlich\w*|empfohlen\w*|"
    r"típic[oa]|habitual|medi[oa]|recomendad[oa])\s+(?:\w+\s+)?(?:budget|team|price|spend|presupuesto|equipo)\b|"
    r"\b(?:budget|presupuesto|équipe|equipo)\s+(?:typique|moyenn?e?|normale?|habituel(?:le)?|recommandée?|típic[oa]|"
    r"normal|medi[oa]|habitual|"
    r"recomendad[oa])\b",
    _FLAGS,
)
_IS_TYPICAL = re.compile(
    r"[^.!?]{0,20}?\b(?:is|are|seems?|ist|sind|est|sont|es|son)\s+(?:\w+\s+)?(?:typical|average|usual|normal|common|"
    r"standard|recommended|typisch|üblich|"
    r"normal|typique|habituel|courant|típico|habitual|común)\b",
    _FLAGS,
)
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
    rf"{_LEAD}(?:with|mit|avec|con)\s+(?!{_OURS}\b)[^.!?]{{0,60}}?\b(?:(?:i|we|you|one)(?:'d|\s+(?:could|would|"
    rf"might))|(?:könnte|würde)\w*\s+(?:ich|"
    r"wir|man)|(?:on|nous|je|il)\s+(?:pourr|ser|fer|aur)\w+|podr[íi]\w+|har[íi]amos)\b(?!\s+(?:spend|pay|invest))",
    _FLAGS,
)
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
    rf"{_LEAD}(?P<name>[^\W\d_][\w&.-]*(?:\s+[^\W\d_][\w&.-]*){{0,2}}?)\s+(?:already\s+|currently\s+|alone\s+|"
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
_BUDGET = re.compile(r"budget|presupuesto", _FLAGS)
_FIRST_PERSON = re.compile(rf"\b{_OURS}\b", _FLAGS)
_FOR_US = re.compile(
    r"\b(?:for\s+(?:us|me|our|my)|bei\s+uns|für\s+uns|pour\s+nous|chez\s+nous|para\s+nosotros)\b", _FLAGS
)
_AND_OURS = re.compile(r"\b(?:and|but|so|und|et|y)\b|\b(?:the|das|le|el)\s+(?:budget|presupuesto)\b", _FLAGS)
_FRENCH_PEOPLE = re.compile(r"\s*(?:personnes|employés|salariés|collaborat\w+)\b", _FLAGS)
_NEW_SUBJECT = re.compile(
    rf"\b(?:and|but|und|aber|et|mais|y|pero|while|während|tandis\s+que|mientras(?:\s+que)?)\s+(?=(?:{_OURS}|{_THE}|"
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


def _spans(sums: Sequence[Money], figures: Sequence[Range]) -> set[tuple[int, int]]:
    return {*((one.start, one.end) for one in sums), *((one.start, one.end) for one in figures)}


def _is_others(message: MessageText, start: int, end: int, company: str | None) -> bool:
    clause = message.clause_at(start)
    if clause is None or not clause.is_told:
        return False
    began = [found.end() for found in _NEW_SUBJECT.finditer(message.text, clause.start, start)]
    before = message.text[max([clause.start, *began]) : start]
    after = message.text[end : clause.end]
    if _is_somebodys(before) or _is_everybodys(before, after) or _is_wished_for(message, clause, before):
        return True
    if message.asked is not None and message.asked.kind in (SlotKind.QUANTITY, SlotKind.MONEY):
        return False  # "we serve 300 guests" and "Acme has 40" answer the question
    is_met = _MET.search(before) or _THEY_DID.match(after) or _MET_AFTER.match(after)
    return bool(is_met) or _is_named(message, before, after, company)


def is_others_number(message: MessageText, start: int, end: int) -> bool:
    """Tell whether a number in words is of other people: "unser Kunde hat zwanzig Mitarbeiter"."""
    return _is_others(message, start, end, None)


def _is_somebodys(before: str) -> bool:
    if _OTHER_PARTY.match(before) and not _OURS_AFTER_ALL.match(before):
        return True
    return _speaks(_INSTITUTION, before)


def _speaks(pattern: re.Pattern[str], before: str) -> bool:
    found = pattern.match(before)
    return found is not None and not _FIRST_PERSON.search(before, found.end())


def _is_everybodys(before: str, after: str) -> bool:
    if _speaks(_EVERYBODY, before):
        return True
    if _speaks(_HEARD, before) and not _AND_OURS.search(before):
        return True
    is_typical = _TYPICAL.search(before) or (_BUDGET.search(before) and _IS_TYPICAL.match(after))
    return bool(is_typical) and not (_FIRST_PERSON.search(before) or _FOR_US.search(after))


def _is_wished_for(message: MessageText, clause: Clause, before: str) -> bool:
    if not _BUDGET.search(clause.text):
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

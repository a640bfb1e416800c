"""Who else has people and money: clients, colleagues and institutions, and what "experts" say anybody needs.

In English, German, French and Spanish; a pattern is matched where the subject of a statement begins.
"""

import re

_FLAGS = re.IGNORECASE
LEAD = (
    r"\W*(?:(?:and|but|so|because|well|also|now|look|actually|btw|und|aber|also|weil|denn|et|mais|car|y|pero|porque|"
    r"hi|hello|hallo|"
    r"bonjour|hola)\b[,\s]*){0,3}"
)
OURS = (
    r"(?:we|we're|we'?ve|our|ours|us|i'm|i'?ve|my|wir|uns|unser\w*|mein\w*|nous|notre|nos|mon|ma|mes|nuestr\w+|mi|mis|"
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
THE = r"(?:the|an?|another|your|der|die|das|ein\w*|le|la|les|une?|des|el|los|las|una?|unos)"
_HAS = (
    r"(?:has|have|had|is|are|was|were|got|employs?|counts?|spends?|pays?|approved|budgets?|budgeted|gave|told|"
    r"plans?|hat|haben|hatte[n]?|ist|"
    r"sind|besch[äa]ftig\w+|z[äa]hl\w+|gibt|geben|zahl\w+|plant|plane?n|a|ont|avait|est|sont|emploie\w*|compte\w*|"
    r"dépense\w*|paie\w*|prévoi\w+|"
    r"tienen?|tenía\w*|es|son|emplea\w*|cuenta\w*|gasta\w*|paga\w*)"
)
_OTHER_PARTY = re.compile(
    rf"{LEAD}(?:{_OF_OURS}|{THE})\s+(?:\w+\s+){{0,2}}?(?:{_THEIRS}|{_THEIRS_ELSEWHERE})(?:(?:'s?|'s\s+\w+)(?=\s)|"
    rf"\s+(?:from|of|in|aus|von|de)\s+"
    rf"\w+)?\s+(?:(?!and\b|und\b|et\b|y\b)\w+\s+){{0,2}}?{_HAS}\b|"
    rf"{LEAD}(?:{_OF_OURS})\s+(?:{_THEIRS}'s?|{_THEIRS}s')\s|"
    rf"[^.!?]*\b(?:team|firma|company|budget|équipe|entreprise|equipo|empresa|presupuesto|size)\s+(?:of|von|de|d'|"
    rf"del|(?=(?:mein|unser)))\s*"
    rf"(?:{_OF_OURS}\s+)?(?:{_THEIRS}|{_THEIRS_ELSEWHERE}|kollegen)\b",
    _FLAGS,
)
_CUSTOMERS_PAY = re.compile(
    rf"{LEAD}(?:{_OF_OURS}|{THE}|many|most|some)\s+(?:\w+\s+){{0,2}}?(?:clients|customers|guests|visitors|members|buyers|"
    rf"readers|users|kunden|kundinnen|gäste|mitglieder|clients|clientes|usagers|huéspedes|usuarios)\s+(?:\w+\s+){{0,5}}?"
    r"(?:pay|paying|spend|spending|invest|afford|zahlen|bezahlen|ausgeben|payer|paient|dépenser|dépensent|pagar|pagan|"
    r"gastar|gastan|wollen|möchten|würden|können|haben)\b",
    _FLAGS,
)
"""What they want to pay is no budget of the visitor's, who sells to them."""

_OURS_AFTER_ALL = re.compile(
    rf"{LEAD}{_OF_OURS}\s+(?:{_THEIRS})\s+(?:support|service|care|success|team|budget|base|and\s+(?:i|me|we)\b)|"
    rf"{LEAD}{_OF_OURS}\s+(?:{_THEIRS_ELSEWHERE})\s+(?:und\s+ich|et\s+moi|y\s+yo)\b",
    _FLAGS,
)
_INSTITUTION = re.compile(
    rf"{LEAD}(?:(?:the|our|their)\s+(?:\w+\s+)?(?:government|state|mayor|president|minist(?:ry|er)|eu|county|"
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
    rf"{LEAD}(?:(?:some|many|most|few|several|manche|einige|viele|die\s+meisten|certaine?s|beaucoup|la\s+plupart|"
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
    rf"{LEAD}(?:(?:i|we)(?:'ve|\s+have)?\s+(?:once\s+|just\s+|also\s+)?(?:read|heard|saw|seen|learned|was\s+told|"
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
BUDGET = re.compile(r"budget|presupuesto", _FLAGS)
_FIRST_PERSON = re.compile(rf"\b{OURS}\b", _FLAGS)
_FOR_US = re.compile(
    r"\b(?:for\s+(?:us|me|our|my)|bei\s+uns|für\s+uns|pour\s+nous|chez\s+nous|para\s+nosotros)\b", _FLAGS
)
_AND_OURS = re.compile(r"\b(?:and|but|so|und|et|y)\b|\b(?:the|das|le|el)\s+(?:budget|presupuesto)\b", _FLAGS)


def speaks_of_another(before: str) -> bool:
    """Tell whether the words before a figure say that somebody else has it: "my client has"."""
    is_others = _OTHER_PARTY.match(before) or _CUSTOMERS_PAY.match(before)
    if is_others and not _OURS_AFTER_ALL.match(before):
        return True
    return _speaks(_INSTITUTION, before)


def speaks_of_everybody(before: str, after: str) -> bool:
    """Tell whether a figure is what anybody has or needs: "experts recommend", "a typical budget is"."""
    if _speaks(_EVERYBODY, before):
        return True
    if _speaks(_HEARD, before) and not _AND_OURS.search(before):
        return True
    is_typical = _TYPICAL.search(before) or (BUDGET.search(before) and _IS_TYPICAL.match(after))
    return bool(is_typical) and not (_FIRST_PERSON.search(before) or _FOR_US.search(after))


def _speaks(pattern: re.Pattern[str], before: str) -> bool:
    found = pattern.match(before)
    return found is not None and not _FIRST_PERSON.search(before, found.end())

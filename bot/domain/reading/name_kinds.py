"""Whether a bare name is a person's or a company's, by its words: suffixes, trades, initials, given names.

For lists and one-word answers, where no sentence says who is who.
"""

import re
from typing import Literal

from bot.domain.reading.given_names import GIVEN_NAMES
from bot.domain.reading.name_words import CHAT_WORDS, COMPANY_SUFFIX, NOT_NAMES, TALK_WORDS
from bot.domain.reading.numbers import find_numbers

NameKind = Literal["person", "company"]

_FLAGS = re.IGNORECASE
_PERSON_MARKS = re.compile(
    r"^(?:mr|mrs|ms|miss|dr|prof|sir|rev|hon|judge|senator|rep|father|sister|brother|capt|sgt|lt|col|"
    r"gen|fr|sr)\b\.?\s|\b(?:jr|sr|ii|iii|iv|m\.?d|d\.?o|ph\.?d|esq|d\.?d\.?s|cpa|r\.?n|dvm|"
    r"realtor)\b\.?\s*$|\bc/o\b|^[\w'-]+,\s*[\w'-]+(?:\s+[\w'.-]+){0,2}$|[\"(][A-Za-z]+[\")]|"
    r"^(?:[A-Z]\.){2,3}\s+[A-Z][a-z]+$|^(?:mr|dr)\.?\s+(?:and|&)\s+mrs",
    _FLAGS,
)
_TRADES = re.compile(
    r"\b(?:access|accounting|ace|adventures|advertising|affordable|air|alliance|all|amalgamated|"
    r"american|apartments?|appliances?|basilica|brokerage|chapel|cathedral|congregation|ctr|dba|"
    r"dentistry|exterminators?|ins|league|mfg|parish|party|paving|pharmaceuticals?|rehab|svc|temple|"
    r"groups|architects?|arts?|athletics?|attorneys?|auction|automotive|aviation|bar|barbers?|"
    r"baptist|beauty|beer|best|beverages?|bicycles?|big|board|boats?|books?|"
    r"bros|brothers|builders?|building|bureau|business|cab|cable|campaign|candles?|cards?|care|"
    r"carpets?|caucus|center|centers|central|centre|chamber|charities|chemicals?|"
    r"chiropractic|choice|cinemas?|citizens?|city|classic|cleaners|cleaning|climbing|coalition|"
    r"coffee|collection|commercial|commission|"
    r"communit(?:y|ies)|computers?|concrete|connection|contractors?|corner|council|counseling|"
    r"country|county|cpas?|craft|creations?|creative|credit|custom|dance|data|day|deli|delivery|"
    r"democrat(?:s|ic)?|design(?:s|ers?)?|development|digital|direct|discount|displays?|"
    r"distribut(?:ors?|ing)|district|diner|doors?|"
    r"elect|electrical|electronics?|elementary|employees?|engineering|entertainment|environmental|"
    r"equipment|estates?|events?|executive|exchange|express|family|farms?|fashions?|financial|"
    r"firefighters|fitness|flooring|florist|flowers|for|foundation|framing|freight|fuel|fund|funeral|"
    r"furniture|gallery|games|"
    r"garage|gardens?|gas|general|gifts?|glass|global|golf|governments?|graphics?|great|"
    r"green|grill|grocery|guild|gym|hair|hall|hardware|heating|high|home|homes|house|housing|images?|"
    r"imports?|independent|industrial|information|inn|innovations?|instruments?|interiors?|"
    r"interactive|investments?|jewel(?:er|ers|ry)|"
    r"kids|kitchens?|laboratories|land|landscap(?:e|ing)|lawn|leasing|legal|legion|liquors?|local|"
    r"locksmith|lodge|lounge|lumber|machine(?:ry)?|magazine|mail|management|manor|manufacturing|"
    r"marine|market|marketing|markets|materials|meat|mechanical|memorial|metal|metals|methodist|"
    r"ministries|mortgage|motel|moving|music|nails|"
    r"national|natural|new|news|night|no|north(?:ern)?|nursery|office|oil|on|online|optical|"
    r"organi[sz]ation|outdoor|pac|packaging|paint(?:ing)?|paper|park|parts|party|pet|pets|petroleum|"
    r"photo|photography|physicians?|pizza|plants?|plastics|plumbing|police|post|power|press|"
    r"print(?:ing|ers?)?|pro|produce|products?|productions?|professional|"
    r"project|public|publications?|publishing|radio|ranch|real|records?|recycling|regional|rental|"
    r"rentals|renting|repair|republican|research|residential|resort|resources|retail|river|roofing|"
    r"royal|safety|sales|sanitary|savings|science|security|senior|service|seminary|sheet|shoes|"
    r"signs?|social|soft|solar|south(?:ern)?|spa|specialt(?:y|ies)|sports?|"
    r"staffing|state|station|steel|stone|storage|street|supply|supplies|support|"
    r"surgery|tailor|tavern|tax|taxi|tea|tech|technical|technology|telecom|textiles?|theat(?:er|"
    r"re)|tile|tires?|tobacco|tool|tools|tours|town|township|toys|trade|trades|trading|training|"
    r"trans|transit|transport(?:ation)?|travel|treasures|tree|"
    r"tribe|trucking|trucks?|ultimate|unit|united|universal|upholstery|usa|utilities|valley|vending|"
    r"video|village|vision|visual|ward|warehouse|waste|water|web|welding|west(?:ern)?|wholesale|"
    r"window|windows|wine|wireless|women|wood|woods|workers?|works|world|yacht|yoga|youth|zone|of|"
    r"the|and|by|my|our|to|in|at)\b",
    _FLAGS,
)
_COMPANY_MARKS = re.compile(
    r"&|\+|#|\d|/|@|'s\b|s'\s|\.com\b|\.net\b|\.org\b|_|(?:^|\s)(?:[a-z]\.){2,}(?:\s+[a-z]|$)|"
    r"(?-i:(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bLa)(?<!\bVan)(?<!\bDi)(?<!\bLe)(?<=[a-z])[A-Z])",
    _FLAGS,
)
_INITIAL = re.compile(r"(?:^|\s)[A-Za-z]\.?(?=\s)")
_LONGEST_PERSON = 5


def classify_name(text: str) -> tuple[NameKind, float]:
    """Return whether a bare name is a person's or a company's, with a confidence (0–1)."""
    name = text.strip()
    words = re.findall(r"[^\W\d_][\w'.-]*", name)
    surname, _, given = name.lower().partition(", ")
    if given.split(" ")[0] in GIVEN_NAMES and " " not in surname:
        return "person", 0.9
    if _is_couple(words, "&" if "&" in name else "and"):
        return "person", 0.85
    if (
        _PERSON_MARKS.search(name)
        and not _is_trade(re.sub(r"(?i)^(?:mr|dr)\.?\s+(?:and|&)\s+mrs", "", name))
        and not re.search(r"\d|&(?!\s*mrs)", name, _FLAGS)
    ):
        return "person", 0.9
    if (
        _COMPANY_MARKS.search(name)
        or COMPANY_SUFFIX.search(name)
        or _is_trade(name)
        or len(words) > _LONGEST_PERSON
    ):
        return "company", 0.9
    if len(words) == 1:
        return _single(name)
    if (
        words[0].lower().strip(".") in GIVEN_NAMES
        or _INITIAL.search(name)
        or words[-1].lower() in GIVEN_NAMES
    ):
        return "person", 0.9
    return ("person", 0.7) if all(word[0].isupper() for word in words) else ("person", 0.55)


def _is_couple(words: list[str], joined: str) -> bool:
    """Tell "Ann and Bob Lee" from "Lee and Sons"."""
    lower = [word.lower() for word in words]
    if len(lower) < _FEW_WORDS or lower[0] not in GIVEN_NAMES:
        return False
    return lower[1] in GIVEN_NAMES if joined == "&" else lower[1] == "and" and lower[2] in GIVEN_NAMES


def _is_trade(name: str) -> bool:
    # "and" joins companies; a couple is told by its titles before this is asked.
    return _TRADES.search(name) is not None


def _single(name: str) -> tuple[NameKind, float]:
    """Judge one word: people give theirs more often than they give a brand."""
    return "person", 0.85 if name.lower() in GIVEN_NAMES else 0.55


_BARE = re.compile(r"[(\w][^\n?!:;=<>\[\]{}|\\$€£%]{1,119}")
_MOST_WORDS = 14
_OPENING_WORDS = "about an at by each every for from im in its last my next no on over this to under with yes"
_FEW_WORDS = 3
_NUMBERED = re.compile(
    r"(?:#|\blocal(?:\s+no\.?)?|\bpost|\blu|\bunit|\bward|\bstore|\bchapter)\s*#?\s*\d|\d+(?:st|nd|"
    r"rd|th)\s+ward",
    _FLAGS,
)


def is_bare_name(text: str) -> bool:
    """Tell whether a text may be a name and nothing else: no verb, no question, every word fit for a name."""
    core = text.strip().rstrip(".")
    words = re.findall(r"[\w'.-]+", core.lower())
    if not words or len(words) > _MOST_WORDS or not _BARE.fullmatch(core) or _says_more(core, words):
        return False
    if words[0] in GIVEN_NAMES or COMPANY_SUFFIX.search(core) or (_is_headed(core) and len(words) > 1):
        return True
    if len(words) > 1 and (_is_trade(core) or "&" in core):
        return True
    if len(words) > _FEW_WORDS:
        return _PERSON_MARKS.search(core) is not None
    return not is_code(core) and (core.isupper() or not any(word in NOT_NAMES for word in words))


def _says_more(core: str, words: list[str]) -> bool:
    """Tell whether verbs, everyday nouns or figures show that a text is more than a name."""
    has_suffix = COMPANY_SUFFIX.search(core) is not None
    if words[0] in _OPENERS or any(word.strip(".") in TALK_WORDS for word in words[1:]):
        return True
    if re.search(r"\d", core) and not _NUMBERED.search(core) and not (core[0].isupper() and has_suffix):
        return True
    if has_suffix or _is_headed(core):
        return False
    figures = sum(number.end - number.start for number in find_numbers(core))
    return figures > len(core) // 2 or any(w.strip(".") in CHAT_WORDS or w in TALK_WORDS for w in words)


def _is_headed(core: str) -> bool:
    """Tell whether every longer word begins with a capital."""
    return all(word[0].isupper() for word in re.findall(r"[^\W\d_][\w'.-]*", core) if len(word) > _FEW_WORDS)


def is_code(text: str) -> bool:
    """Tell whether a text looks like the letters of a reference."""
    first = text.split(maxsplit=1)[0] if text.split() else ""
    return first.islower() and len(first) <= _FEW_WORDS and first not in GIVEN_NAMES


def is_chat(text: str) -> bool:
    """Tell whether a text holds everyday words of a chat, which no name is made of."""
    return any(word in CHAT_WORDS or word in TALK_WORDS or word in _OPENERS for word in text.lower().split())


_OPENERS = frozenset(_OPENING_WORDS.split())

"""What short messages do: greet, thank, say yes, no, no thanks or goodbye.

Whole clauses are compared with small vocabularies (English, and the everyday ones of German, French and
Spanish); anything longer is left to the rest of the reading.
"""

import re
from collections.abc import Sequence

from bot.domain.reading.longer_acts import GOODBYES, PUT_OFF, REFUSALS
from bot.domain.reading.once_a_message import once_a_message
from bot.domain.reading.other_acts import DENY_ELSEWHERE, DONT_KNOW_ELSEWHERE, REFUSE_ELSEWHERE
from bot.domain.reading.reading import Act
from bot.domain.reading.thinks_over import THINKS_OVER

_FLAGS = re.IGNORECASE
_POLITE = (
    r"(?:\s*,?\s*(?:please|pls|thanks|thank\s+you|thx|sir|madam|ma'?am|mate|man|dear|team|all|"
    r"everyone|folks|guys|buddy|friend|again|very\s+much|so\s+much|a\s+lot|much|bro|dude))*"
)

_GREETING = (
    r"(?:h+i+(?:ya|\s+there)?|hai+|he+y+(?:\s+(?:there|ya))?|hello+(?:\s+there)?|helo+|hallo|hola|"
    r"howdy|yo|sup|greetings|good\s*(?:morning|afternoon|evening|day)|"
    r"gm|morning|afternoon|evening|salut|bonjour|bonsoir|coucou|buenos\s+d[ií]as|"
    r"buenas(?:\s+(?:tardes|noches))?|guten\s+(?:tag|morgen|abend)|moin(?:\s+moin)?|"
    r"servus|gr(?:ü|ue?)(?:ß|ss)\s+gott|namaste|(?:is\s+)?any(?:one|body)\s+(?:there|here|around)|(?:ist\s+)?(?:hier\s+)?jemand\s+da|"
    r"(?:il\s+)?y\s+a\s+quelqu'un|(?:¿\s*)?hay\s+alguien(?:\s+ah[íi])?|what'?s\s+up|wass?up|how\s+are\s+(?:you|"
    r"u)(?:\s+(?:doing|today))*|how'?s\s+it\s+going|nice\s+to\s+meet\s+you|hope\s+you(?:'re|"
    r"\s+are)\s+(?:well|fine|good))"
)
# What is thanked for ends where something is asked: "thanks for the help, do you ship to France?".
_THAT = (
    r"(?:(?!\b(?:how|what|when|where|which|can|could|do|does|is|are|will|would|may)\s+"
    r"(?:i|you|we|they|it|the|there|this|that|my|your|long|much|many|about|soon|far)(?!\w))[^,;!?\n])*"
)
_FOR = rf"for\b{_THAT}"
_THANKS = (
    r"(?:(?:ok(?:ay)?|great|perfect|awesome|cool|nice|excellent|good|yes|ya|yeah|wow|wonderful|super|"
    r"lovely|alright|fine|got\s+it)[\s,.!]+|ok(?:ay)?(?=thank))*"
    r"(?:many\s+thanks|thanks?(?:\s+(?:you|u|a\s+(?:lot|ton|bunch|million)|so\s+much|very\s+much|"
    rf"{_FOR}|again|to\s+you))*|thank\s*(?:you|u)(?:\s+(?:so|very)\s+much|\s+{_FOR})?|thx|tnx|tks|"
    r"ty|tysm|cheers|much\s+appreciated|"
    rf"i\s+(?:really\s+)?appreciate\b{_THAT}|appreciated|that(?:'s|\s+(?:is|was))\s+(?:very\s+|really\s+|"
    r"so\s+)?helpful(?:\s+(?:for\s+|to\s+)?\w+)?|you(?:'ve|\s+have)\s+been\s+(?:very\s+|so\s+)?(?:helpful|great)|"
    r"danke(?:\s+(?:sch[öo]n|sehr|dir|ihnen))?|vielen\s+dank|merci(?:\s+(?:beaucoup|bien))?|"
    r"(?:muchas\s+)?gracias)"
)
_GOODBYE = (
    r"(?:(?:good\s*)?bye+(?:\s*bye+)?|good\s*night|see\s+(?:you|ya|u)(?:\s+(?:later|soon|around|"
    r"tomorrow|then))?|cya|ttyl|farewell|take\s+care|have\s+an?\s+(?:\w+\s+){1,2}(?:day|evening|"
    r"night|weekend|one|time|afternoon|week|morning)(?:\s+ahead)?|"
    r"(?:thats|that(?:'s|\s+is|\s+was|\s+will\s+be|'ll\s+be))\s+(?:all|it|"
    r"everything)(?:\s+(?:for\s+(?:now|today)|thanks|i\s+need(?:ed)?))*|i(?:'m|\s+am)\s+(?:done|"
    r"leaving)|talk\s+(?:to\s+you\s+)?(?:soon|later)|"
    r"later|ciao|tsch(?:ü|ue?)(?:ss|ß)|auf\s+wiedersehen|bis\s+(?:bald|dann|sp[äa]ter)|au\s+revoir|"
    r"[àa]\s+bient[ôo]t|adi[óo]s|hasta\s+(?:luego|pronto|ma[ñn]ana)|same\s+to\s+you)"
)
_WHO = (
    r"(?:who\s+(?:are|r)\s+(?:you|u)|what\s+are\s+you|what(?:'s|\s+is)\s+your\s+name|"
    r"who\s+am\s+i\s+(?:talking|speaking|chatting)\s+(?:to|with)|who\s+is\s+this|"
    r"(?:are\s+you|(?:are|r)\s+u|ur|you\s+are|you're)\s+(?:an?\s+)?(?:(?:real|actual|live)\s+)?(?:bot|robot|human|person|real|ai|machine|"
    r"chat\s?bot|computer|chatgpt|gpt)(?:\s+(?:person|human))?(?:\s+or\s+(?:an?\s+)?(?:\w+\s+)?\w+)?|"
    r"am\s+i\s+(?:talking|speaking|chatting)\s+(?:to|with)\s+(?:an?\s+)?(?:real\s+)?(?:bot|robot|"
    r"human|person|ai|machine)(?:\s+or\s+(?:an?\s+)?(?:\w+\s+)?\w+)?|is\s+this\s+an?\s+(?:bot|robot|"
    r"real\s+person|human|ai)|what\s+can\s+you\s+do|"
    r"what\s+do\s+you\s+do|wer\s+bist\s+du|qui\s+es[\s-]tu|qui\s+[êe]tes[\s-]vous|qui[ée]n\s+eres)"
)
_AFFIRM = (
    r"(?:y|ya+h?|ye+s+|yea+h*|yep+|yup+|yus|yas+|aye|yh|sure(?:\s+(?:thing|why\s+not))?|of\s+course|"
    r"certainly|absolutely|definitely|indeed|ok+(?:ay|ie|ey)?|okk+|k|kk|alright|all\s+right|"
    r"right|correct|exactly|"
    r"(?:that(?:'s|\s+is)|it(?:'s|\s+is)|sounds?|looks?)\s+(?:right|correct|fine|good|great|true|"
    r"ok(?:ay)?|perfect)|true|agreed?|i\s+(?:agree|do|am|have|would|will|did|can|think\s+so|"
    r"guess\s+so|accept|consent)|we\s+(?:do|are|have|would|will|did|can)|fine|"
    r"go\s+ahead|please\s+do|by\s+all\s+means|why\s+not|no\s+problem|np|you\s+(?:can|may)|got\s+it|"
    r"great|perfect|cool|good|nice|awesome|done|i\s+see|sounds\s+like\s+a\s+plan|"
    r"(?:(?:i|we)(?:'ll|\s+will)|will)\s+do(?:\s+(?:it|that|this|so))?(?:\s+(?:now|today))?|"
    r"let'?s\s+(?:do\s+(?:it|that)|go)|"
    r"hmm+\s+ok(?:ay)?|yes\s+(?:i|we)\s+(?:do|am|are|have|will|would|can|did)|yes\s+(?:it|that)\s+is|"
    r"👍+|👌+|✅+|ja+(?:\s*,?\s*(?:bitte|gerne?))?|jawohl|jep|klar|gerne?|na\s+klar|natürlich|genau|"
    r"einverstanden|(?:oui|ouais)(?:\s*,?\s*(?:s'il\s+(?:vous|te)\s+pla[iî]t|svp|volontiers|avec\s+plaisir))?|"
    r"bien\s+s[ûu]r|d'accord|s[ií]+(?:\s*,?\s*por\s+favor)?|claro(?:\s+que\s+s[ií])?|por\s+supuesto|vale|de\s+acuerdo)"
)
_DENY = (
    r"(?:n|no+|nope+|nah+|naw|nay|never|not\s+(?:really|yet|at\s+all|now|currently|at\s+the\s+moment|"
    r"right\s+now|ok(?:ay)?|exactly|that\s+i\s+know\s+of)|none|nothing(?:\s+(?:else|more|much|yet))?|"
    r"no\s+(?:other|more|further)\s+(?:\w+)|negative|no\s+way|disagree|incorrect|wrong|false|"
    r"(?:i|we)\s+(?:don'?t|do\s+not|didn'?t|haven'?t|have\s+not|won'?t|can'?t|am\s+not|aren'?t|are\s+not|"
    r"have\s+none|disagree)(?:\s+(?:consent|accept|approve|think\s+so|have\s+(?:one|any|it|that|"
    r"this)|agree|want\s+(?:to|"
    r"that)))?|i'?m\s+not|we're\s+not|"
    r"no\s*,?\s+(?:i|we)\s+(?:don'?t|do\s+not|haven'?t|am\s+not|aren'?t|can'?t|won'?t|didn'?t)|"
    r"no\s*,?\s+(?:it|that)\s+(?:is\s+not|isn'?t)|no\s*,?\s+(?:not\s+(?:yet|really|now)|"
    r"nothing(?:\s+else)?|that(?:'s|\s+is)\s+(?:all|it|wrong))|"
    r"👎+|n/?a|" + DENY_ELSEWHERE + ")"
)
_REFUSE = (
    r"(?:(?:no|nope|nah)\s*,?\s*(?:thanks?(?:\s+(?:you|a\s+lot))?|thank\s+you|thx|ty)(?:\s+.{0,40})?|"
    r"i(?:'d|\s+would|\s+'d)?\s+(?:rather|prefer)\s+(?:not(?:\s+.{0,60})?|to\s+(?:keep|"
    r"stay)\b.{0,60}|keep\b.{0,60})|rather\s+not(?:\s+.{0,40})?|prefer\s+not(?:\s+.{0,40})?|"
    r"(?:that(?:'s|\s+is)\s+|it(?:'s|\s+is)\s+)?none\s+of\s+(?:your|ur)\s+(?:business|concern)|"
    r"mind\s+your\s+own\s+business|(?:that(?:'s|\s+is)\s+)?(?:confidential|private|secret|personal|"
    r"classified)(?:\s+information)?|"
    r"skip(?:\s+(?:this|it|that|the\s+question|please))*|pass|next(?:\s+question)?|"
    r"(?:please\s+)?(?:stop|don'?t|do\s+not|quit)\s+(?:asking|contact|call|email|ask|bother|"
    r"track)\b.{0,60}|stop|unsubscribe|leave\s+me\s+alone|"
    r"i\s+(?:don'?t|do\s+not|won'?t|will\s+not|can'?t|cannot|refuse\s+to|"
    r"decline\s+to)\s+(?:want\s+to\s+|wish\s+to\s+|feel\s+comfortable\s+|"
    r"feel\s+like\s+)?(?:say(?:ing)?|shar(?:e|ing)|tell(?:ing)?|giv(?:e|ing)|disclos(?:e|ing)|"
    r"answer(?:ing)?|provid(?:e|ing)|talk(?:ing)?\s+about|discuss)\b.{0,60}|"
    r"not\s+(?:telling|"
    r"saying|interested|comfortable|sharing)\b.{0,60}|i(?:'m|\s+am)\s+not\s+(?:interested|"
    r"comfortable|telling|saying|sharing)\b.{0,60}|no\s+comment|we\s+(?:don'?t|can'?t)\s+(?:disclose|"
    r"share|discuss)\b.{0,60}|(?:can'?t|cannot|won'?t)\s+(?:tell|share|disclose|reveal)\b.{0,60}|"
    + REFUSE_ELSEWHERE
    + ")"
)
_DONT_KNOW = (
    r"(?:(?:i\s+)?(?:honestly\s+|really\s+|actually\s+)?(?:don'?t|do\s+not|dunno|"
    r"wouldn'?t)\s*(?:really\s+|yet\s+|even\s+|actually\s+)?(?:know|have\s+(?:a|any)\s+(?:clue|"
    r"idea))(?:\s+(?:yet|that|exactly|for\s+sure|sure|about\s+that|right\s+now|the\s+\w+))*|dunno|"
    r"idk|no\s+(?:idea|clue)(?:\s+(?:yet|about\s+that|really))?|"
    r"(?:i(?:'m|\s+am)\s+|we(?:'re|\s+are)\s+)?(?:not\s+(?:really\s+|quite\s+|so\s+|entirely\s+|"
    r"too\s+)?(?:sure|certain|decided)|unsure|undecided|uncertain)(?:\s+(?:yet|"
    r"about\s+\w+(?:\s+\w+)?|right\s+now|at\s+the\s+moment))*|unknown|tbd|to\s+be\s+(?:decided|"
    r"determined|defined)|hard\s+to\s+say|can'?t\s+say(?:\s+yet)?|difficult\s+to\s+say|"
    r"(?:it\s+)?(?:really\s+|all\s+)?depends(?:\s+on\b.{0,60})?|we(?:'ll|\s+will)\s+see|maybe|"
    r"perhaps|possibly|we\s+(?:don'?t|do\s+not)\s+know(?:\s+(?:yet|that))*|"
    r"(?:we\s+)?haven't\s+(?:decided|thought\s+about\s+(?:it|that)|figured\s+(?:it|"
    r"that)\s+out)(?:\s+yet)?|not\s+decided(?:\s+yet)?|open|" + DONT_KNOW_ELSEWHERE + ")"
)


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern}){_POLITE}", _FLAGS)


# Order decides where vocabularies meet: "no thanks" before "no", "no idea" before "no".
_ALL = {
    Act.REFUSE: f"{_REFUSE}|{REFUSALS}",
    Act.DONT_KNOW: f"{_DONT_KNOW}|{PUT_OFF}",
    Act.WHO_ARE_YOU: _WHO,
    Act.GREETING: _GREETING,
    Act.DENY: _DENY,
    Act.THANKS: _THANKS,
    Act.GOODBYE: f"{_GOODBYE}|{GOODBYES}",
    Act.THINKS_OVER: THINKS_OVER,
    Act.AFFIRM: _AFFIRM,
}
_VOCABULARY = tuple((act, _whole(pattern)) for act, pattern in _ALL.items())
_EDGE_MARKS = " \n\t.,!?;:…-–—'\"()*~_😀😃😄😁🙂😊☺️🙏❤️👋😉😅😂🤣\ufe0f"
_LONGEST_ACT = 120


@once_a_message
def small_act(text: str) -> Act | None:
    """Return the act of a short clause that is nothing but that act, None otherwise."""
    core = _core(text)
    if not core:
        return Act.GREETING if "👋" in text else None
    if len(core) > _LONGEST_ACT:
        return None
    whole = next((act for act, pattern in _VOCABULARY if pattern.fullmatch(core)), None)
    return whole or min(_acts_in(core), key=_RANKING.index, default=None)


_BARE_THANKS = re.compile(
    r"(?<!\w)(?:(?:but|and|aber|doch|mais|pero)\s+)?(?:(?:many|vielen|herzlichen|mille|muchas|mil)\s+)?"
    r"(?:thanks?(?:\s*(?:you|u))?|thx|tnx|tks|ty|cheers|danke?(?:\s*sch[öo]n)?|merci|gracias)(?!\w)"
    r"(?:\s+(?:(?:very|so)\s+much|a\s+(?:lot|ton|million)|sehr|beaucoup|bien|again))?"
    r"(?:\s+for\b[^,.;!]*)?(?:[\s,.;!]+(?:but|aber|mais|pero)(?!\w))?",
    _FLAGS,
)
_FIRST_PIECE = re.compile(r"[,.!;\n]")
_PRAISE = re.compile(r"(?:great|perfect|cool|good|nice|awesome|fine|got\s+it|i\s+see|done)", _FLAGS)
_CONTENT = re.compile(r"(?:i'?m|i\s+am|we're|we\s+are)\s+(?:all\s+)?(?:good|fine|ok(?:ay)?)", _FLAGS)


def answer_beside_thanks(text: str) -> Act | None:
    """Return the yes or no that thanks are said with ("yes, thanks", "thanks, but no"), alone or before other words.

    For who asked: praise alone ("great, thanks") is neither; a no that thanks is the "no thanks" it means.
    """
    return _beside_thanks(_core(text)) or _beside_thanks(_core(_FIRST_PIECE.split(text, maxsplit=1)[0]))


def _beside_thanks(core: str) -> Act | None:
    if len(core) > _LONGEST_ACT or not _BARE_THANKS.search(core):
        return None
    rest = _BARE_THANKS.sub(" ", core).strip(_EDGE_MARKS)
    if _CONTENT.fullmatch(rest):
        return Act.REFUSE
    answer = None if _PRAISE.fullmatch(rest) else small_act(rest)
    if answer in (Act.DENY, Act.REFUSE):
        return Act.REFUSE
    return answer if answer is Act.AFFIRM else None


def says_goodbye(text: str) -> bool:
    """Tell whether a short clause takes leave, alone or beside other small acts ("thanks bye")."""
    core = _core(text)
    return 0 < len(core) <= _LONGEST_ACT and Act.GOODBYE in (small_act(text), *_acts_in(core))


def _core(text: str) -> str:
    core = " ".join(text.strip(_EDGE_MARKS).split())
    return re.sub(r"(?<=\w)\s*[!.]+\s+", ", ", core)


_PARTS = tuple((act, re.compile(rf"(?:{pattern})(?!\w)", _FLAGS)) for act, pattern in _ALL.items())
_BETWEEN = re.compile(
    r"(?:[\s,.!;:-]+|(?:and|but|oh|o|ah|um+|uh+|hm+|very|really|so|sir|madam|please|pls?|then|"
    r"actually|well|also|again|to\s+you|you\s+too|all|just|now|l+o+l+|lmao|(?:ha|he){2,}h?)(?!\w))+",
    _FLAGS,
)
_VOCATIVE = re.compile(r"\s*,?\s*[^\W\d_]{2,}", _FLAGS)
# A farewell that thanks is thanks; "no, that is all" is a no; a greeting counts only alone.
_RANKING = (
    Act.REFUSE,
    Act.WHO_ARE_YOU,
    Act.DONT_KNOW,
    Act.THANKS,
    Act.DENY,
    Act.GOODBYE,
    Act.THINKS_OVER,
    Act.AFFIRM,
    Act.GREETING,
)
_MOST_PARTS = 6


@once_a_message
def _acts_in(core: str) -> Sequence[Act]:
    """Return several small acts in a row: "ok sure thank you", "hi Sam"; none where anything else is said."""
    acts: list[Act] = []
    position = _skip(core, 0)
    while position < len(core) and len(acts) < _MOST_PARTS:
        ends = [(match.end(), act) for act, pattern in _PARTS if (match := pattern.match(core, position))]
        if not ends:
            is_named = (
                acts
                and acts[-1] in _NAMED_AFTER
                and _VOCATIVE.fullmatch(core, position)
                and core[position:].lower() not in _NOT_NAMED
            )
            position = len(core) if is_named else -1
            break
        end, act = max(ends, key=lambda pair: pair[0])
        acts.append(act)
        position = _skip(core, end)
    return acts if position >= len(core) else []


_NOT_NAMED_TEXT = """
pricing price prices demo help support sales docs login cost plans
features question problem
"""
_NOT_NAMED = frozenset(_NOT_NAMED_TEXT.split())
_NAMED_AFTER = (Act.GREETING, Act.THANKS, Act.GOODBYE)


def _skip(core: str, position: int) -> int:
    match = _BETWEEN.match(core, position)
    return match.end() if match else position


_LEADING = re.compile(
    r"\W*(?:(?P<yes>yes|yeah|yep|yup|ya|of\s+course|correct)|(?P<no>no|nope|nah))(?!\w)[\s,.!-]+"
    r"(?(no)(?=(?:i|we|i'?m|we're|it|it'?s|that|that'?s|this|there|there'?s|my|our|other|not|nothing|"
    r"just|only|need|more|further|sorry|he|she|they)(?!\w)))",
    _FLAGS,
)


def leading_answer(text: str) -> Act | None:
    """Return the yes or no with which a longer statement begins."""
    match = _LEADING.match(text)
    if match is None or match.end() == len(text) or re.search(r"\d", text):
        return None
    return Act.AFFIRM if match.group("yes") else Act.DENY


_LEAD_WORD = (
    r"(?:yes|yeah|yep|yup|no|nope|ok(?:ay)?|sure|alright|great|cool|perfect|right|of\s+course|"
    r"(?:many\s+)?thanks?(?:\s+you)?(?:\s+(?:so|very)\s+much)?|"
    r"oh|um+|uh+|hmm+|well|so|excuse\s+me|sorry)"
)
_LEAD_IN = re.compile(
    rf"\s*(?:(?:{_GREETING}|{_LEAD_WORD})(?!\w)(?:\s+(?:there|team|sir|madam|all|guys|everyone|again|"
    rf"folks|foyer))?(?:[\s,.!:)-]+|$))+",
    _FLAGS,
)


def skip_lead_in(text: str) -> int:
    """Return where a text begins to say something after "Hi there!", "ok," "yes, …"."""
    match = _LEAD_IN.match(text)
    return match.end() if match else 0

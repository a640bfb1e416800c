"""What the visitor wants of us: to talk to a person, or that we forget them."""

import re
from collections.abc import Iterable

from bot.domain.reading.clauses import Clause
from bot.domain.reading.once_a_message import once_a_message

_FLAGS = re.IGNORECASE
_PERSON_NOUN = (
    r"(?:(?:real|live|actual|human|sales|support|customer\s+(?:service|support|care)|technical|another)\s+)*"
    r"(?:humans?|persons?|people|someone(?:\s+(?:real|else|from\s+\w+|in\s+\w+))?|"
    r"somebody(?:\s+\w+)?|agents?|operators?|representatives?|reps?|sales(?:person|people|man|woman|"
    r"\s+(?:team|rep|department))?|"
    r"advisors?|consultants?|manager|supervisor|support(?:\s+team)?|staff|account\s+executive|"
    r"colleague|your\s+(?:sales|team|boss|manager|support)(?:\s+team)?|team(?!\s+(?:plan|edition|tier|page))|being)"
)
_WANTS_PERSON = re.compile(
    rf"\b(?:(?:talk|speak|chat|connect(?:ed)?|get\s+(?:in\s+touch|through)|put\s+me\s+through|"
    rf"transfer(?:red)?(?:\s+me)?|hand(?:ed)?\s+(?:me\s+)?over|switch(?:\s+me)?|escalate|"
    rf"redirect(?:\s+me)?|forward\s+me)\s+"
    rf"(?:me\s+|us\s+|this\s+)?(?:(?:to|with)\s+)+(?:an?\s+|the\s+|your\s+|some\s+|"
    rf"one\s+of\s+your\s+)?{_PERSON_NOUN}"
    rf"|(?:need|want|prefer|get\s+me|give\s+me|is\s+there)\s+(?:to\s+(?:talk|speak|chat)\s+(?:to|"
    rf"with)\s+)?(?:an?\s+|some\s+)?(?:(?:real|live|actual)\s+(?:person|human|agent|people)|"
    rf"human(?:\s+(?:agent|being))?|(?:live\s+)?agent|operator|representative|sales\s?(?:person|"
    rf"rep))\b"
    rf"|(?:call|contact|reach)\s+(?:me\s+back|a\s+human|an\s+agent|(?:your\s+)?sales(?:\s+team)?|"
    rf"someone)\b|(?:someone|somebody)\s+(?:please\s+)?call\s+me\b"
    rf"|is\s+there\s+(?:an?\s+)?(?:human|person|someone|somebody|anyone|anybody)\s+(?:i|we)\s+(?:can|could)\s+"
    rf"(?:talk|speak|chat|write)|^\W*(?:can|could|may)\s+(?:an?\s+)?(?:(?:real|live|actual)\s+)?(?:human|person|"
    rf"agent)\s+(?:please\s+)?(?:help|assist|answer)\b|(?:have|can|could)\s+(?:someone|somebody|a\s+(?:rep|person|human|"
    rf"salesperson))\s+(?:please\s+)?(?:call|contact|reach|email|get\s+back)"
    rf"|(?:mit\s+(?:einem\s+menschen|jemandem|einem\s+(?:mitarbeiter|berater)|einer\s+(?:mitarbeiterin|beraterin)|"
    rf"(?:dem|ihrem|eurem)\s+(?:team|vertrieb|verkauf|kundenservice|kundendienst|support))\s+(?:sprechen|reden|telefonieren)|"
    rf"(?:parler|discuter|[ée]changer)\s+(?:[àa]|avec)\s+(?:quelqu'un|un\s+(?:humain|conseiller|commercial)|une\s+(?:personne|conseill[èe]re)|"
    rf"(?:l'|votre\s+)[ée]quipe|le\s+service\s+client)|hablar\s+con\s+(?:alguien|"
    rf"una\s+(?:persona|asesora)|un\s+(?:humano|agente|asesor|comercial)|(?:el|su|vuestro|tu)\s+equipo)))\b",
    _FLAGS,
)
_NOT_WANTED = re.compile(
    r"\b(?:don'?t|do\s+not|no\s+need\s+to|rather\s+not|not)\s+(?:\w+\s+){0,3}(?:talk|speak|chat|call|"
    r"contact)\b",
    _FLAGS,
)


_PERSON_ALONE = re.compile(
    r"\W*(?:(?:please|just|but|hi|hello|no|ok(?:ay)?|no\s+(?:more\s+)?bots?|not\s+an?\s+(?:ro)?bot)\W+)*"
    r"(?:(?:i|we)(?:'d|\s+would)?\s+(?:rather\s+|really\s+)?(?:like|love|want|need|prefer|have)\s+)?"
    r"(?:(?:an?|the|some|another|your)\s+)?(?:(?:live|human|real|actual)\s+)*"
    r"(?:agent|humans?(?:\s+being)?|operator|representative|persons?|real\s+people|speak\s+to\s+sales|"
    r"contact\s+sales|talk\s+to\s+sales)\W*(?:(?:please|pls|plz|now|instead|thanks|thank\s+you)\W*)*",
    _FLAGS,
)
_ASKS_FOR_WHOM = re.compile(
    r"\W*(?:(?:and|so|but|then|und|et|y)\W+)?(?:who(?:m)?\s+(?:do|can|could|should|would|must)\s+(?:i|we)\s+(?:best\s+)?(?:talk|speak)\s+(?:to|with)|"
    r"mit\s+wem\s+(?:kann|k[öo]nnen|k[öo]nnten?|soll(?:en|te|ten)?|muss|m[üu]ssen)\s+(?:ich|wir)\s+(?:hier\s+|dar[üu]ber\s+)?(?:sprechen|reden)|"
    r"(?:[àa]|avec)\s+qui\s+(?:puis-je|peut-on|pouvons-nous|dois-je|doit-on|je\s+peux|on\s+peut)\s+parler|"
    r"con\s+qui[ée]n\s+(?:puedo|podemos|debo|debemos|tengo\s+que)\s+hablar)(?:\s+(?:here|about\s+(?:it|this|that)|then|now|please))*\W*",
    _FLAGS,
)
"""Who it is that one talks to, and not about what: nobody but the team can say."""
_SENTENCE_END = re.compile(r"[.!?;\n]+")


@once_a_message
def wants_person(text: str) -> bool:
    """Tell whether the visitor asks to talk to a human."""
    sentences = _SENTENCE_END.split(text)
    if any(pattern.fullmatch(one) for pattern in (_PERSON_ALONE, _ASKS_FOR_WHOM) for one in sentences):
        return True
    return _WANTS_PERSON.search(text) is not None and not _NOT_WANTED.search(text)


_ASKS_US = re.compile(
    r"\W*(?:(?:and|so|then|now|ok(?:ay)?|hi|hello|hey|please|pls|just|also|yes|no|thanks|sorry|"
    r"(?:can|could|would|will)\s+you|(?:you\s+(?:must|should|have\s+to)|(?:i|we)(?:'d|\s+would)?\s+(?:now\s+|"
    r"hereby\s+)?(?:want|like|wish|need|demand|ask|request)(?:\s+you)?)(?:\s+to)?|i\s+hereby|i|"
    r"bitte|ich|ich\s+(?:m[öo]chte|will)|(?:k[öo]nnen|k[öo]nnten)\s+sie|kannst\s+du|"
    r"je|je\s+(?:veux|voudrais|souhaite)|pouvez[\s-]vous|peux[\s-]tu|veuillez|merci\s+de|"
    r"por\s+favor|quiero|quisiera|puedes?|podr[íi]as?)\b[\s,.!:]*)*",
    _FLAGS,
)
_DELETE = r"(?:delete|erase|remove|wipe|destroy|purge|clear|forget|drop)"
_DELETED = r"(?:deleted|erased|removed|wiped|destroyed|purged|forgotten)"
_MY_DATA = (
    r"(?:(?:all|any|everything|the|of)\s+){0,3}(?:my|our|this)\s+(?:(?:personal|contact|private|e-?mail|phone|"
    r"mobile|telephone)\s+)*(?:data|details|info(?:rmation)?|e-?mail|address|number|phone|name|contacts?|records?|"
    r"chat|conversation)"
)
_FORGET_ME = re.compile(
    rf"(?:{_DELETE}\s+(?:about\s+)?{_MY_DATA}|(?:have\s+)?{_MY_DATA}\s+(?:to\s+be\s+|be\s+)?{_DELETED}"
    rf"|{_DELETE}\s+(?:everything|it\s+all|all)(?=\W*$|\s+(?:please|pls|now|about\s+(?:me|us)|(?:that\s+)?"
    r"you(?:'ve|\s+have)?\s+(?:know|kn[eo]wn?|have|hold|store[ds]?|save[ds]?|collect(?:ed)?|got))\b)"
    r"|forget\s+(?:about\s+)?(?:me|us)(?=\W*$|\s+(?:please|pls|now|completely)\b)"
    r"|(?:remove|delete|erase)\s+(?:me|us)(?=\W*$|\s+(?:please|pls|now|from\s+(?:your|the|this|all)\b))"
    r"|(?:withdraw|revoke|retract|cancel|take\s+back)\s+(?:my|our|the)\s+(?:consent|permission)|"
    r"take\s+(?:my|our|the)\s+(?:consent|permission)\s+back|to\s+be\s+forgotten"
    r"|(?:l(?:ö|oe?)sch(?:en?|t)?|entfern(?:en?|t)?|vernichte[nt]?)\s+(?:(?:sie|bitte|alle?)\s+)*(?:(?:meine[nr]?|"
    r"unsere[nr]?)\s+(?:\w+\s+)?(?:daten|angaben|e-?mail|mail|adresse|nummer|\w+(?:daten|nummer|adresse))|"
    r"alles(?=\W*$))|(?:alle\s+)?(?:meine[nr]?|unsere[nr]?)\s+(?:\w+\s+)?(?:daten|angaben|e-?mail\S*|\w*nummer|"
    r"einwilligung|zustimmung)\s+(?:bitte\s+)?(?:l(?:ö|oe?)schen|entfernen|widerrufen|zur[üu]ckziehen)"
    r"|alles\s+l(?:ö|oe?)schen|vergi(?:ss|ß)\s+mich|vergessen\s+sie\s+mich|"
    r"(?:widerrufe|ziehe)\s+(?:hiermit\s+)?meine\s+(?:einwilligung|zustimmung)"
    r"|(?:supprim|effac|enl[eè]v|retir|r[eé]voqu)(?:e[rz]?|ons)\s+(?:toutes?\s+|tous\s+)?(?:mes|mon|ma|les)\s+"
    r"(?:donn[ée]es|informations?|coordonn[ée]es|adresse|e-?mail|num[ée]ro|consentement)|oublie[rz]?[\s-]moi|"
    r"(?:supprim|effac)e[rz]?\s+tout|m'oublier"
    r"|(?:borr|elimin|suprim|quit|retir|revoc|revoqu)(?:ar|[aeo]n?|ir)\s+(?:todos\s+)?(?:mis?|el|los)\s+(?:datos|"
    r"informaci[óo]n|correo|e-?mail|direcci[óo]n|n[úu]mero|tel[ée]fono|consentimiento)|olv[íi]d[ae](?:me|nme)|"
    r"(?:borr|elimin)(?:ar|[ae]n?)\s+todo)(?!\w)(?!\s+(?:in|on|via|using|after|before|when|settings?)\b)",
    _FLAGS,
)


def wants_forgetting(clauses: Iterable[Clause]) -> bool:
    """Tell whether the visitor wants their data deleted or their consent undone; asking how is a question."""
    return any(_is_to_forget(clause.text) and not wants_keeping((clause,)) for clause in clauses)


def _is_to_forget(text: str) -> bool:
    return _FORGET_ME.match(text, _ASKS_US.match(text).end()) is not None  # type: ignore[union-attr]


_NOT = re.compile(
    r"(?<!\w)(?:(?:don['’]?t|do\s+not|never|not|ne|pas|jamais|no(?=\s+(?:me\s+)?(?:borr|elimin|suprim|quit|quier|retir|"
    r"revo[cq]|olv))|nunca|(?:noch\s+|bitte\s+)*(?:nicht(?!\s+(?:erst|nur)\b)|niemals))(?!\w)|n['’](?=\w))\s*",
    _FLAGS,
)
"""A no around a verb; "nicht erst morgen" hurries instead."""


_NOT_THAT = re.compile(
    r"\W*(?:ich\s+(?:will|m[öo]chte)\s+(?:doch\s+)?nicht\s*,\s*da(?:ss|ß)\s+(?:(?:sie|ihr|du|man|alle)\s+){0,2}(?:meine|unsere)\s+"
    r"(?:\w+\s+)?\w+\s+(?:ge)?(?:l(?:ö|oe)sch|entfern)(?:en|t|st)(?:\s+w(?:erden|ird))?|"
    r"je\s+ne\s+(?:veux|souhaite)\s+pas\s+(?:que\s+(?:vous|tu)\s+|qu['’]on\s+)(?:supprim|effac|retir)\w+\s+(?:mes|mon|ma)\s+\w+|"
    r"no\s+quiero\s+que\s+(?:me\s+)?(?:borr|elimin|suprim)\w+\s+mis?\s+\w+)(?:\s+(?:personnelles|personales))?\W*",
    _FLAGS,
)


def denies_forgetting(text: str) -> bool:
    """Tell whether a message says with "not that" that nothing shall be deleted: "no quiero que borren mis datos"."""
    return _NOT_THAT.fullmatch(text) is not None


def wants_keeping(clauses: Iterable[Clause]) -> bool:
    """Tell whether the visitor wants their data or their consent not undone: the wish to be forgotten, denied."""
    return any(
        not clause.is_question
        and (bare := _NOT.sub("", clause.text).strip()) != clause.text.strip()
        and _is_to_forget(bare)
        for clause in clauses
    )


_WRITE = (
    r"(?:contact(?:ing)?|e-?mail(?:ing)?|messag(?:e|ing)|writ(?:e|ing)(?:\s+to)?|reach(?:ing)?\s+out\s+to)"
)
_NO_MORE = r"(?:\s+(?:again|ever|any\s?more|any\s+longer|at\s+all|by\s+e-?mail|please|pls))*\W*$"
_WITHDRAWS = re.compile(
    r"(?:(?:withdraw|revoke|retract|cancel|take\s+back)\s+(?:my|our|the)\s+(?:consent|permission)"
    r"|take\s+(?:my|our|the)\s+(?:consent|permission)\s+back"
    r"|(?:(?:don['’]?t|do\s+not|stop|never)|you\s+(?:may|must|can|should)(?:\s+not|not|n['’]t|\s+no\s+longer))\s+(?:ever\s+)?"
    rf"{_WRITE}\s+(?:me|us){_NO_MORE}"
    r"|(?:i|we)\s+(?:really\s+)?(?:don['’]?t|do\s+not|no\s+longer)\s+(?:want|wish|like)\s+(?:you\s+|anyone\s+|anybody\s+)?"
    rf"to\s+(?:be\s+contacted|hear\s+from\s+(?:you|anyone)|{_WRITE}\s+(?:me|us)){_NO_MORE}"
    rf"|(?:i|we)\s+no\s+longer\s+(?:agree|consent){_NO_MORE}"
    r"|(?:take|remove)\s+(?:me|us)\s+off\s+(?:your|the|this|any)\s+(?:\w+\s+){0,2}list"
    r"|unsubscribe(?:\s+(?:me|us))?(?:\s+(?:please|pls))?\W*$"
    r"|(?<!\bi\s)(?<!\bwe\s)(?:don['’]?t|do\s+not|never)\s+(?:keep|store|save)\s+(?:my|our)\s+(?:personal\s+|contact\s+)?"
    r"(?:e-?mail|mail|address|phone|number|contact|details|data|information)"
    r"|(?<!\bich\s)(?:speicher|behalt)(?:n\s+sie|en\s+sie|t|e)?\s+(?:bitte\s+)?(?:meine|unsere)[nr]?\s+(?:\w+\s+)?"
    r"(?:e-?mail[\w-]*|adresse|(?:telefon)?nummer|(?:kontakt)?daten)\s+(?:bitte\s+)?nicht"
    r"|ne\s+(?:gard|conserv|enregistr)ez\s+pas\s+(?:mon|ma|mes)\s+"
    r"(?:adresse|e-?mail|mail|num[eé]ro|t[eé]l[eé]phone|(?:coor)?donn[eé]es)"
    r"|no\s+(?:guarde|conserve|almacene)[ns]?\s+mis?\s+(?:correo|e-?mail|direcci[oó]n|n[uú]mero|tel[eé]fono|datos)"
    r"|(?:widerrufe|ziehe)\s+(?:hiermit\s+)?meine\s+(?:einwilligung|zustimmung)"
    r"|meine\s+(?:einwilligung|zustimmung)\s+(?:bitte\s+|hiermit\s+)?(?:widerrufen|zur[üu]ckziehen)"
    r"|(?:kontaktier(?:en\s+sie|t|e)\s+mich|schreib(?:en\s+sie|t|e)?\s+mir)\s+(?:bitte\s+)?nicht(?:\s+mehr)?\W*$"
    r"|ich\s+(?:m[öo]chte|will)\s+(?:doch\s+)?nicht\s+(?:mehr\s+)?kontaktiert\s+werden"
    r"|je\s+ne\s+(?:veux|souhaite)\s+(?:plus|pas)\s+[êe]tre\s+contact[ée]e?"
    r"|(?:ya\s+)?no\s+quiero\s+(?:que\s+me\s+(?:contact|escrib)\w+|ser\s+contactad[oa])"
    r"|(?:retir|r[eé]voqu)(?:e[rz]?|ons)\s+mon\s+consentement|ne\s+me\s+contactez\s+(?:plus|pas)\W*$"
    r"|(?:retir|revoc|revoqu)(?:ar|[aeo]n?)\s+mi\s+consentimiento"
    r"|no\s+me\s+contact(?:e|en|es)(?:\s+m[áa]s)?\W*$)",
    _FLAGS,
)


def withdraws_consent(clauses: Iterable[Clause]) -> bool:
    """Tell whether the visitor takes back that they may be contacted; asking how is a question."""
    return any(
        not (clause.is_question or wants_keeping((clause,))) and _WITHDRAWS.match(clause.text, start)
        for clause in clauses
        for start in (0, _ASKS_US.match(clause.text).end())  # type: ignore[union-attr]
    )

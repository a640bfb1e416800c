"""How a text grants something, and how it restricts that, in English, German, French and Spanish."""

import re

FREE = re.compile(
    r"(?<!the )(?<!a )(?<!our )(?<!your )(?<!feel )(?<!-)"
    r"\b(?:free(?! (?:of|from) (?!charge|your|the|our|an?\b|\d|two\b|three\b))|"
    r"gratis|kostenlos|\w*kostenfrei|umsonst|gratuit\w*|offerte?s?|costs? nothing|"
    r"kostet nichts|no charge|no cuesta nada)\b",
    re.IGNORECASE,
)
MAY = re.compile(
    r"\b(?:can|may|allowed|permitted|welcome|accepted|possible|available|included|erlaubt|gestattet|zulässig|"
    r"willkommen|möglich|verfügbar|inbegriffen|enthalten|kann|können|darf|dürfen|peut|peuvent|pouvez|permise?s?|"
    r"autorisée?s?|admise?s?|acceptée?s?|possibles?|disponibles?|comprise?s?|incluse?s?|prêtée?s?|puede[ns]?|"
    r"permitid[oa]s?|admitid[oa]s?|aceptad[oa]s?|posibles?|incluid[oa]s?)\b",
    re.IGNORECASE,
)
ACCEPT = re.compile(
    r"\b(?:accept\w*|take|takes|allow\w*|admit\w*|annehmen|akzeptier\w*|nehmen|erlauben|accept\w*|admett\w*|"
    r"prenons|acept\w*|admit\w*|tomamos)\b",
    re.IGNORECASE,
)
AS_GOOD_AS_FREE = re.compile(
    rf"{FREE.pattern}|\b(?:free|kostenlos\w*|includ\w+|inbegriffen|enthalten|compris\w*|inclu\w+|"
    r"without (?:charge|cost)|at no |no (?:extra )?(?:charge|cost|fee)|not charged?|"
    r"ohne (?:aufpreis|kosten|gebühr)|keine (?:kosten|gebühr)|sans (?:frais|supplément)|aucun frais|rien|offer\w+|"
    r"at our (?:own )?(?:expense|cost)|on us|auf unsere kosten|à nos frais|à notre charge|a nuestro cargo|"
    r"(?:por|de) nuestra cuenta|sin (?:coste|cargo)|nothing|nichts|nada)\b|(?<![\d.,])0\s?[€$£]|[€$£]\s?0(?![\d.,])",
    re.IGNORECASE,
)
IF = re.compile(
    r"\b(?:if|when|as long as|provided|wenn|falls|sofern|solange|si|lorsque|quand|à condition|tant que|cuando|"
    r"siempre que|mientras)\b",
    re.IGNORECASE,
)
EXCEPT = re.compile(
    r"\b(?:except(?: for)?|unless|apart from|other than|excluding|außer|ausgenommen|bis auf|es sei denn|sauf|hormis|"
    r"excepto|salvo|menos los?)\b",
    re.IGNORECASE,
)
RETURNING = re.compile(
    r"\b(?:cancel\w*|returns?|returned|refund\w*|exchang\w*|money back|stornier\w*|absagen|zurückgeben|umtausch\w*|"
    r"annul\w*|rembours\w*|résili\w*|devol\w*|devuel\w*|anular?)\b",
    re.IGNORECASE,
)
CONTRAST = re.compile(
    r"^\W*(?:and |und |et |y )?(?:elsewhere|otherwise|beyond|outside|after(?:wards| that| this)|later|"
    r"thereafter|each further|further|then|others?|sonst|ansonsten|andernfalls|danach|darüber|darunter|außerhalb|"
    r"jede[rs]? weitere|sinon|ailleurs|au-delà|ensuite|(?:les|la|le) suivante?s?|si no|"
    r"de lo contrario|fuera|después|l[ao]s siguientes|cada)\b",
    re.IGNORECASE,
)
FIRST = re.compile(r"\b(?:first|ersten?|premi\w+|primer\w*)\s+$", re.IGNORECASE)
FOR = re.compile(
    r"\b(?:for|für|pour|para)\s+(?!you\b|free\b|all\b|any|every|each\b|sie\b|alle|jede|vous\b|tous\b|toute?s\b|usted|"
    r"todos?\b|todas?\b)",
    re.IGNORECASE,
)
PLACED = re.compile(r"\b(?:on|with|at|in|à|avec|sur|con|en)\s+(?:the\s|la\s|le\s|el\s)?(?=[A-ZÀ-Ý])")

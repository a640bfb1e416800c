"""What a question wishes of a product: a budget, a number of what it is for or measures, the greatest, words.

Promises: pure; the words of English, German, French and Spanish. A wish is sure where the question can only seek
something; "do you have a cargo bike?" and "bikes under 700" may wish, which the products themselves have to tell.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from knowledge.amounts import Budget, Range, find_budget, find_ranges, without_amounts
from knowledge.content import FUNCTION_WORDS
from knowledge.dimensions import (
    Dimension,
    Superlative,
    dimensions_in,
    find_superlative,
    without_dimensions,
)

SEEKING = re.compile(
    r"\b(?:which|what|recommend\w*|suggest\w*|looking for|need|want|something|anything|have|sell|offer|show|find)\b"
    r"|\b(?:welche[rsnm]?|was|empfehl\w*|empfiehl\w*|suche[n]?|brauche[n]?|etwas|habt|gibt|haben)\b"
    r"|\b(?:quel(?:le)?s?|recommand\w*|conseill\w*|cherch\w*|besoin|quelque chose|avez|que)\b"
    r"|\b(?:qué|cuál(?:es)?|recom[ie]+nd\w*|busc\w*|necesit\w*|algo|tienen|tenéis)\b",
    re.IGNORECASE,
)
SOUGHT_FOR = re.compile(
    r"\b(?:something|anything|recommend\w*|suggest\w*|looking for|suitable|right|best)\b.*?\bfor\b"
    r"|\bwhich\s+(?:\w+\s+){1,2}for\b"
    r"|\b(?:etwas|empfehl\w*|suche[n]?|geeignet|welche[rsnm]?\s+\w+)\b.*?\bfür\b"
    r"|\b(?:quelque chose|recommand\w*|cherch\w*|convient|quel(?:le)?s?\s+\w+)\b.*?\bpour\b"
    r"|\b(?:algo|recom[ie]+nd\w*|busc\w*|adecuad\w*|(?:qué|cuál)\s+\w+)\b.*?\bpara\b",
    re.IGNORECASE,
)
# What may as well ask for something else: "do you have parking?", "can I get a receipt?"
HAVING = re.compile(
    r"\b(?:(?:do|would) (?:you|they) (?:have|sell|stock|carry|make|offer)|(?:have you|you) got|got any"
    r"|is there|are there|(?<!do )i(?:'m| am)? (?:need|want|looking for|would like)|i'd like|looking for|show me"
    r"|recommend\w*)\b"
    r"|\b(?:habt ihr|haben sie|gibt es|verkauf(?:t|en) (?:ihr|sie)|ich (?:suche|brauche|möchte))\b"
    r"|\b(?:avez-vous|vous avez|vendez-vous|vous vendez|y a-t-il|je cherche|je veux)\b"
    r"|\b(?:tienen|tenéis|venden|vendéis|hay|busco|quiero)\b",
    re.IGNORECASE,
)
VERBS = re.compile(  # a question with one of them is no mere name of what is sought
    r"\b(?:how|when|where|why|who|is|are|was|do|does|did|can|could|will|would|should|may|must"
    r"|wie|wann|wo|warum|wer|ist|sind|kann|können|wird|muss|darf|comment|quand|où|pourquoi|qui|est|sont|peut|puis"
    r"|cómo|cuándo|dónde|quién|es|son|puede|puedo)\b",
    re.IGNORECASE,
)
PLAN_NOUNS = """
    plan plans tariff tariffs tier tiers package packages subscription subscriptions membership memberships
    tarif tarife tarifs paket pakete forfait forfaits abonnement abonnements formule formules
    planes tarifa tarifas paquete paquetes suscripción suscripciones
"""
# Words that say that something is sought, not what; and what every row of a product table is.
GENERIC = """
    plan plans product products item items option options package packages tariff subscription model models thing
    something anything offer offers recommend suggest look looking find show sell need want best suit suitable right
    good cheap cheapest least most expensive affordable price priced cost costs budget team teams company there any
    month monthly year yearly per people users carry make got one ones old between which tell about more less much
    many go s re ve ll d t
    son sons daughter daughters wife husband mother father grandson granddaughter girlfriend boyfriend
    tarif tarife produkt produkte angebot angebote paket etwas habt haben sie ihr gibt es was welche welcher welches
    welchen ist das der die den dem ein eine einen einem für ich wir uns mir suche brauche empfehlen empfehlt
    günstigste günstigsten billigste preis im monat team bis unter hat alt
    wie viel wieviel dieser diese dieses sohn tochter meinen meine
    forfait forfaits offre offres produit produits quel quelle quels quelles est le la les un une des pour je nous
    vous avez cherche quelque chose moins cher chère prix par mois que de qu équipe combien comment fils fille mon ma
    producto productos oferta ofertas qué cuál cuáles es el los las una unos para yo tienen tenéis busco algo más
    barato barata precio al mes por equipo cuánto cuánta cuántos cuántas cómo hijo hija mi tiene
"""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a product should be: within a budget, for so many, the greatest or least of something, in other words.

    `words` are the stems of the question, `matter` those that say what is sought, `dimensions` the measures it
    names. One that is not sure counts only where products hold all of its matter. `is_of_stock` says that it is asked
    whether something is sold.
    """

    budget: Budget | None
    counts: tuple[Range, ...]
    superlative: Superlative | None
    dimensions: frozenset[Dimension]
    words: frozenset[str]
    matter: tuple[str, ...]
    is_sure: bool
    is_of_stock: bool = False


def generic_words(tokenize: Callable[[str], list[str]]) -> frozenset[str]:
    """Return the stems that say nothing of what is sought."""
    return frozenset(tokenize(GENERIC + FUNCTION_WORDS))


def find_wish(question: str, tokenize: Callable[[str], list[str]], generic: frozenset[str]) -> Wish | None:
    """Return what a question may wish of a product, None when it seeks none.

    Args:
        question: what is asked.
        tokenize: makes stems of a text.
        generic: the stems that say nothing of what is sought.
    """
    budget = find_budget(question)
    superlative = find_superlative(question)
    counted = [count for count in find_ranges(question) if count.noun]
    people = [count for count in counted if count.noun == "people"]
    counts = tuple(people or (counted[:1] if budget is None else ()))
    is_priced = superlative is not None and superlative.dimension is Dimension.PRICE
    is_sought = bool(SEEKING.search(question)) and bool(budget or counts)
    is_sure = is_priced or is_sought or bool(SOUGHT_FOR.search(question))
    may_be = budget or counts or superlative or HAVING.search(question) or not VERBS.search(question)
    if not (is_sure or may_be):
        return None
    rest = without_amounts(without_dimensions(HAVING.sub(" ", question)))
    matter = tuple(word for word in tokenize(rest) if word not in generic and not word.isdigit())
    return Wish(
        budget,
        counts,
        superlative,
        dimensions_in(question),
        frozenset(tokenize(question)),
        matter,
        is_sure,
        is_of_stock=bool(matter and HAVING.search(question)),
    )

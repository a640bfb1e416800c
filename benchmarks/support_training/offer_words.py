"""The words of made-up offers, in four languages."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_NAMES = """
Aster Birch Cobalt Delta Ember Falcon Granite Heron Indigo Juniper Kestrel Larch Maple Nimbus Ochre Pelican
Quartz Rowan Saffron Tundra Umber Violet Willow Xenon Yarrow Zephyr Basic Plus Pro Start Team Max Mini
Studio Classic Prime Lumen Orbis Tavola Varo Selkie Brenta Corvo Dunlin Elba Fjord
"""
NAMES = tuple(_NAMES.split())


@dataclass(frozen=True, slots=True)
class Attribute:
    """What an offer says of its items: the column's header, how a value is drawn, and how it is told.

    `told` and `denied` are clauses that follow the item's name; `{value}` is where the value goes. Of what is only
    so or not so, `denied` tells that it is not, and no value is drawn.
    """

    key: str
    header: str
    told: Sequence[str]
    denied: Sequence[str] = ()
    draw: Callable[[random.Random], str] = lambda _: ""
    is_price: bool = False

    @property
    def is_yes_or_no(self) -> bool:
        """Whether there is no value but so and not so."""
        return bool(self.denied)


@dataclass(frozen=True, slots=True)
class Language:
    """A language's kinds of items, attributes, and small words."""

    code: str
    item: str
    kinds: Sequence[str]
    attributes: Sequence[Attribute]
    yes: str
    no: str
    article: str
    than_article: str
    conjunction: str
    cheaper: Sequence[str]


def _whole(pattern: str, *numbers: int) -> Callable[[random.Random], str]:
    return lambda chance: pattern.format(chance.choice(numbers))


def _money(*patterns: str) -> Callable[[random.Random], str]:
    # One way of writing for all: prices of an offer can be compared.
    return lambda chance: patterns[0].format(
        chance.choice((chance.randint(2, 40) * 10, chance.randint(5, 99)))
    )


def _clock(pattern: str, *hours: int) -> Callable[[random.Random], str]:
    return lambda chance: pattern.format(chance.choice(hours), chance.choice(("00", "30", "15")))


def _one_of(*values: str) -> Callable[[random.Random], str]:
    return lambda chance: chance.choice(values)


ENGLISH = Language(
    "en",
    "Name",
    ("{name} plan", "{name} room", "{name} course", "{name} package", "{name} boat", "{name}"),
    (
        Attribute(
            "price",
            "Price",
            ("costs {value}", "is available for {value}", "has a price of {value}", "can be had for {value}"),
            draw=_money("€{}"),
            is_price=True,
        ),
        Attribute(
            "monthly",
            "Per month",
            ("costs {value} per month", "is billed at {value} a month", "comes to {value} monthly"),
            draw=_money("${}"),
            is_price=True,
        ),
        Attribute(
            "deposit",
            "Deposit",
            ("requires a deposit of {value}", "asks for {value} as a deposit"),
            draw=_money("£{}"),
        ),
        Attribute(
            "seats",
            "Seats",
            ("seats {value} people", "has room for {value}", "is made for {value} people"),
            draw=_whole("{}", 2, 4, 6, 8, 10, 12, 20, 24, 40),
        ),
        Attribute(
            "storage",
            "Storage",
            ("includes {value} of storage", "comes with {value} of space", "stores up to {value}"),
            draw=_whole("{} GB", 5, 10, 20, 50, 100, 250, 500),
        ),
        Attribute(
            "lasts",
            "Duration",
            ("takes {value}", "lasts {value}", "is done within {value}"),
            draw=_whole("{} days", 2, 3, 5, 7, 10, 14, 21),
        ),
        Attribute(
            "opens",
            "Opens",
            ("opens at {value}", "can be used from {value} on"),
            draw=_clock("{}:{} am", 6, 7, 8, 9, 10),
        ),
        Attribute(
            "day",
            "Day",
            ("takes place on {value}", "is held every {value}"),
            draw=_one_of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"),
        ),
        Attribute(
            "help",
            "Support",
            ("comes with support by {value}", "offers help by {value}"),
            draw=_one_of("phone", "e-mail", "chat", "letter"),
        ),
        Attribute(
            "where",
            "Place",
            ("is in {value}", "can be found in {value}", "is located in {value}"),
            draw=_one_of("Leeds", "Dover", "Bristol", "York", "Bath", "Cardiff"),
        ),
        Attribute(
            "weight",
            "Weight",
            ("weighs {value}", "has a weight of {value}"),
            draw=_whole("{} kg", 2, 5, 9, 12, 18, 25, 40),
        ),
        Attribute(
            "meal",
            "Breakfast",
            ("includes breakfast", "comes with breakfast"),
            ("does not include breakfast", "comes without breakfast"),
        ),
        Attribute(
            "cancel",
            "Free cancellation",
            ("can be cancelled free of charge", "has free cancellation"),
            ("can not be cancelled free of charge", "has no free cancellation"),
        ),
        Attribute(
            "dogs",
            "Dogs allowed",
            ("allows dogs", "is open to dogs"),
            ("does not allow dogs", "is closed to dogs"),
        ),
        Attribute(
            "export",
            "Export",
            ("includes export", "lets you export data"),
            ("has no export", "does not let you export data"),
        ),
    ),
    "yes",
    "no",
    "the ",
    "the ",
    " and ",
    ("is cheaper than", "costs less than", "is less expensive than"),
)
GERMAN = Language(
    "de",
    "Name",
    ("Tarif {name}", "Kurs {name}", "Raum {name}", "Wagen {name}"),
    (
        Attribute(
            "price",
            "Preis",
            ("kostet {value}", "ist für {value} zu haben", "hat einen Preis von {value}"),
            draw=_money("{} €"),
            is_price=True,
        ),
        Attribute(
            "monthly",
            "Monatlich",
            ("kostet {value} im Monat", "wird mit {value} pro Monat berechnet"),
            draw=_money("{} Euro"),
            is_price=True,
        ),
        Attribute(
            "seats",
            "Plätze",
            ("hat {value} Plätze", "ist für {value} Personen gedacht", "bietet Platz für {value} Personen"),
            draw=_whole("{}", 2, 4, 6, 8, 10, 12, 20, 24),
        ),
        Attribute(
            "storage",
            "Speicher",
            ("enthält {value} Speicher", "umfasst {value} Speicherplatz"),
            draw=_whole("{} GB", 5, 10, 20, 50, 100, 250),
        ),
        Attribute(
            "lasts",
            "Dauer",
            ("dauert {value}", "ist in {value} fertig"),
            draw=_whole("{} Tage", 2, 3, 5, 7, 10, 14),
        ),
        Attribute(
            "opens",
            "Öffnet",
            ("öffnet um {value}", "ist ab {value} geöffnet"),
            draw=_clock("{}:{} Uhr", 7, 8, 9, 10),
        ),
        Attribute(
            "day",
            "Tag",
            ("findet am {value} statt", "ist immer am {value}"),
            draw=_one_of("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"),
        ),
        Attribute(
            "where",
            "Ort",
            ("ist in {value}", "befindet sich in {value}"),
            draw=_one_of("Kiel", "Bremen", "Ulm", "Graz", "Bern", "Jena"),
        ),
        Attribute(
            "meal",
            "Frühstück",
            ("enthält Frühstück", "bietet Frühstück"),
            ("enthält kein Frühstück", "ist ohne Frühstück"),
        ),
        Attribute(
            "cancel",
            "Kostenlos stornierbar",
            ("ist kostenlos stornierbar", "kann kostenlos storniert werden"),
            ("ist nicht kostenlos stornierbar", "kann nicht kostenlos storniert werden"),
        ),
        Attribute("dogs", "Hunde erlaubt", ("erlaubt Hunde",), ("erlaubt keine Hunde", "ist ohne Hunde")),
    ),
    "ja",
    "nein",
    "der ",
    "der ",
    " und ",
    ("ist günstiger als", "kostet weniger als"),
)
FRENCH = Language(
    "fr",
    "Nom",
    ("forfait {name}", "cours {name}", "bateau {name}", "salon {name}"),
    (
        Attribute(
            "price",
            "Prix",
            ("coûte {value}", "est à {value}", "est proposé à {value}"),
            draw=_money("{} €"),
            is_price=True,
        ),
        Attribute(
            "monthly",
            "Par mois",
            ("coûte {value} par mois", "est facturé {value} par mois"),
            draw=_money("{} euros"),
            is_price=True,
        ),
        Attribute(
            "seats",
            "Places",
            ("a {value} places", "accueille {value} personnes", "est prévu pour {value} personnes"),
            draw=_whole("{}", 2, 4, 6, 8, 10, 12, 20, 24),
        ),
        Attribute(
            "storage",
            "Stockage",
            ("comprend {value} de stockage", "offre {value} d'espace"),
            draw=_whole("{} Go", 5, 10, 20, 50, 100, 250),
        ),
        Attribute(
            "lasts", "Durée", ("dure {value}", "prend {value}"), draw=_whole("{} jours", 2, 3, 5, 7, 10, 14)
        ),
        Attribute(
            "opens",
            "Ouverture",
            ("ouvre à {value}", "est ouvert dès {value}"),
            draw=_clock("{} h {}", 7, 8, 9, 10),
        ),
        Attribute(
            "day",
            "Jour",
            ("a lieu le {value}", "se tient chaque {value}"),
            draw=_one_of("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"),
        ),
        Attribute(
            "where",
            "Lieu",
            ("se trouve à {value}", "est à {value}"),
            draw=_one_of("Lyon", "Nantes", "Lille", "Brest", "Dijon", "Metz"),
        ),
        Attribute(
            "meal",
            "Petit-déjeuner",
            ("comprend le petit-déjeuner", "inclut le petit-déjeuner"),
            ("ne comprend pas le petit-déjeuner", "est sans petit-déjeuner"),
        ),
        Attribute(
            "cancel",
            "Annulation gratuite",
            ("peut être annulé sans frais",),
            ("ne peut pas être annulé sans frais",),
        ),
        Attribute(
            "dogs", "Chiens admis", ("accepte les chiens",), ("n'accepte pas les chiens", "refuse les chiens")
        ),
    ),
    "oui",
    "non",
    "le ",
    "le ",
    " et ",
    ("est moins cher que", "coûte moins que"),
)
SPANISH = Language(
    "es",
    "Nombre",
    ("plan {name}", "curso {name}", "barco {name}", "salón {name}"),
    (
        Attribute(
            "price",
            "Precio",
            ("cuesta {value}", "está disponible por {value}", "tiene un precio de {value}"),
            draw=_money("{} €"),
            is_price=True,
        ),
        Attribute(
            "monthly",
            "Al mes",
            ("cuesta {value} al mes", "se factura a {value} al mes"),
            draw=_money("{} euros"),
            is_price=True,
        ),
        Attribute(
            "seats",
            "Plazas",
            ("tiene {value} plazas", "es para {value} personas", "admite {value} personas"),
            draw=_whole("{}", 2, 4, 6, 8, 10, 12, 20, 24),
        ),
        Attribute(
            "storage",
            "Almacenamiento",
            ("incluye {value} de almacenamiento", "ofrece {value} de espacio"),
            draw=_whole("{} GB", 5, 10, 20, 50, 100, 250),
        ),
        Attribute(
            "lasts", "Duración", ("dura {value}", "tarda {value}"), draw=_whole("{} días", 2, 3, 5, 7, 10, 14)
        ),
        Attribute(
            "opens",
            "Apertura",
            ("abre a las {value}", "está abierto desde las {value}"),
            draw=_clock("{}:{}", 7, 8, 9, 10),
        ),
        Attribute(
            "day",
            "Día",
            ("tiene lugar el {value}", "se celebra cada {value}"),
            draw=_one_of("lunes", "martes", "miércoles", "jueves", "viernes", "sábado"),
        ),
        Attribute(
            "where",
            "Lugar",
            ("está en {value}", "se encuentra en {value}"),
            draw=_one_of("Cádiz", "Bilbao", "Vigo", "Toledo", "León", "Murcia"),
        ),
        Attribute(
            "meal",
            "Desayuno",
            ("incluye desayuno", "ofrece desayuno"),
            ("no incluye desayuno", "es sin desayuno"),
        ),
        Attribute(
            "cancel", "Cancelación gratuita", ("se puede cancelar gratis",), ("no se puede cancelar gratis",)
        ),
        Attribute(
            "dogs", "Perros", ("admite perros", "acepta perros"), ("no admite perros", "no acepta perros")
        ),
    ),
    "sí",
    "no",
    "el ",
    "el ",
    " y ",
    ("es más barato que", "cuesta menos que"),
)
LANGUAGES = {one.code: one for one in (ENGLISH, GERMAN, FRENCH, SPANISH)}

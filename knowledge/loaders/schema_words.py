"""How schema.org's codes and labels are said in English, German, French and Spanish.

Promises: pure; any other language is spoken to in English. Each tuple is in the order of `LANGUAGES`.
"""

LANGUAGES = ("en", "de", "fr", "es")

DAYS = (
    ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Public holidays"),
    ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag", "Feiertage"),
    ("Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi", "Dimanche", "Jours fériés"),
    ("Lunes", "Martes", "Miércoles", "Jueves", "Viernes", "Sábado", "Domingo", "Festivos"),
)
CLOSED = ("closed", "geschlossen", "fermé", "cerrado")
ALL_DAY = ("all day", "ganztägig", "toute la journée", "todo el día")
EVERY_DAY = ("Every day", "Täglich", "Tous les jours", "Todos los días")
PHONE = ("Phone", "Telefon", "Téléphone", "Teléfono")
MAIL = ("E-mail", "E-Mail", "E-mail", "Correo electrónico")
FROM = ("from", "ab", "à partir de", "desde")
LABELS = {
    "brand": ("brand", "Marke", "marque", "marca"),
    "category": ("category", "Kategorie", "catégorie", "categoría"),
    "model": ("model", "Modell", "modèle", "modelo"),
    "sku": ("sku", "Artikelnummer", "référence", "referencia"),
    "color": ("colour", "Farbe", "couleur", "color"),
    "material": ("material", "Material", "matière", "material"),
    "size": ("size", "Größe", "taille", "tamaño"),
    "weight": ("weight", "Gewicht", "poids", "peso"),
    "width": ("width", "Breite", "largeur", "anchura"),
    "height": ("height", "Höhe", "hauteur", "altura"),
    "depth": ("depth", "Tiefe", "profondeur", "profundidad"),
}
AVAILABILITY = ("availability", "Verfügbarkeit", "disponibilité", "disponibilidad")
AVAILABLE = {
    "InStock": ("in stock", "auf Lager", "en stock", "disponible"),
    "InStoreOnly": ("in the shop only", "nur im Laden", "en magasin seulement", "solo en tienda"),
    "OnlineOnly": ("online only", "nur online", "en ligne seulement", "solo en línea"),
    "LimitedAvailability": ("few left", "nur noch wenige", "bientôt épuisé", "últimas unidades"),
    "OutOfStock": ("out of stock", "nicht auf Lager", "en rupture de stock", "agotado"),
    "SoldOut": ("sold out", "ausverkauft", "épuisé", "agotado"),
    "PreOrder": ("to be ordered in advance", "vorbestellbar", "en précommande", "en preventa"),
    "PreSale": ("to be ordered in advance", "vorbestellbar", "en précommande", "en preventa"),
    "BackOrder": ("to be delivered later", "später lieferbar", "livrable plus tard", "bajo pedido"),
    "Discontinued": ("discontinued", "nicht mehr erhältlich", "arrêté", "descatalogado"),
}
PERIODS = {
    "MON": ("per month", "pro Monat", "par mois", "al mes"),
    "P1M": ("per month", "pro Monat", "par mois", "al mes"),
    "ANN": ("per year", "pro Jahr", "par an", "al año"),
    "P1Y": ("per year", "pro Jahr", "par an", "al año"),
    "WEE": ("per week", "pro Woche", "par semaine", "por semana"),
    "DAY": ("per day", "pro Tag", "par jour", "al día"),
    "HUR": ("per hour", "pro Stunde", "de l'heure", "por hora"),
}
UNITS = {
    "KGM": "kg", "GRM": "g", "LBR": "lb", "MTR": "m", "CMT": "cm", "MMT": "mm", "INH": "in", "KMT": "km", "LTR": "l",
    "MLT": "ml", "WTT": "W", "KMH": "km/h", "MTK": "m²", "ANN": "years", "MON": "months", "HUR": "hours",
}  # fmt: skip

# What asks for a fact of a business called `{name}`, the first of them as it is shown; then of a page's only one.
HOURS_ASKED = (
    ("What are the opening hours of {name}?", "When is {name} open?"),
    ("Welche Öffnungszeiten hat {name}?", "Wann hat {name} geöffnet?"),
    ("Quels sont les horaires d'ouverture de {name} ?", "Quand {name} est-il ouvert ?"),
    ("¿Cuál es el horario de {name}?", "¿Cuándo abre {name}?"),
)
YOUR_HOURS_ASKED = (
    (
        "What are your opening hours?",
        "When are you open?",
        "What time do you open?",
        "Are you open on Sundays?",
    ),
    (
        "Welche Öffnungszeiten habt ihr?",
        "Wann haben Sie geöffnet?",
        "Wann macht ihr auf?",
        "Ist sonntags offen?",
    ),
    (
        "Quels sont vos horaires d'ouverture ?",
        "Quand êtes-vous ouverts ?",
        "À quelle heure ouvrez-vous ?",
        "Ouvert le dimanche ?",
    ),
    ("¿Cuál es vuestro horario?", "¿Cuándo abren?", "¿A qué hora abrís?", "¿Abren los domingos?"),
)
PLACE_ASKED = (
    ("Where is {name}?", "What is the address of {name}?"),
    ("Wo ist {name}?", "Wie lautet die Adresse von {name}?"),
    ("Où se trouve {name} ?", "Quelle est l'adresse de {name} ?"),
    ("¿Dónde está {name}?", "¿Cuál es la dirección de {name}?"),
)
YOUR_PLACE_ASKED = (
    ("What is your address?", "Where are you?", "Where can I find you?"),
    ("Wie lautet eure Adresse?", "Wo seid ihr?", "Wo finde ich Sie?"),
    ("Quelle est votre adresse ?", "Où êtes-vous ?", "Où vous trouver ?"),
    ("¿Cuál es vuestra dirección?", "¿Dónde están?", "¿Dónde os encuentro?"),
)
CONTACT_ASKED = (
    ("How can I reach {name}?", "What is the phone number of {name}?"),
    ("Wie erreiche ich {name}?", "Welche Telefonnummer hat {name}?"),
    ("Comment joindre {name} ?", "Quel est le numéro de téléphone de {name} ?"),
    ("¿Cómo contacto con {name}?", "¿Cuál es el teléfono de {name}?"),
)
YOUR_CONTACT_ASKED = (
    (
        "How can I reach you?",
        "How can I call you?",
        "What is your phone number?",
        "What is your e-mail address?",
    ),
    (
        "Wie erreiche ich euch?",
        "Wie kann ich Sie anrufen?",
        "Welche Telefonnummer habt ihr?",
        "Wie lautet Ihre E-Mail?",
    ),
    (
        "Comment vous joindre ?",
        "Comment vous appeler ?",
        "Quel est votre numéro de téléphone ?",
        "Quelle est votre adresse e-mail ?",
    ),
    (
        "¿Cómo os contacto?",
        "¿Cómo puedo llamaros?",
        "¿Cuál es su teléfono?",
        "¿Cuál es su correo electrónico?",
    ),
)


def place_of(language: str | None) -> int:
    """Return where a language stands in the tuples."""
    return LANGUAGES.index(language) if language in LANGUAGES else 0

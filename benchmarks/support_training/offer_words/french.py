"""Offers in French."""

from benchmarks.support_training.offer_words.shapes import Attribute, Language, clock, money, one_of, whole

FRENCH = Language(
    "fr",
    "Nom",
    ("forfait {name}", "cours {name}", "bateau {name}", "salon {name}"),
    (
        Attribute(
            "price",
            "Prix",
            ("coûte {value}", "est à {value}", "est proposé à {value}"),
            draw=money("{} €"),
            is_price=True,
        ),
        Attribute(
            "monthly",
            "Par mois",
            ("coûte {value} par mois", "est facturé {value} par mois"),
            draw=money("{} euros"),
            is_price=True,
        ),
        Attribute(
            "seats",
            "Places",
            ("a {value} places", "accueille {value} personnes", "est prévu pour {value} personnes"),
            draw=whole("{}", 2, 4, 6, 8, 10, 12, 20, 24),
        ),
        Attribute(
            "storage",
            "Stockage",
            ("comprend {value} de stockage", "offre {value} d'espace"),
            draw=whole("{} Go", 5, 10, 20, 50, 100, 250),
        ),
        Attribute(
            "lasts", "Durée", ("dure {value}", "prend {value}"), draw=whole("{} jours", 2, 3, 5, 7, 10, 14)
        ),
        Attribute(
            "opens",
            "Ouverture",
            ("ouvre à {value}", "est ouvert dès {value}"),
            draw=clock("{} h {}", 7, 8, 9, 10),
        ),
        Attribute(
            "day",
            "Jour",
            ("a lieu le {value}", "se tient chaque {value}"),
            draw=one_of("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"),
        ),
        Attribute(
            "where",
            "Lieu",
            ("se trouve à {value}", "est à {value}"),
            draw=one_of("Lyon", "Nantes", "Lille", "Brest", "Dijon", "Metz"),
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

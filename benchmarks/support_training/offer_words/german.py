"""Offers in German."""

from benchmarks.support_training.offer_words.shapes import Attribute, Language, clock, money, one_of, whole

GERMAN = Language(
    "de",
    "Name",
    ("Tarif {name}", "Kurs {name}", "Raum {name}", "Wagen {name}"),
    (
        Attribute(
            "price",
            "Preis",
            ("kostet {value}", "ist für {value} zu haben", "hat einen Preis von {value}"),
            draw=money("{} €"),
            is_price=True,
        ),
        Attribute(
            "monthly",
            "Monatlich",
            ("kostet {value} im Monat", "wird mit {value} pro Monat berechnet"),
            draw=money("{} Euro"),
            is_price=True,
        ),
        Attribute(
            "seats",
            "Plätze",
            ("hat {value} Plätze", "ist für {value} Personen gedacht", "bietet Platz für {value} Personen"),
            draw=whole("{}", 2, 4, 6, 8, 10, 12, 20, 24),
        ),
        Attribute(
            "storage",
            "Speicher",
            ("enthält {value} Speicher", "umfasst {value} Speicherplatz"),
            draw=whole("{} GB", 5, 10, 20, 50, 100, 250),
        ),
        Attribute(
            "lasts",
            "Dauer",
            ("dauert {value}", "ist in {value} fertig"),
            draw=whole("{} Tage", 2, 3, 5, 7, 10, 14),
        ),
        Attribute(
            "opens",
            "Öffnet",
            ("öffnet um {value}", "ist ab {value} geöffnet"),
            draw=clock("{}:{} Uhr", 7, 8, 9, 10),
        ),
        Attribute(
            "day",
            "Tag",
            ("findet am {value} statt", "ist immer am {value}"),
            draw=one_of("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"),
        ),
        Attribute(
            "where",
            "Ort",
            ("ist in {value}", "befindet sich in {value}"),
            draw=one_of("Kiel", "Bremen", "Ulm", "Graz", "Bern", "Jena"),
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

"""Offers in Spanish."""

from benchmarks.support_training.offer_words.shapes import Attribute, Language, clock, money, one_of, whole

SPANISH = Language(
    "es",
    "Nombre",
    ("plan {name}", "curso {name}", "barco {name}", "salón {name}"),
    (
        Attribute(
            "price",
            "Precio",
            ("cuesta {value}", "está disponible por {value}", "tiene un precio de {value}"),
            draw=money("{} €"),
            is_price=True,
        ),
        Attribute(
            "monthly",
            "Al mes",
            ("cuesta {value} al mes", "se factura a {value} al mes"),
            draw=money("{} euros"),
            is_price=True,
        ),
        Attribute(
            "seats",
            "Plazas",
            ("tiene {value} plazas", "es para {value} personas", "admite {value} personas"),
            draw=whole("{}", 2, 4, 6, 8, 10, 12, 20, 24),
        ),
        Attribute(
            "storage",
            "Almacenamiento",
            ("incluye {value} de almacenamiento", "ofrece {value} de espacio"),
            draw=whole("{} GB", 5, 10, 20, 50, 100, 250),
        ),
        Attribute(
            "lasts", "Duración", ("dura {value}", "tarda {value}"), draw=whole("{} días", 2, 3, 5, 7, 10, 14)
        ),
        Attribute(
            "opens",
            "Apertura",
            ("abre a las {value}", "está abierto desde las {value}"),
            draw=clock("{}:{}", 7, 8, 9, 10),
        ),
        Attribute(
            "day",
            "Día",
            ("tiene lugar el {value}", "se celebra cada {value}"),
            draw=one_of("lunes", "martes", "miércoles", "jueves", "viernes", "sábado"),
        ),
        Attribute(
            "where",
            "Lugar",
            ("está en {value}", "se encuentra en {value}"),
            draw=one_of("Cádiz", "Bilbao", "Vigo", "Toledo", "León", "Murcia"),
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

"""Offers in English."""

from benchmarks.support_training.offer_words.shapes import Attribute, Language, clock, money, one_of, whole

ENGLISH = Language(
    "en",
    "Name",
    ("{name} plan", "{name} room", "{name} course", "{name} package", "{name} boat", "{name}"),
    (
        Attribute(
            "price",
            "Price",
            ("costs {value}", "is available for {value}", "has a price of {value}", "can be had for {value}"),
            draw=money("€{}"),
            is_price=True,
        ),
        Attribute(
            "monthly",
            "Per month",
            ("costs {value} per month", "is billed at {value} a month", "comes to {value} monthly"),
            draw=money("${}"),
            is_price=True,
        ),
        Attribute(
            "deposit",
            "Deposit",
            ("requires a deposit of {value}", "asks for {value} as a deposit"),
            draw=money("£{}"),
        ),
        Attribute(
            "seats",
            "Seats",
            ("seats {value} people", "has room for {value}", "is made for {value} people"),
            draw=whole("{}", 2, 4, 6, 8, 10, 12, 20, 24, 40),
        ),
        Attribute(
            "storage",
            "Storage",
            ("includes {value} of storage", "comes with {value} of space", "stores up to {value}"),
            draw=whole("{} GB", 5, 10, 20, 50, 100, 250, 500),
        ),
        Attribute(
            "lasts",
            "Duration",
            ("takes {value}", "lasts {value}", "is done within {value}"),
            draw=whole("{} days", 2, 3, 5, 7, 10, 14, 21),
        ),
        Attribute(
            "opens",
            "Opens",
            ("opens at {value}", "can be used from {value} on"),
            draw=clock("{}:{} am", 6, 7, 8, 9, 10),
        ),
        Attribute(
            "day",
            "Day",
            ("takes place on {value}", "is held every {value}"),
            draw=one_of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"),
        ),
        Attribute(
            "help",
            "Support",
            ("comes with support by {value}", "offers help by {value}"),
            draw=one_of("phone", "e-mail", "chat", "letter"),
        ),
        Attribute(
            "where",
            "Place",
            ("is in {value}", "can be found in {value}", "is located in {value}"),
            draw=one_of("Leeds", "Dover", "Bristol", "York", "Bath", "Cardiff"),
        ),
        Attribute(
            "weight",
            "Weight",
            ("weighs {value}", "has a weight of {value}"),
            draw=whole("{} kg", 2, 5, 9, 12, 18, 25, 40),
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

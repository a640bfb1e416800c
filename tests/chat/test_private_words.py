"""Whose details they are, however and how often they are written: without a yes no table and no file holds them."""

from pathlib import Path

import pytest
from sqlalchemy import text

from tests.chat.conversations import Talking, talking

pytestmark = pytest.mark.slow

TOLD: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "This is Runa Quillfeather, runa@oldpost88.com, or better runa.q@newpost88.com. There are 20 of us.",
        ("Quillfeather", "oldpost88", "newpost88"),
    ),
    ("Mail zeb@kelpworks9.com, I repeat: ZEB@KELPWORKS9.COM", ("kelpworks9",)),
    ("It is zeb at kelpworks9 dot com, yes, zeb at kelpworks9 dot com", ("kelpworks9",)),
    ("zeb (at) kelpworks9 (dot) com <zeb@kelpworks9.com>", ("kelpworks9",)),
    (
        "Meine Mail: runa@altpost88.de, alternativ runa.q@neupost88.de. Wir sind 20 Leute.",
        ("altpost88", "neupost88"),
    ),
    (
        "Ich heiße Runa Quillfeder, runa@altpost88.de. Viele Grüße, runa quillfeder",
        ("uillfeder", "altpost88"),
    ),
    ("Mon courriel est zeb@varech9.fr, ou sinon zeb.k@varech9.fr. Nous sommes 20.", ("varech9",)),
    ("Mi correo es zeb@algas9.es o bien zeb.k@algas9.es. Somos 20 personas.", ("algas9",)),
    ("Call me: +44 20 7946 0958, that is 020 7946 0958, or zeb@kelpworks9.com", ("7946", "kelpworks9")),
    ("My number is (415) 555-2671, or 415.555.2671, or 415-555-2671", ("555-2671", "555.2671", "5552671")),
    ("My phone is +33 1 44 55 66 77. Really: +33144556677!", ("44 55 66 77", "33144556677", "144556677")),
    ("Ring +49 (0)30 901820-11 or write to zeb@kelpworks9.com", ("901820", "kelpworks9")),
    (
        "I'm Runa Quillfeather. Yes, runa quillfeather, RUNA QUILLFEATHER, at runa@oldpost88.com",
        ("quillfeather",),
    ),
    (
        "My name is Runa Quillfeather (runa@oldpost88.com); quillfeather with two l",
        ("quillfeather", "oldpost88"),
    ),
    ('[zeb@kelpworks9.com] {zeb.k@kelpworks9.com} "zeb-k@kelpworks9.com"', ("kelpworks9",)),
    (
        "We need a bot.\nzeb@kelpworks9.com\n\nBest regards,\nZeb Marrowmint\n308 Velvet Tern Lane",
        ("kelpworks9", "marrowmint", "velvet tern"),
    ),
    (
        "Bitte an zeb@kelpworks9.de.\n\nMit freundlichen Grüßen\nZeb Marrowmint\nLange Ahornallee 12, 53111 Bonn",
        ("kelpworks9", "marrowmint", "ahornallee"),
    ),
    (
        "Écrivez à zeb@varech9.fr.\nCordialement,\nZeb Marrowmint\n12 rue des Varechs",
        ("varech9", "marrowmint", "varechs"),
    ),
    (
        "Escríbame a zeb@algas9.es. Saludos,\nZeb Marrowmint\nCalle Sargazo 15",
        ("algas9", "marrowmint", "sargazo"),
    ),
    (
        "my boss Tilda Wrenfold will call from +44 20 7946 0958; mine is zeb@kelpworks9.com",
        ("wrenfold", "7946", "kelpworks9"),
    ),
    ("my friend's e-mail is tilda@wrenfold7.com and mine is zeb@kelpworks9.com", ("wrenfold7", "kelpworks9")),
    (
        "Meine Kollegin Tilda Wrenfold hat tilda@wrenfold7.de, ich habe zeb@kelpworks9.de",
        ("wrenfold", "kelpworks9"),
    ),
    (
        "Write to zeb@kelpwroks9.con or to zeb@kelpworks9.com, tilda@@wrenfold7",
        ("kelpwroks9", "kelpworks9", "wrenfold7"),
    ),
    ("mail me at zeb@kelpworks9.com, IBAN DE89 3704 0044 0532 0130 00", ("kelpworks9", "3704 0044")),
    ("zeb@kelpworks9.com is mine; I am linkedin.com/in/zeb-marrowmint", ("kelpworks9", "zeb-marrowmint")),
    (
        "I was born on April 3, 1981, SSN 078-05-1120, zeb@kelpworks9.com",
        ("april 3, 1981", "078-05-1120", "kelpworks9"),
    ),
    ("zeb underscore k at kelpworks9 dot jm and zeb@kelpworks9.com", ("zeb underscore", "kelpworks9")),
    (
        "How much is it for zeb@kelpworks9.com and tilda@wrenfold7.com? My mail is zeb@kelpworks9.com.",
        ("kelpworks9", "wrenfold7"),
    ),
    ("我的邮箱是zeb@kelpworks9.com，电话+44 20 7946 0958", ("kelpworks9", "7946")),
    (
        "Who is Ms Wrenfold? Please answer to zeb@kelpworks9.com, Dr. Marrowmint",
        ("wrenfold", "kelpworks9", "marrowmint"),
    ),
)
"""What is written, and what of it tells who somebody is."""


async def held(talk: Talking, *, but: str = "") -> str:
    """Return all that the tables hold, `but` one, and when none is left out what its files hold, in small letters."""
    async with talk.simulation._db.read() as connection:
        names = await connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
        main = await connection.scalar(text("SELECT file FROM pragma_database_list WHERE name = 'main'"))
    tables = [await talk.rows(name) for name in names.all() if name != but]
    kept = str(tables)
    if not but:
        await talk.simulation._db.overwrite_erased()
        path = Path(str(main))
        kept += "".join(file.read_text("latin-1") for file in path.parent.glob(f"{path.name}*"))
    return kept.casefold()


@pytest.mark.parametrize(("told", "private"), TOLD, ids=range(len(TOLD)))
async def test_without_a_yes_nothing_that_tells_who_somebody_is_is_left(
    told: str, private: tuple[str, ...]
) -> None:
    words = [word.casefold() for word in private]
    async with talking() as talk:
        said = f"How much is the city bike?\n{told}"
        reply = await talk.say(said)

        waiting = await held(talk, but="messages")
        assert [word for word in words if word in waiting] == [], "before any answer"
        assert reply.asked == "consent"

        await talk.say("No, thank you")
        refused = await held(talk)
        assert [word for word in words if word in refused] == [], "after a no"

        await talk.say(said, "yes")
        given = await held(talk)
        assert any(word in given for word in words), "after a yes"
        await talk.say("I withdraw my consent")
        withdrawn = await held(talk)
        assert [word for word in words if word in withdrawn] == [], "after taking a yes back"


async def test_a_name_told_before_is_quoted_nowhere_in_small_letters_either() -> None:
    async with talking() as talk:
        await talk.say("I'm Runa Quillfeather, runa@oldpost88.com", "It is for quillfeather, how much is it?")

        assert "quillfeather" not in await held(talk, but="messages")


async def test_what_is_told_after_a_no_is_masked_and_what_brings_the_question_up_again_waits() -> None:
    async with talking() as talk:
        await talk.say("Mail zeb@kelpworks9.com", "no")
        await talk.say("We need fewer tickets.\n\nBest regards,\nZeb Marrowmint\n308 Velvet Tern Lane")
        await talk.say("My boss Tilda Wrenfold has tilda@wrenfold7.com")
        kept = await held(talk)
        again = await talk.say("Well, take zeb@seagrass9.com then")

        assert [word for word in ("kelpworks", "marrowmint", "velvet", "wrenfold") if word in kept] == []
        assert "fewer tickets" in kept
        assert again.asked == "consent"
        assert "seagrass9" in await held(talk)
        await talk.say("yes")
        assert (await talk.lead()).facts["email"].value == "zeb@seagrass9.com"


async def test_who_declines_to_give_a_contact_declines_what_looked_like_one() -> None:
    async with talking() as talk:
        await talk.say("You reach me at zeb@kelpworks9")
        while (await talk.messages())[-1].asked != "email":
            await talk.say("I want to talk to a person")
        await talk.say("no, I'd rather not say")

        assert "kelpworks9" not in await held(talk)


async def test_a_yes_brings_back_in_full_what_was_quoted_with_dots() -> None:
    async with talking() as talk:
        await talk.say("I'm Oscar from Oscar Kelpworks, oscar@kelpworks9.com")
        waiting = (await talk.lead()).facts["company"].value
        await talk.say("yes")

        assert waiting == "••••• Kelpworks"
        assert (await talk.lead()).facts["company"].value == "Oscar Kelpworks"

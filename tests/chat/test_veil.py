"""What tells who a visitor is does not leave, and comes back letter by letter."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.answer import Citation
from bot.domain.conversation import Author, ConversationId, Message, MessageId
from bot.domain.facts import Fact, FactState
from bot.domain.slots import Slot, SlotKind
from bot.domain.veil import Veil, draw_veil

NOW = datetime(2027, 3, 2, 12, tzinfo=UTC)
SLOTS = tuple(
    Slot(id=kind.value, kind=kind, label=kind.value)
    for kind in (SlotKind.EMAIL, SlotKind.PHONE, SlotKind.NAME, SlotKind.COMPANY, SlotKind.NEED)
)
PASSAGES = (
    "The Harbour costs 1,290 EUR and weighs 19.5 kg. Write to help@ferry.example or call +44 20 7946 0018.",
    "Grace periods: bills are due in 14 days. Ferry works with Northlight.",
)


def say(text: str, author: Author = Author.VISITOR, **more: Any) -> Message:
    ids = {"message_id": MessageId("m"), "conversation_id": ConversationId("c")}
    return Message(**ids, seq=1, author=author, text=text, at=NOW, **more)


def ask(slot: str, text: str = "Which one?") -> Message:
    return say(text, Author.BOT, asked=slot)


def fact(slot: str, value: str, quote: str) -> dict[str, Fact]:
    kept = Fact(
        slot=slot,
        state=FactState.KNOWN,
        value=value,
        quote=quote,
        message_id=MessageId("m"),
        extractor="x",
        confidence=0.9,
        at=NOW,
    )
    return {slot: kept}


def veil_over(*history: Message, facts: dict[str, Fact] | None = None, region: str = "GB") -> Veil:
    return draw_veil(history, slots=SLOTS, facts=facts or {}, public=PASSAGES, region=region)


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("write to Ada.L+x@Example.co.uk, please", "write to [email 1], please"),
        ("it is ada at northwind dot com", "it is [email 1]"),
        ("ada [at] northwind [dot] com or ada(at)northwind.com", "[email 1] or [email 1.2]"),
        ("ada@northwind is it", "[email 1] is it"),
        ("ada@@northwind.com", "[email 1]"),
        ("call +44 20 7946 0958 or 020 7946 0958", "call [phone 1] or [phone 1.2]"),
        ("my number is 2079460958", "my number is [phone 1]"),
        ("ring (415) 555-2671 ext. 12", "ring [phone 1]"),
        ("see https://ada:pw@files.example/x?y=1, ok", "see [link 1] ok"),
        ("I am linkedin.com/in/ada-lovelace.", "I am [link 1]."),
        ("pay with 4111 1111 1111 1111", "pay with [card 1]"),
        ("my card is 4111 1111 1111 1112", "my card is [card 1]"),
        ("IBAN DE89 3704 0044 0532 0130 00 it is", "IBAN [account 1] it is"),
        ("gb29nwbk60161331926819", "[account 1]"),
        ("My name is Ada Lovelace. Ada. LOVELACE!", "My name is [name 1]. [name 1.2]. [name 1.3]!"),
        ("Ich heiße Jörg Blaß, grüßt Jörg", "Ich heiße [name 1], grüßt [name 1.2]"),
        ("we work at Tern & Sons; tern & sons is small", "we work at [company 1]; [company 1.2] is small"),
        ("Wir sind bei Kranich GmbH", "Wir sind bei [company 1]"),
        ("write to ada＠example.com", "write to [email 1]"),
        ("Hier ist Petra, was kostet das?", "Hier ist [name 1], was kostet das?"),
        ("ich bin Karl", "ich bin [name 1]"),
        ("Hola, soy Eneko Urrutikoetxea", "Hola, soy [name 1]"),
        ("Soy Garazi Otxoa, de Vitoria", "Soy [name 1], de Vitoria"),
        ("Bonjour, je suis Nolwenn Guivarc'h et je cherche", "Bonjour, je suis [name 1] et je cherche"),
        ("ici Ronan Le Bihan, une question", "ici [name 1], une question"),
        ("moi c'est Enora Quéméner", "moi c'est [name 1]"),
        ("Ich bin die Wiebke Stührmann", "Ich bin die [name 1]"),
        ("ich bin der Çağıt Yıldırım aus Kiel", "ich bin der [name 1] aus Kiel"),
        ("Danke. Viele Grüße, Hans-Peter Wölk", "Danke. Viele Grüße, [name 1]"),
        ("Can you ship it?\nBest, Priya", "Can you ship it?\nBest, [name 1]"),
        (
            "what is it? cheers, Tom Baker (tom dot baker at bbc dot example)",
            "what is it? cheers, [name 1] ([email 1])",
        ),
        ("THX TOM BAKER TOM@BBC.EXAMPLE", "THX [name 1] [email 1]"),
        (
            "how much? thanks in advance, tom baker, 020 7946 0958",
            "how much? thanks in advance, [name 1], [phone 1]",
        ),
        ("lg petra wölk (Einkauf), petra@wolk.de", "lg [name 1] (Einkauf), [email 1]"),
        (
            "Combien ? Bien cordialement - Lucie Morvan <lucie@ex.fr>",
            "Combien ? Bien cordialement - [name 1] <[email 1]>",
        ),
        ("Un abrazo,\nÍñigo Marín | inigo (arroba) mar.example", "Un abrazo,\n[name 1] | [email 1]"),
        ("Tom Baker (tom@bbc.example) asks", "[name 1] ([email 1]) asks"),
        ("petra {ät} wolk.de, lucie [arobase] ex [point] fr", "[email 1], [email 2]"),
        ("mi DNI 12345678Z o NIE X-1234567-L", "mi DNI [id 1] o NIE [id 2]"),
        ("je suis le 1 85 05 78 006 084 91", "je suis le [id 1]"),
        ("RSSMRA85T10A562S e PESEL 44051401359", "[id 1] e PESEL [id 2]"),
        ("mijn BSN is 111222333, Steuer-ID: 12 345 678 901", "mijn BSN is [id 1], Steuer-ID: [id 2]"),
        ("my passport no. C01X00T47", "my passport no. [id 1]"),
        ("We are Globex Ltd. Is it for Globex?", "We are [company 1] Is it for [company 1.2]?"),
        ("Wir sind die Tern Nord GmbH & Co. KG. TERN NORD!", "Wir sind die [company 1]. [company 1.2]!"),
        ("chez Aquaplis SARL; pour l'équipe d'Aquaplis", "chez [company 1]; pour l'équipe d'[company 1.2]"),
        ("Trabajo en Mareas Altas S.L. Mareas Altas", "Trabajo en [company 1] [company 1.2]"),
        ("Frau Schneider fragt, ob Schneider geht", "Frau [name 1] fragt, ob [name 1] geht"),
        ("Could Dr. Aoki Reyes call me?", "Could Dr. [name 1] call me?"),
        ("Wir sind die Kiesling GmbH aus Bonn", "Wir sind die [company 1] aus Bonn"),
        ("Tidewater Pumps Inc. needs ten", "[company 1] needs ten"),
        ("Bitte an die Lange Gasse 12, 53111 Bonn liefern", "Bitte an die [address 1] liefern"),
        ("Ich wohne Ahornweg 7b", "Ich wohne [address 1]"),
        ("ship to 1600 Maple Hollow Road please", "ship to [address 1] please"),
        ("livrez au 12 rue des Lilas", "livrez au [address 1]"),
        ("vivo en Calle Mayor 15", "vivo en [address 1]"),
        ("I live at 221b Baker Street.", "I live at [address 1]."),
        ("at 221B Baker Street, or 45-47 High Street", "at [address 1], or [address 2]"),
        ("i live at 221b baker street", "i live at [address 1]"),
        ("Flat 3, 12a High Street", "Flat 3, [address 1]"),
        ("My address is 12 Rue de la Paix, 75002 Paris.", "My address is [address 1]."),
        ("Mon adresse est 12 bis, Avenue Foch", "Mon adresse est [address 1]"),
        ("livrez au 12B rue Lecourbe", "livrez au [address 1]"),
        ("12, Rue de l'Église, merci", "[address 1], merci"),
        ("j'habite Rue du Rhône 12b, 1204 Genève", "j'habite [address 1]"),
        ("Boulevard Haussmann 40 ou Place d'Italie 5", "[address 1] ou [address 2]"),
        ("Vivo en la Calle de Alcalá, 12 bis", "Vivo en la [address 1]"),
        ("en Plaza Mayor 3A o Avenida de América, nº 23", "en [address 1] o [address 2]"),
        ("calle mayor número 5 B", "[address 1]"),
        ("abito in Via Garibaldi 12b, in via Roma 5/A", "abito in [address 1], [address 2]"),
        ("Musterstraße 12 A, Hauptstr. 5-7", "[address 1], [address 2]"),
        ("my SSN is 078-05-1120", "my SSN is [id 1]"),
        ("geboren am 3.4.1981, geht das?", "geboren am [birthday 1], geht das?"),
        ("I was born on April 3, 1981", "I was born on [birthday 1]"),
        ("is [Email 1] or [email 1] free?", "is [text 1] or [text 2] free?"),
    ],
)
def test_what_tells_who_somebody_is_is_covered_and_comes_back(text: str, covered: str) -> None:
    veil = veil_over(say(text))

    assert veil.cover(text) == covered
    assert veil.lift(covered) == text


@pytest.mark.parametrize(
    "text",
    [
        "What does the Harbour cost, 1,290 EUR or $1,500.50?",
        "Is help@ferry.example right, or +44 20 7946 0018, or (020) 7946 0018?",
        "We start on 2027-03-01 or 1.4.2027 - 15.5.2027, in 2026 2027 2028 2029",
        "sizes 1000 2000 3000, 100 200 300 400, 700x38c, 10 x 20 x 30 cm, 12.5 kg",
        "order 1234567890, SKU AB12-CDEF-3456, version 10.2.33.4",
        "Does it work with Northlight? We're at Northlight.",
        "This is Harbour. Do you have www.ferry.example/prices or 2@50 EUR?",
        "Ich bin Leiter Einkauf und die Leiterin Vertrieb. Je suis Directrice Marketing. Soy Director Comercial.",
        "Je suis à Saint Malo, ici Bretagne. C'est la Ferme Bio ? Soy de San Sebastián. Hier ist Hochdeutsch.",
        "C'est Google Chrome ? Ich bin Kunde Nummer 5.",
        "Ich bin Geschäftsführer. Hier ist Bedarf an 12 Stück. Thanks! Does it ship?",
        "Is delivery on 3.4.2027 fine? We want 12 Street bikes and 5 Road bikes, in 10 days.",
        "Danke schön! Gilt das ab Werk 3? Wir haben 2 Plätze und 12 Wege.",
        "Meet us at the office at 9.30, is a grace period due?",
        "The price is per person: [1], [2] and [name]",
        "What is the best Harbour?",
        "Thanks! Does the Tern (blue) ship? Best price, is it (the Heron)?",
        "order 12345678A, 98765432109 and lot RSSMRA85T10A562X",
        "Is a passport of 2026-03-01 valid for 2 people? Does the ID card cost 12 euros?",
        "Can we meet (at) home.",
        "5 Avenue bikes, 3 cours de piano, 4 places assises, 12 m road bike lane, 20 bikes via Stripe 20 times a day",
        "La rue est à 12 km, la place est à 5 minutes. Do you sell via Amazon 50 items or 10 a street?",
    ],
)
def test_what_a_visitor_asks_about_stays(text: str) -> None:
    assert veil_over(say(text)).cover(text) == text


def test_it_holds_for_the_whole_conversation_whoever_speaks() -> None:
    quoted = Citation(
        n=1, document_id="d", passage_id="p", title="T", url=None, quote="Mail us at crew@ferry.example"
    )
    history = (
        say("hi, this is grace hopper from Kestrel Cargo"),
        ask("phone", "Thanks, Grace! What number?"),
        say("2079460958"),
        say("Mail us at crew@ferry.example", Author.BOT, citations=(quoted,)),
        say("Did you mean gh@gmail.com, Ms Hopper?", Author.BOT),
        say("is kestrel cargo fine with 02079460958? the bill is due"),
    )
    veil = veil_over(*history)

    assert [veil.cover(message.text) for message in history] == [
        "hi, this is [name 1] from [company 1]",
        "Thanks, [name 1.2]! What number?",
        "[phone 1]",
        "Mail us at crew@ferry.example",
        "Did you mean [email 1], Ms [name 1.3]?",
        "is [company 1.2] fine with [phone 1.2]? the bill is due",
    ]


def test_what_is_known_is_covered_though_no_message_tells_it() -> None:
    known = fact("name", "Wren Aster", "wren aster") | fact("email", "wren@aster.example", "yes")

    veil = veil_over(say("yes, so be it"), facts=known)

    assert veil.cover("Yes, Wren, wren aster: WREN@aster.example") == "Yes, [name 1], [name 1.2]: [email 1]"


def test_of_two_things_that_overlap_nothing_is_left() -> None:
    veil = veil_over(say("I'm Ada Lovelace"))

    assert veil.cover("ask Ada Lovelace@northwind.com!") == "ask [name 1]!"


def test_a_surname_that_is_a_products_too_may_be_asked_about() -> None:
    veil = veil_over(say("I'm Jane Harbour"), say("What does the Harbour cost?"))

    assert veil.cover("I'm Jane Harbour") == "I'm [name 1]"
    assert veil.cover("Jane, what does the Harbour cost?") == "[name 1.2], what does the Harbour cost?"


def test_a_company_that_is_called_like_a_product_hides_no_product() -> None:
    veil = veil_over(say("We are Harbour Ltd."))

    assert veil.cover("Harbour Ltd asks what the Harbour costs") == "[company 1] asks what the Harbour costs"


def test_an_unknown_placeholder_stays_and_case_does_not_matter() -> None:
    veil = veil_over(say("I am ada@northwind.com"))
    veil.cover("ada@northwind.com")

    assert veil.lift("[EMAIL 1] [email 2] [name 1] [1]") == "ada@northwind.com [email 2] [name 1] [1]"


PEOPLE = st.sampled_from(["Ada Lovelace", "Jörg Blaß", "Mary-Ann O'Neil", "Zoë van der Berg", "Bo Li"])
FIRMS = st.sampled_from(["Tern & Sons", "Kestrel Cargo", "Blue Fjord Ltd", "Ostrava Ceramics"])
LOCALS = st.from_regex(r"[a-z][a-z0-9]{2,8}([._+-][a-z0-9]{2,6})?", fullmatch=True)
DOMAINS = st.sampled_from(["northwind.com", "mail.blue-fjord.co.uk", "gmail.com", "kestrel.example"])
PHONES = st.sampled_from(
    ["+44 20 7946 0958", "020 7946 0958", "(020) 7946-0958", "+1 (415) 555-2671", "0049 30 901820"]
)
ASKED = st.sampled_from(
    ["What does the Harbour cost?", "Do you ship 40 units for 1,290 EUR by 2027-03-01?", "[name 1] and [1]?"]
)


@st.composite
def addresses(draw: st.DrawFn) -> str:
    local, domain = draw(LOCALS), draw(DOMAINS)
    at = draw(st.sampled_from(["@", " at ", " [at] ", "(at)"]))
    dot = "." if at == "@" else draw(st.sampled_from([" dot ", " [dot] "]))
    return local.replace(".", dot) + at + domain.replace(".", dot)


@st.composite
def conversations(draw: st.DrawFn) -> tuple[list[Message], list[str]]:
    """A conversation, and what in it tells who the visitor is."""
    name, firm, address, phone = draw(PEOPLE), draw(FIRMS), draw(addresses()), draw(PHONES)
    first, last = name.split()[0], name.split()[-1]
    told = [
        f"My name is {name}",
        f"Hi, I work at {firm}",
        f"my e-mail is {address}",
        f"You can call me: {phone}",
    ]
    bot = [f"Thanks, {first}! Noted: {address}", f"For {firm} the Harbour costs 1,290 EUR.", f"Dear {last},"]
    again = [f"{first} here again", f"is {firm} too small?", f"{phone} is best"]
    lines = draw(st.permutations([*told, *again, draw(ASKED), draw(ASKED)]))
    history = [say(line) for line in lines] + [say(line, Author.BOT) for line in bot]
    return draw(st.permutations(history)), [
        part for part in (name, first, last, firm, address, phone) if len(part) > 2
    ]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(conversation=conversations())
def test_nothing_private_leaves_any_conversation(
    conversation: tuple[list[Message], list[str]],
) -> None:
    history, private = conversation
    veil = draw_veil(history, slots=SLOTS, facts={}, public=PASSAGES, region="GB")

    covered = [veil.cover(message.text) for message in history]

    sent = "\n".join(covered)
    assert [part for part in private if part in sent] == []
    assert [veil.lift(text) for text in covered] == [message.text for message in history]
    assert veil.lift(sent) == "\n".join(message.text for message in history)
    for asked in ("What does the Harbour cost?", "Do you ship 40 units for 1,290 EUR by 2027-03-01?"):
        assert veil.cover(asked) == asked


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    texts=st.lists(
        st.one_of(
            st.text(max_size=80),
            st.lists(
                st.sampled_from([*"[]. 1", "[email 1]", "email", "[EMAIL 1.2]", "a@b.co", "Ada", "I'm Ada "]),
                max_size=12,
            ).map("".join),
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_whatever_is_written_comes_back_as_it_was(texts: list[str]) -> None:
    veil = veil_over(*map(say, texts))

    covered = [veil.cover(text) for text in texts]

    assert [veil.lift(text) for text in covered] == texts

"""Half-truths and contraries that hide in small words: bounds, limits, days, "and", "only", "some", verbs."""

import pytest

from knowledge.support import Reason, Source, check_sentence

HALL = Source(
    1,
    "Climbing hall",
    "The hall in Ober is open from 9 am to 10 pm. It is closed on Tuesdays, except in May. "
    "A day ticket costs 16 euros. Pupils under 14 pay 7 euros on weekdays only. "
    "Clubs of more than 12 members must book by letter. "
    "A helmet is required for every climb. You can rebook free of charge up to 36 hours before you come. "
    "We do not accept vouchers; pay by card or PayPal. Chalk may be rented for 2 euros. Lockers are free. "
    "A shoe repair takes four days. The wall opens at 11 am and closes at 5 pm.",
)
HALLE = Source(
    2,
    "Halle",
    "Die Halle ist von 9 bis 22 Uhr geöffnet, dienstags ist sie geschlossen. Eine Reparatur dauert vier Werktage. "
    "Kurse sind nur nach Anmeldung möglich. Hunde über 20 Kilogramm können wir nicht betreuen. "
    "Ein Helm ist für jeden Kurs erforderlich. Vereine zahlen nur im Mai die Hälfte.",
)
SALLE = Source(
    3,
    "Salle",
    "Le stage a lieu chaque jeudi, sauf en cas de neige. Le groupe maximum est de 6 personnes. La salle est fermée le "
    "mardi. Les cordes ne sont pas fournies; les casques sont fournis. Le billet coûte 16 euros.",
)
SALA = Source(
    4,
    "Sala",
    "La visita incluye un casco, pero no incluye la cena. El grupo máximo es de 6 personas. "
    "La sala cierra los martes, excepto en mayo. Los grupos de más de 12 personas deben avisar por carta. "
    "La entrada cuesta 16 euros. Cada curso requiere guantes.",
)


@pytest.mark.parametrize(
    ("sentence", "source", "reason"),
    [
        ("A day ticket costs at least 16 euros.", HALL, Reason.PRICE),
        ("A day ticket costs up to 16 euros.", HALL, Reason.PRICE),
        ("A shoe repair takes at least four days.", HALL, Reason.NUMBER),
        ("You can rebook free of charge from 36 hours before you come.", HALL, Reason.NUMBER),
        ("You can rebook free of charge within 36 hours before you come.", HALL, Reason.NUMBER),
        ("Eine Reparatur dauert mindestens vier Werktage.", HALLE, Reason.NUMBER),
        ("Le groupe est d'au moins 6 personnes.", SALLE, Reason.NUMBER),
        ("Le billet coûte au moins 16 euros.", SALLE, Reason.PRICE),
        ("El grupo es de al menos 6 personas.", SALA, Reason.NUMBER),
        ("La entrada cuesta como mínimo 16 euros.", SALA, Reason.PRICE),
        ("The hall is open every Tuesday.", HALL, Reason.NEGATION),
        ("It is open on Tuesdays, except in May.", HALL, Reason.NEGATION),
        ("The wall closes at 11 am.", HALL, Reason.DATE),
        ("The hall opens at 10 pm.", HALL, Reason.NEGATION),
        ("Die Halle ist dienstags geöffnet.", HALLE, Reason.NEGATION),
        ("La salle est ouverte le mardi.", SALLE, Reason.NEGATION),
        ("La sala abre los martes, excepto en mayo.", SALA, Reason.NEGATION),
        ("You can pay by voucher.", HALL, Reason.NEGATION),
        ("We accept vouchers and cards.", HALL, Reason.NEGATION),
        ("Chalk may be bought for 2 euros.", HALL, Reason.NEGATION),
        ("Kurse sind nur ohne Anmeldung möglich.", HALLE, Reason.NEGATION),
        ("Nur Hunde über 20 Kilogramm können wir betreuen.", HALLE, Reason.NEGATION),
        ("Les casques et les cordes sont fournis.", SALLE, Reason.NEGATION),
        ("La visita incluye casco y cena.", SALA, Reason.NEGATION),
        ("Lockers may be rented for 2 euros.", HALL, Reason.PRICE),
        ("It is closed on Tuesdays.", HALL, Reason.RESTRICTION),
        ("Pupils under 14 pay 7 euros.", HALL, Reason.RESTRICTION),
        ("Clubs must book by letter.", HALL, Reason.RESTRICTION),
        ("A helmet may be required.", HALL, Reason.RESTRICTION),
        ("A helmet is required for some climbs.", HALL, Reason.RESTRICTION),
        ("Vereine zahlen die Hälfte.", HALLE, Reason.RESTRICTION),
        ("Ein Helm ist für manche Kurse erforderlich.", HALLE, Reason.NOT_COVERED),
        ("Le stage a lieu chaque jeudi.", SALLE, Reason.RESTRICTION),
        ("La sala cierra los martes.", SALA, Reason.RESTRICTION),
        ("Algunos cursos requieren guantes.", SALA, Reason.RESTRICTION),
        ("Los grupos deben avisar por carta.", SALA, Reason.RESTRICTION),
    ],
)
def test_a_bound_a_limit_or_a_contrary_in_small_words_is_found(
    sentence: str, source: Source, reason: Reason
) -> None:
    verdict = check_sentence(sentence, [source])

    assert (verdict.supported, verdict.reason) == (False, reason)


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("A day ticket costs 16 EUR.", HALL),
        ("It is closed on Tuesdays, except in May.", HALL),
        ("The hall is open until 10 pm.", HALL),
        ("The wall opens at 11 am.", HALL),
        ("On weekdays pupils under 14 pay 7 euros.", HALL),
        ("Clubs of more than 12 members must book by letter.", HALL),
        ("You can rebook free of charge at least 36 hours before you come.", HALL),
        ("Chalk can be rented for 2 euros.", HALL),
        ("Dienstags ist die Halle geschlossen.", HALLE),
        ("Kurse sind nur nach Anmeldung möglich.", HALLE),
        ("Hunde über 20 Kilogramm können wir nicht betreuen.", HALLE),
        ("Le groupe compte 6 personnes au maximum.", SALLE),
        ("Les casques sont fournis.", SALLE),
        ("Le stage a lieu chaque jeudi, sauf en cas de neige.", SALLE),
        ("La visita incluye un casco.", SALA),
        ("El grupo es de 6 personas como máximo.", SALA),
    ],
)
def test_what_keeps_bounds_and_limits_passes(sentence: str, source: Source) -> None:
    verdict = check_sentence(sentence, [source])

    assert verdict.supported, verdict


@pytest.mark.parametrize("text", ["", "\n\n", "---", "|||", "- ", "# x", "@@@@", "|a|b|\n|---|---|"])
@pytest.mark.parametrize("said", ["Chalk is free.", "All lockers are free at any time.", "!!!"])
def test_a_source_that_says_nothing_supports_nothing(text: str, said: str) -> None:
    assert not check_sentence(said, [Source(1, "Climbing hall", text)]).supported

"""What is said the other way round: "if" for "unless", "during" for "after", a question that "no" answers, a myth."""

import pytest

from knowledge.support import Source, check_sentence

FALLS = "Damage from a fall is not covered unless you took our protection plan."
STUERZE = "Schäden durch Stürze sind nicht versichert, es sei denn, Sie haben den Schutzbrief gebucht."
CHUTES = "Les chutes ne sont pas couvertes, sauf si vous avez pris notre assurance."
CAIDAS = "Las caídas no están cubiertas, salvo si contrató nuestro seguro."
MINIMUM = "You can cancel at the end of any month after the minimum period of three months."
STAY = "Guests may use the kitchen. Before your stay you get an e-mail."
LAUFZEIT = "Sie können nach der Mindestlaufzeit monatlich kündigen."
PERIODO = "Puede cancelar después del periodo mínimo, y no se le cobra la cuota del mes."
ASKED = "Do you ship to Canada? No. We ship to Chile."
HEADED = "## Do you ship to Canada?\n\nNo, we ship to Chile."
TEACHERS = "We don't teach, but we work with over 40 teachers. Lessons are given online or at your home."


def is_supported(text: str, said: str, question: str = "") -> bool:
    return check_sentence(f"{said} [1]", [Source(1, "Information", text)], question).supported


@pytest.mark.parametrize(
    ("text", "said", "is_right"),
    [
        (FALLS, "Damage from a fall is not covered if you took our protection plan.", False),
        (FALLS, "If you took our protection plan, damage from a fall is not covered.", False),
        (FALLS, "Damage from a fall is covered unless you took our protection plan.", False),
        (FALLS, "Damage from a fall is covered if you took our protection plan.", True),
        (FALLS, "If you took our protection plan, damage from a fall is covered.", True),
        ("We deliver unless it snows.", "We deliver if it snows.", False),
        ("We deliver unless it snows.", "We do not deliver if it snows.", True),
        (
            "We deliver on Sundays if you order by Friday.",
            "We deliver on Sundays if you order by Friday.",
            True,
        ),
        (
            STUERZE,
            "Schäden durch Stürze sind nicht versichert, wenn Sie den Schutzbrief gebucht haben.",
            False,
        ),
        (STUERZE, "Schäden durch Stürze sind versichert, wenn Sie den Schutzbrief gebucht haben.", True),
        (CHUTES, "Les chutes ne sont pas couvertes si vous avez pris notre assurance.", False),
        (CHUTES, "Les chutes sont couvertes si vous avez pris notre assurance.", True),
        (CAIDAS, "Las caídas no están cubiertas si contrató nuestro seguro.", False),
    ],
)
def test_unless_is_not_if(text: str, said: str, is_right: bool) -> None:
    assert is_supported(text, said) is is_right


@pytest.mark.parametrize(
    ("text", "said", "is_right"),
    [
        (MINIMUM, "You can cancel at the end of any month during the minimum period of three months.", False),
        (MINIMUM, "You can cancel during the minimum period.", False),
        (MINIMUM, "You can cancel at the end of any month after the minimum period.", True),
        ("Breakfast is served before the tour.", "Breakfast is served after the tour.", False),
        (STAY, "You can use the kitchen during your stay.", True),
        (LAUFZEIT, "Sie können während der Mindestlaufzeit monatlich kündigen.", False),
        (LAUFZEIT, "Nach der Mindestlaufzeit können Sie monatlich kündigen.", True),
        ("Vous pouvez résilier après la période minimale.", "Vous pouvez résilier pendant la période minimale.", False),
        (PERIODO, "Puede cancelar durante el periodo mínimo.", False),
    ],
)  # fmt: skip
def test_during_something_is_not_after_it(text: str, said: str, is_right: bool) -> None:
    assert is_supported(text, said) is is_right


@pytest.mark.parametrize(
    ("text", "said", "is_right"),
    [
        (ASKED, "We ship to Canada.", False),
        (ASKED, "We do not ship to Canada.", True),
        (ASKED, "We ship to Chile.", True),
        (ASKED.replace("No.", "Yes."), "We ship to Canada.", True),
        (HEADED, "We ship to Canada.", False),
        (HEADED, "We do not ship to Canada.", True),
        ("Liefern Sie nach Österreich? Nein. Wir liefern nach Polen.", "Wir liefern nach Österreich.", False),
        ("Livrez-vous en Suisse ? Non. Nous livrons en Belgique.", "Nous livrons en Suisse.", False),
        ("¿Envían a Chile? No. Enviamos a Perú.", "Enviamos a Chile.", False),
        ("It is a myth that we ship to Canada.", "We ship to Canada.", False),
        ("It is a myth that we ship to Canada.", "We do not ship to Canada.", True),
        ("Es stimmt nicht, dass wir nach Polen liefern.", "Wir liefern nach Polen.", False),
        ("Il est faux que nous livrons en Suisse.", "Nous livrons en Suisse.", False),
        ("Es falso que enviamos a Chile.", "Enviamos a Chile.", False),
    ],
)
def test_what_no_answers_or_is_a_myth_is_denied(text: str, said: str, is_right: bool) -> None:
    assert is_supported(text, said) is is_right


def test_a_sentence_of_one_word_is_not_what_the_question_makes_of_it() -> None:
    assert not is_supported(TEACHERS, "We teach.", "Do you teach lessons?")
    assert is_supported(TEACHERS, "We do not teach.", "Do you teach lessons?")

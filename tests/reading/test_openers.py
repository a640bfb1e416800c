"""Questions of other languages are questions without their mark; what begins like one and tells is none."""

import pytest

from bot.domain.reading.clauses import split_clauses


@pytest.mark.parametrize(
    "text",
    [
        "was kostet die Tern",
        "und wo finde ich das",
        "gibt es Rabatt",
        "kann ich umtauschen",
        "combien coûte la livraison",
        "comment puis-je payer",
        "livrez-vous en Suisse",
        "cuánto cuesta",
        "dónde están",
        "tienen descuento",
    ],
)
def test_a_question_needs_no_mark(text: str) -> None:
    assert any(clause.is_question for clause in split_clauses(text))


@pytest.mark.parametrize(
    "text",
    [
        "was thinking about 20k",
        "was wir suchen ist ein Chat",
        "wie besprochen 20 Leute",
        "kann ich nicht sagen",
        "haben wir nicht",
        "comment: we have 20",
        "que nous avons 20",
        "cuanto antes",
        "como somos 20 personas",
    ],
)
def test_what_tells_is_no_question(text: str) -> None:
    assert not any(clause.is_question for clause in split_clauses(text))

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
        "bis wann muss ich mich anmelden",
        "und ab wann kann man buchen",
        "für wie viele Personen ist der Kurs",
        "mit wem kann ich sprechen",
        "bekomm ich ein zertifikat",
        "krieg ich mein Geld zurück",
        "soll ich was mitbringen",
        "findet der Kurs auch online statt",
        "lohnt sich das für Anfänger",
        "werden die Kosten erstattet",
        "until when can i cancel",
        "by when do I have to pay",
        "for how many people is the course",
        "at what time does it start",
        "est-ce que je reçois un certificat",
        "est ce que je peux annuler",
        "jusqu'à quand je peux m'inscrire",
        "à partir de quand on peut réserver",
        "pour combien de personnes est le cours",
        "faut il s'inscrire",
        "hasta cuándo puedo apuntarme",
        "desde cuando se puede reservar",
        "para cuántas personas es el curso",
        "me dan un certificado",
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
        "bis wann ist noch offen",
        "ab wann weiß ich noch nicht",
        "bis wann wir es brauchen, sage ich später",
        "für 20 Leute",
        "brauchen wir bis März",
        "bekommen wir von der Zentrale",
        "soll ich nur anfragen",
        "wird die Geschäftsführung entscheiden",
        "kostet die Kollegen viel Zeit",
        "from what we know 20",
        "in which case 20",
        "for how many we don't know yet",
        "pour combien de personnes je ne sais pas",
        "pour quand nous aurons le budget",
        "en cuanto podamos",
        "para cuando empecemos",
        "hacen 20 personas",
    ],
)
def test_what_tells_is_no_question(text: str) -> None:
    assert not any(clause.is_question for clause in split_clauses(text))

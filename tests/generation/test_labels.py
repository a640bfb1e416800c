"""A label before an answer is left out; what a passage lists is none."""

import pytest

from bot.chat.generation.labels import without_label


@pytest.mark.parametrize(
    "label",
    [
        "Answer: ", "**Answer:** ", "**Answer**: ", "*Answer:* ", "__Short answer:__ ", "Final answer: ", "Assistant: ",
        "**Assistant:**\n", "AI: ", "Chatbot: ", "Important: ", "**Important:** ", "Important note: ", "In short: ",
        "Antwort: ", "**Kurze Antwort:** ", "Assistentin: ", "**Wichtig:** ", "Wichtiger Hinweis: ", "Hinweis: ",
        "Réponse : ", "**Réponse\u00a0:** ", "Assistante : ", "Important : ", "En résumé : ", "À noter : ",
        "Respuesta: ", "Asistente: ", "**Importante:** ", "En resumen: ", "Nota: ",
    ],
)  # fmt: skip
def test_a_label_is_left_out(label: str) -> None:
    assert without_label(f"{label}we ship to France [1]. ", is_first=True) == "We ship to France [1]. "


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("- **Important:** bring a helmet [1]\n", "- Bring a helmet [1]\n"),
        ("* Important: bring a helmet [1]\n", "* Bring a helmet [1]\n"),
        ("**Important: bring a helmet** [1].", "**Bring a helmet** [1]."),
        (" **Wichtig:** Bitte anmelden [1].", " Bitte anmelden [1]."),
        ("**Answer:**\n", ""),
    ],
)
def test_what_stands_around_a_label_stays(written: str, left: str) -> None:
    assert without_label(written, is_first=False) == left


@pytest.mark.parametrize(
    "written",
    [
        "Assistant: 30 euros per hour [1].",
        "Answering machines are sold: two of them [1].",
        "The answer: 42 [1].",
        "Important dates: 4 May [1].",
        "Delivery: two days [1].",
        "Answer the call within 2 days [1].",
    ],
)
def test_what_only_looks_like_one_stays(written: str) -> None:
    assert without_label(written, is_first=False) == written

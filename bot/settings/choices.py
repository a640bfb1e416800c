"""Quick replies as people write them: a label, with an id of its own where it matters."""

from bot.domain.conversation import Choice
from bot.settings.problems import FilesError
from bot.settings.site_file import ChoiceSection, choice_id
from bot.settings.yaml_file import Place, YamlFile


def choices_of(sections: list[ChoiceSection], *, file: YamlFile, place: Place) -> tuple[Choice, ...]:
    """Turn quick replies into values, with an id made of the label where none is given.

    Raises:
        FilesError: two of them have the same id.
    """
    choices: list[Choice] = []
    for position, section in enumerate(sections):
        made = section.id or choice_id(section.label) or f"choice-{position + 1}"
        if any(choice.id == made for choice in choices):
            what = f"two quick replies have the id {made!r}; give one of them another `id`"
            raise FilesError([file.problem((*place, position), what)])
        choices.append(Choice(id=made, label=section.label))
    return tuple(choices)

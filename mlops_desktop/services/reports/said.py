"""Cells that say the same in each language: facts hold both halves, a page prints its own."""

from datetime import date

from babel.dates import format_date

from mlops_desktop.core.wording import Words
from mlops_desktop.dossier.content import Cell, Kind, Value
from mlops_desktop.dossier.language import Language
from mlops_desktop.services.item_titles import title_of
from mlops_desktop.services.wording import LANGUAGES, read_words
from mlops_desktop.store.queries.items import ItemRow

_DAY = {"en": "d MMM y", "de": "dd.MM.y"}
_LOCALES = {"en": "en_GB", "de": "de_DE"}
Parameter = str | int | date


def both(key: str, /, **parameters: Parameter) -> Cell:
    """Return the sentence ``key`` in English and, on the next line, in German."""
    return (value_of(key, **parameters),)


def value_of(key: str, /, **parameters: Parameter) -> Value:
    """Return the sentence ``key`` as one value; days are written as each language does."""
    said = (_say(read_words(language), key, parameters) for language in LANGUAGES)
    return Value(Kind.BILINGUAL, "\n".join(said))


def _say(words: Words, key: str, parameters: dict[str, Parameter]) -> str:
    given = {name: _written(words, value) for name, value in parameters.items()}
    return words.text(key, **given).replace("\n", " ").replace("….", "…")


def _written(words: Words, value: Parameter) -> str | int:
    if isinstance(value, date):
        return format_date(value, _DAY[words.language], locale=_LOCALES[words.language])
    if isinstance(value, int):
        return value
    halves = value.split("\n")
    return halves[-1 if words.language == "de" else 0]


def item_label(row: ItemRow) -> str:
    """Return an item's number and title, in English and, on the next line, in German."""
    said = (title_of(read_words(language), row) for language in LANGUAGES)
    return "\n".join(" ".join(f"{row.number} {title}".split()) for title in said)


def item_cell(row: ItemRow, most: int | None = None) -> Cell:
    """Return an item by its number and title, cut after so many signs."""
    return (
        Value(Kind.BILINGUAL, "\n".join(cut(one, most) for one in item_label(row).split("\n"))),
    )


def cut(text: str, most: int | None) -> str:
    """Return a text of at most so many signs; the whole of it stands in the register."""
    return text if most is None or len(text) <= most else f"{text[: most - 1].rstrip()}…"


def covered_cell(name: str) -> Cell:
    """Return what a covered field is called in each language: ``version.artifact``, ``tier``."""
    return (Value(Kind.BILINGUAL, "\n".join(_covered(one, name) for one in LANGUAGES)),)


def _covered(code: str, name: str) -> str:
    language = Language(read_words(code))
    group, _, rest = name.partition(".")
    if not rest or f"dossier.covered.{group}" not in language.words:
        return language.term("field", name)
    if rest == group:  # the name of a version
        return language.term("field", rest)
    return language.say(f"covered.{group}", name=language.term("field", rest))


def step_cell(name: str) -> Cell:
    """Return what a rule's step is called in each language."""
    said = (Language(read_words(one)).step(name) for one in LANGUAGES)
    return (Value(Kind.BILINGUAL, "\n".join(said)),)


def labelled(part: str, number: int) -> str:
    """Return the words of a part after its item's number, in each language."""
    said = (read_words(one).text(f"dossier.part.{part}") for one in LANGUAGES)
    return "\n".join(f"{number}. {words}" for words in said)


def part_of_all(part: str, shown: int, number: int) -> str:
    """Return the words of a part with how many of all are shown, in each language."""
    said = (
        words.text(
            "reports.first_of", part=words.text(f"dossier.part.{part}"), shown=shown, n=number
        )
        for words in map(read_words, LANGUAGES)
    )
    return "\n".join(said)

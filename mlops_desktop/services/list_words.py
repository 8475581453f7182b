"""Says a command's list in words: titles, codes, days and figures as a language writes them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mlops_desktop.core.cells import Cell, Code, Day, Figure, InBoth, Named, Said, Several, Span
from mlops_desktop.core.wording import Words
from mlops_desktop.dossier.language import Language, is_figure
from mlops_desktop.services.wording import read_words

__all__ = ["Listed", "say_asked", "say_list"]

_NUMBER = re.compile(r"[A-Z]{1,2}-\d+")
_POINT = re.compile(r"(?<=\d)\.(?=\d)")


@dataclass(frozen=True, slots=True)
class Listed:
    """A list in words: its title, its columns' titles, which are figures, and its rows."""

    title: str
    heads: tuple[str, ...]
    are_numbers: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]


def say_list(
    name: str, heads: Sequence[str], cells: Sequence[Sequence[Cell]], language: str
) -> Listed:
    """Return the list that ``name`` prints (``models``, ``report plan``) in ``language``.

    A code without a word stays as it is, so that no cell is lost; text stays as it was written.
    """
    words, kept = read_words(language), [at for at, head in enumerate(heads) if head]
    columns = [[row[at] for row in cells] for at in kept]
    said = (_head(name, heads[at], column, words) for at, column in zip(kept, columns, strict=True))
    return Listed(
        _said(words, "list_columns.title", name),
        tuple(said),
        tuple(map(_is_numeric, columns)),
        tuple(tuple(_row(heads, row, words)) for row in cells),
    )


def say_asked(asked: Sequence[tuple[str, str]], language: str) -> str:
    """Return in words what a list was asked for: options by name with what was given.

    A filter stands as it was typed, as on a list of the window.
    """
    words = read_words(language)
    return "; ".join(_asked(words, name, value) for name, value in asked)


def _asked(words: Words, name: str, value: str) -> str:
    for key in (f"list_prints.asked.{name}_{value}", f"list_prints.asked.{name}"):
        if key in words:
            return words.text(key, value=value)
    head = _said(words, "list_columns.head", name)
    return words.text("list_prints.asked_other", name=head, value=value)


def _head(name: str, head: str, column: Sequence[Cell], words: Words) -> str:
    """Return a column's title; an ID that people know by number is called so."""
    if head == "ID" and column and all(_NUMBER.fullmatch(str(cell)) for cell in column):
        return words.text("list_columns.number")
    own = _said(words, f"list_columns.head_of.{name.replace(' ', '_')}", head)
    return own if own != head else _said(words, "list_columns.head", head)


def _is_numeric(column: Sequence[Cell]) -> bool:
    """Tell whether all that stands in a column are numbers, which are set to the right."""
    filled = [cell for cell in column if cell is not None and str(cell)]
    return bool(filled) and all(map(_is_number, filled))


def _is_number(cell: Cell) -> bool:
    is_one = isinstance(cell, Figure) and is_figure(cell.text)
    return is_one or isinstance(cell, int | float)


def _row(heads: Sequence[str], row: Sequence[Cell], words: Words) -> Iterator[str]:
    """Yield the cells of a row; one without a title is a remark on the one before it."""
    told = [_say(cell, words) for cell in row]
    for at, head in enumerate(heads):
        if head:
            is_remarked = at + 1 < len(heads) and not heads[at + 1]
            parts = (told[at], told[at + 1]) if is_remarked else (told[at],)
            yield ", ".join(filter(None, parts))


def _say(cell: Cell, words: Words) -> str:
    """Return what a cell says in the language of ``words``."""
    match cell:
        case Code():
            return _code(cell, words)
        case Figure():
            return _POINT.sub(",", cell.text) if words.language == "de" else cell.text
        case Said():
            filled = {name: _say(value, words) for name, value in cell.values.items()}
            return words.text(cell.key, **filled)
        case InBoth():
            return cell.de if words.language == "de" else cell.en
        case Span():
            return f"{_say(cell.first, words)} – {_say(cell.last, words)}"
        case Named():
            return f"{_say(cell.name, words)}: {_say(cell.value, words)}"
        case Several():
            return cell.gap.join(_say(part, words) for part in cell.parts)
        case date() | Day():
            return _day(str(cell), Language(words))
    return "" if cell is None else str(cell)


def _code(code: Code, words: Words) -> str:
    told = (_said(words, family, code.text) for family in code.families)
    return next((one for one in told if one != code.text), code.text)


def _said(words: Words, family: str, code: str) -> str:
    plain = code.lower().replace(" ", "_")
    keys = (f"{family}.{one}" for one in (plain, plain.replace("-", "_")))
    return next((words.text(key) for key in keys if key in words), code)


def _day(text: str, language: Language) -> str:
    """Return an ISO day or moment as people write it, a moment to the minute."""
    if not text:
        return ""
    at = datetime.fromisoformat(text)
    told = language.day(at.date())
    return told if len(text) == len("2026-11-29") else f"{told}, {at:%H:%M} UTC"

"""Cells of a chapter, made of what services know."""

from collections.abc import Iterable, Mapping
from datetime import date

from mlops_desktop.core.documents import Document
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.dossier.content import Cell, Kind, Missing, Reason, Value
from mlops_desktop.services.dossiers.erased import gap_of
from mlops_desktop.services.item_titles import say_place
from mlops_desktop.services.wording import read_words

_COMMON = ("production", "staging", "test")
_USES = frozenset({"training", "train", "validation", "test", "evaluation", "eval", "reference"})
NOT_YET = Missing(Reason.NONE_YET)
NONE = Missing(Reason.NONE)
"""Where it is known that there is none."""


def text(value: str) -> Cell:
    """Return a text as it stands."""
    return (Value(Kind.TEXT, value),)


def code(value: str) -> Cell:
    """Return a code, printed in words."""
    return (Value(Kind.CODE, value),)


def page(section: str) -> Cell:
    """Return the page of a section of the dossier."""
    return (Value(Kind.PAGE, section),)


def environment(name: str) -> Cell:
    """Return an environment, in words where it is one of the common ones."""
    return code(f"environment.{name}") if name in _COMMON else text(name)


def place(before: str, environment: str, after: str = "") -> Cell:
    """Return what runs in an environment, which is said in words where it is a common one."""
    told = (say_place(read_words(language), environment) for language in ("en", "de"))
    return (Value(Kind.BILINGUAL, "\n".join(f"{before}{one}{after}" for one in told)),)


def uses(words: Iterable[str], gap: Missing = NOT_YET) -> Cell:
    """Return what data was read for, the common words of it as codes."""
    told = tuple(
        Value(Kind.CODE, f"dataset_use.{word}") if word in _USES else Value(Kind.TEXT, word)
        for word in words
    )
    return told or gap


def count(number: int) -> Cell:
    """Return a number."""
    return (Value(Kind.COUNT, str(number)),)


def day(value: date | None) -> Cell:
    """Return a day, or the gap where there is none."""
    return (Value(Kind.DATE, value.isoformat()),) if value is not None else NOT_YET


def moment(at: str) -> Cell:
    """Return when something was recorded."""
    return (Value(Kind.TIME, at),)


def said(words: Erasable | None) -> Cell:
    """Return free text, or the gap where it is missing or was erased."""
    if words is None:
        return Missing(Reason.NOT_RECORDED)
    return gap_of(words) if words.text is None else text(words.text)


def person(names: Mapping[str, str], id: str) -> Cell:
    """Return a person's name."""
    return text(names.get(id, id))


def persons(names: Mapping[str, str], ids: tuple[str, ...]) -> Cell:
    """Return the names of persons, or the gap where there are none."""
    return text(", ".join(names.get(id, id) for id in ids)) if ids else NOT_YET


def document(kept: Document | None) -> Cell:
    """Return a kept file by its name and digest, or the gap where none is kept."""
    if kept is None:
        return Missing(Reason.NOT_RECORDED)
    return text(f"{kept.name.text or '…'} (SHA-256 {kept.file})")


def fulfilment(
    names: Mapping[str, str], who: str, at: str, kept: Document | None, comment: Erasable | None
) -> Cell:
    """Return when, by whom and by which evidence something is met, a line each."""
    found = [Value(Kind.TIME, at), Value(Kind.TEXT, names.get(who, who))]
    for cell in (document(kept) if kept else (), said(comment) if comment else ()):
        found += [] if isinstance(cell, Missing) else cell
    return tuple(found)

"""Prints any list as it is seen: who printed it, when, as of which day, by which filter."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from mlops_desktop import __version__
from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.listing import ListColumn, ListSheet, print_sheet
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.session import Session
from mlops_desktop.services.wording import read_words
from mlops_desktop.store.queries import people

__all__ = ["ListColumn", "ListWish", "print_list"]


@dataclass(frozen=True, slots=True)
class ListWish:
    """A list to be printed: its title, visible columns in order, rows, and what it was asked.

    ``order`` is a sentence about the order, or nothing.
    """

    title: str
    columns: tuple[ListColumn, ...]
    rows: Sequence[tuple[str, ...]] = field(repr=False)
    language: str = "en"
    filter: str = ""
    order: str = ""
    as_of: AsOf = NOW


def print_list(session: Session, wish: ListWish) -> bytes:
    """Return the list as a PDF, A4 on its side; it is not sealed and says so."""
    words = read_words(wish.language)
    with session.workspace.read() as view:
        person = people.get_person(view.connection, session.actor.person)
    return print_sheet(
        ListSheet(
            id=new_id(),
            title=wish.title,
            workspace=session.workspace.name,
            person=person.name,
            printed_at=clock.now(),
            as_of=_as_of(wish.as_of, Language(words)),
            filter=wish.filter,
            order=wish.order,
            columns=wish.columns,
            rows=wish.rows,
            generator=f"MLOps Desktop {__version__}",
        ),
        words,
    )


def _as_of(as_of: AsOf, language: Language) -> str:
    say = language.words.text
    if as_of.is_now:
        return say("list_prints.now")
    at, known = language.day(as_of.day), as_of.known
    if known is None or known == as_of.day:
        return say("list_prints.as_of", day=at)
    return say("list_prints.as_of_both", at=at, known=language.day(known))

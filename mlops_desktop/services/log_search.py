"""Looking for words in the history: piece by piece from its end, few events of each read whole."""

import re
from dataclasses import dataclass
from functools import cache

from mlops_desktop.core.events import registry
from mlops_desktop.services.ledger import LogRow, log_row
from mlops_desktop.services.log_about import About
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries import events as queries
from mlops_desktop.store.queries.event_search import may_say
from mlops_desktop.store.queries.models import find_model
from mlops_desktop.store.unit_of_work import ReadSession

_AT_ONCE = 50_000
_MOST = 512
_RUN = re.compile("[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class SoughtWord:
    """A word, case folded, and the kinds of events whose name in the reader's language has it."""

    text: str
    types: tuple[str, ...] = ()

    @property
    def run(self) -> str:
        """The longest part of it that is stored as it is written; "" for none."""
        return max(_RUN.findall(self.text), key=len, default="")


@dataclass(frozen=True, slots=True)
class Piece:
    """What one piece of the history holds; ``before`` is where to look on."""

    rows: tuple[LogRow, ...]
    before: int

    @property
    def is_last(self) -> bool:
        """Whether nothing lies before it."""
        return self.before <= 0


def search_piece(
    session: Session, words: tuple[SoughtWord, ...], before: int, *, model: str | None = None
) -> Piece:
    """Return events below ``before`` that may say all ``words``, newest first.

    None that says them is left out; whether the others do is for the caller to see.
    """
    since = max(before - _AT_ONCE, 0)
    with session.workspace.read() as view:
        about = About(view)
        found = queries.list_events(
            view.connection,
            subject=find_model(view.connection, model) if model else None,
            limit=_MOST,
            before=before,
            since=since,
            fits=tuple(_condition(view, about, word) for word in words if word.run),
        )
        rows = tuple(log_row(row, about) for row in found)
    return Piece(rows, since if len(rows) < _MOST else rows[-1].position)


def _condition(view: ReadSession, about: About, word: SoughtWord) -> queries.Condition:
    persons = tuple(id for id, name in about.names.items() if word.run in name.casefold())
    types = word.types + (_numbered() if word.run.isdecimal() else ())
    return may_say(view.connection.dialect.name, word.run, types, persons)


@cache
def _numbered() -> tuple[str, ...]:
    """Return the kinds whose line may say the number of a model, of which they store the id."""
    kinds = ((name, registry.kind_of(name)) for name in registry.names())
    return tuple(name for name, kind in kinds if "model" in kind.__dataclass_fields__)

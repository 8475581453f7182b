"""The list of exports: its rows, what the filter line knows, and its columns."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.dossiers import list_dossiers
from mlops_desktop.services.rows import DossierRow
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.dossiers.said import (
    SHORT,
    say_as_of,
    say_language,
    say_place,
    say_subject,
    say_verdict,
)
from mlops_desktop.ui.pages.dossiers.shelf import Found, Place, Shelf
from mlops_desktop.ui.pages.models.said import say_moment
from mlops_desktop.ui.table import Column, EmptyText, ListQuery, ListSpec
from mlops_desktop.ui.text import later
from mlops_desktop.ui.widgets.chips import Status

FILTER_KEYS = ("model", "person", "language", "waits")
SCOPES = ("all", "mine", "waiting")
WAITS_FOR_ME = "waits:me"
"""What other places ask this page for: the dossiers whose turn it is to be signed by who acts."""
_PIECE = re.compile(r'(?:([a-z]+):)?(?:"([^"]*)"?|(\S+))')
_FIELDS: dict[str, Callable[[DossierRow], str]] = {
    "model": lambda row: f"{row.model_id} {row.model_name}",
    "person": lambda row: row.person,
    "language": lambda row: row.language,
    "model_id": lambda row: row.model_id,
    "key": lambda row: row.key,
    "at": lambda row: row.at,
    "as_of": lambda row: f"{row.as_at or ''} {row.as_known or ''}",
    "waits": lambda row: row.next_place.name if row.next_place is not None else "",
    "digest": lambda row: row.digests[-1],
}


@dataclass(frozen=True, slots=True)
class DossierLine:
    """An export in the list, and what became of its file."""

    id: str
    row: DossierRow
    place: Place


class Library:
    """Answers the list in the read lane; ``scope`` is one of :data:`SCOPES`.

    ``verdicts`` are those found in this window, by digest.
    """

    def __init__(self, context: Context, shelf: Shelf) -> None:
        self._context, self._shelf = context, shelf
        self.verdicts: dict[str, str] = {}
        self.scope = SCOPES[0]
        self.total = -1
        """How many there are, whatever is looked at; -1 while nobody knows."""

    def page(
        self, query: ListQuery, offset: int, limit: int, progress: Progress
    ) -> tuple[DossierLine, ...]:
        """Return one page of exports, newest first unless sorted."""
        rows = self._fitting(query)
        field = _FIELDS.get(query.sort)
        if field is not None:
            rows.sort(key=lambda row: field(row).casefold(), reverse=query.descending)
        rows = rows[offset : offset + limit]
        places = self._shelf.look_for(rows, self._folder())
        return tuple(DossierLine(row.key, row, places[row.key]) for row in rows)

    def count(self, query: ListQuery, progress: Progress) -> int:
        """Return how many exports fit."""
        return len(self._fitting(query))

    def state(self, line: DossierLine) -> Status:
        """Return the verdict found in this window, or what is known of the file."""
        verdict = self.verdicts.get(line.row.digests[-1])
        if verdict is not None and line.place.found is Found.SAME:
            return say_verdict(self._context, verdict)
        return say_place(self._context, line.place)

    def _is_in_scope(self, row: DossierRow) -> bool:
        if self.scope == "mine":
            return waits_for(row, self._context.session.actor.person)
        return self.scope == "all" or row.next_place is not None

    def _folder(self) -> Path | None:
        place = self._context.session.workspace.place
        return None if "://" in place else Path(place).resolve().parent

    def _fitting(self, query: ListQuery) -> list[DossierRow]:
        known = list_dossiers(self._context.session, query.as_of)
        self.total = len(known)
        rows = tuple(filter(self._is_in_scope, known))
        for key, quoted, plain in _PIECE.findall(query.filter):
            if key and key not in FILTER_KEYS:
                raise AppError("filter.unknown_key", name=key, known=", ".join(FILTER_KEYS))
            value = (quoted or plain).casefold()
            if key or value.removesuffix(":") not in FILTER_KEYS:  # a key still without its value
                rows = tuple(row for row in rows if value in _text(row, key))
        return list(rows)


def waits_for(row: DossierRow, person: str) -> bool:
    """Whether the signature of ``person`` is due now."""
    return row.next_place is not None and row.next_place.person == person


def _text(row: DossierRow, key: str) -> str:
    told = [_FIELDS[key]] if key else [*_FIELDS.values()]
    return " ".join(field(row) for field in told).casefold()


def list_spec(library: Library) -> ListSpec[DossierLine]:
    """Return the list of exports."""

    def columns(context: Context) -> tuple[Column[DossierLine], ...]:
        return make_columns(context, library)

    return ListSpec(
        "dossiers",
        "dossiers.title.page",
        columns,
        EmptyText(later("No dossier has left this workspace yet."), "dossier.export", "dossiers"),
        FILTER_KEYS,
        (
            "dossier.countersign",
            "dossier.compare",
            "dossier.compare_now",
            "dossier.extend",
            "",
            "dossier.again",
            "dossier.locate",
            "dossier.folder",
            "",
            "dossier.authority",
        ),
    )


def make_columns(context: Context, library: Library) -> tuple[Column[DossierLine], ...]:
    """Return every column."""

    def language(line: DossierLine) -> str:
        return say_language(context, line.row.language)

    def state(line: DossierLine) -> str:
        return library.state(line).word

    model = _column("model", lambda line: say_subject(context, line.row), 19)
    return (
        replace(
            _column("model_id", lambda line: line.row.model_id, 9), muted=True, whole=True, key=True
        ),
        replace(model, strong=True, flexible=True),
        replace(_column("state", state, 17), status=library.state, sortable=False, key=True),
        replace(_column("as_of", lambda line: say_as_of(context, line.row), 14), key=True),
        _column("language", language, 9),
        _column("at", lambda line: say_moment(context, line.row.at), 16),
        _column("person", lambda line: line.row.person, 19),
        _column("waits", lambda line: _FIELDS["waits"](line.row), 19),
        replace(
            _column("digest", lambda line: line.row.digests[-1][:SHORT], 13),
            muted=True,
            shown=False,
        ),
        replace(_column("key", lambda line: line.row.key, 34), shown=False),
    )


def _column(name: str, text: Callable[[DossierLine], str], width: int) -> Column[DossierLine]:
    return Column(name, f"dossiers.column.{name}", text, width)

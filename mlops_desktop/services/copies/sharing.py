"""What is to be seen of working together: where one stands, what came in, what is not settled."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events import codec
from mlops_desktop.core.extracts import Extract
from mlops_desktop.services.copies.extracting import read_extract
from mlops_desktop.services.copies.standing import Conflict, State, conflicts, state
from mlops_desktop.services.copies.told import told_row
from mlops_desktop.services.ledger import LogRow
from mlops_desktop.services.log_about import About
from mlops_desktop.services.session import Session
from mlops_desktop.store import engine as engines
from mlops_desktop.store import log
from mlops_desktop.store.queries import events as queries
from mlops_desktop.store.queries.named import printed_names

_MOST = 200
"""What others recorded is read this far back."""

__all__ = ["Conflict", "LogRow", "Sharing", "Sides", "count_waiting", "read_sharing", "read_sides"]


@dataclass(frozen=True, slots=True)
class Sharing:
    """``state`` is a copy's, None for the shared workspace; ``extract`` that of an extract.

    ``came`` is what others recorded lately, newest first. ``is_team`` tells a database server
    from a file.
    """

    is_team: bool
    state: State | None
    extract: Extract | None
    conflicts: tuple[Conflict, ...]
    came: tuple[LogRow, ...]

    @property
    def unshared(self) -> tuple[LogRow, ...]:
        """What is recorded here and not yet shared."""
        return self.state.unshared if self.state is not None else ()


def read_sharing(session: Session) -> Sharing:
    """Return where the open workspace stands with others."""
    workspace, me = session.workspace, session.actor.person
    with workspace.read() as view:
        about = About(view)
        found = queries.list_events(view.connection, limit=_MOST)
        came = tuple(told_row(row, about) for row in found if row.envelope.actor.person != me)
    is_copy = workspace.copy is not None
    return Sharing(
        engines.is_team(workspace.place),
        state(session) if is_copy else None,
        _extract(session) if is_copy else None,
        conflicts(session),
        came,
    )


def _extract(session: Session) -> Extract | None:
    try:
        return read_extract(session)
    except AppError:
        return None  # verifying the ledger says what is wrong with it


def count_waiting(session: Session) -> int:
    """Return how much waits for somebody: conflicts, and what is not yet shared."""
    shared = state(session).unshared if session.workspace.copy is not None else ()
    return len(conflicts(session)) + len(shared)


@dataclass(frozen=True, slots=True)
class Sides:
    """The fields of an event that was held back, beside those of the one in its way."""

    mine: Mapping[str, str]
    theirs: Mapping[str, str]


def read_sides(session: Session, conflict: Conflict) -> Sides:
    """Return both sides of a conflict, each field as text; what was erased is left out."""
    with session.workspace.read() as view:
        names = printed_names(view.connection)

        def fields(row: LogRow | None) -> dict[str, str]:
            if row is None:
                return {}
            (stored,) = log.read_events(view.connection, row.position, row.position + 1)
            payload = log.read_envelope(view.connection, stored.body).payload
            opened = {field: one.text for field, one in codec.named_commitments(payload)}
            plain = dict(_flat(codec.to_tree(payload), ""))
            told = {field: opened.get(field, text) for field, text in plain.items()}
            return {
                field: names.get(text, text)
                for field, text in told.items()
                if text and field.partition(".")[0] not in _ABOUT
            }

        return Sides(fields(conflict.event), fields(conflict.against))


_ABOUT = frozenset({"item", "model", "models", "person", "seen", "thing"})
"""Fields that say what an event is about or how it was signed, the same on both sides."""


def _flat(node: codec.Node, path: str) -> Iterator[tuple[str, str | None]]:
    """Yield every value of a tree with its dotted field; a commitment has no value of its own."""
    if isinstance(node, dict):
        if "..." in node:
            yield path, None
            return
        for name, part in node.items():
            yield from _flat(part, f"{path}.{name}".lstrip("."))
    elif isinstance(node, list):
        for number, part in enumerate(node, 1):
            yield from _flat(part, f"{path}.{number}")
    elif node is not None:
        yield path, str(node)

"""Links between models: said, taken back, traced up and down the flow of results."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.model_links import ModelLinked, ModelUnlinked
from mlops_desktop.core.model_links import Link, LinkKind, circle, trace
from mlops_desktop.services.late import locks_late
from mlops_desktop.services.session import Recorded, Session, commit_text
from mlops_desktop.store.queries import models
from mlops_desktop.store.queries.model_links import list_links
from mlops_desktop.store.queries.succession import ModelName, name_model
from mlops_desktop.store.unit_of_work import ReadSession, WriteSession


@dataclass(frozen=True, slots=True)
class Linked:
    """Another model as a model is linked to it; ``updated_at`` is when that one last changed.

    ``is_outgoing`` says that this model is ``kind`` of the other, not the other of this one.
    """

    model: ModelName
    kind: LinkKind
    is_outgoing: bool
    since: str
    note: str | None
    updated_at: str

    @property
    def code(self) -> str:
        """The code of the relation as this model sees it."""
        return f"link.{self.kind.value}" if self.is_outgoing else f"link.by_{self.kind.value}"


@dataclass(frozen=True, slots=True)
class Traced:
    """A model up or down the flow, so many links away."""

    model: ModelName
    distance: int


@locks_late
def link_models(
    session: Session,
    named: str,
    kind: LinkKind,
    other: str,
    *,
    note: str | None = None,
    effective: datetime | None = None,
) -> Recorded:
    """Say that a model feeds, calibrates, … another.

    Raises ``model.linked_already``, ``model.link_circle``, which names the circle, and
    ``model.not_found`` or ``model.ambiguous``, which say in ``where`` which of the two is meant.
    """
    with session.workspace.write(session.actor) as work:
        link = _find(work, named, kind, other)
        known = tuple(row.link for row in list_links(work.connection))
        if link in known:
            raise AppError("model.linked_already", where="other", kind=kind.value)
        _refuse_circle(work, known, link)
        linked = ModelLinked(link.model, kind, link.other, commit_text(note))
        work.record(linked, effective=effective)
    return Recorded(link.model, work.changes)


def _find(work: WriteSession, named: str, kind: LinkKind, other: str) -> Link:
    return Link(_named(work, named, "model"), kind, _named(work, other, "other"))


def _named(work: WriteSession, named: str, where: str) -> str:
    """Return the model meant; of two that are named, a refusal tells which."""
    try:
        return models.find_model(work.connection, named)
    except AppError as error:
        raise AppError(error.code, where=where, name=named) from error


def _refuse_circle(work: WriteSession, known: tuple[Link, ...], link: Link) -> None:
    found = circle(known, link)
    if found:
        numbers = models.numbers(work.connection, found)
        told = " → ".join(numbers[one] for one in found)
        raise AppError("model.link_circle", where="other", circle=told)


@locks_late
def unlink_models(
    session: Session,
    named: str,
    kind: LinkKind,
    other: str,
    *,
    reason: str | None = None,
    effective: datetime | None = None,
) -> Recorded:
    """Say that a link holds no longer; raises ``model.not_linked``."""
    with session.workspace.write(session.actor) as work:
        link = _find(work, named, kind, other)
        if link not in {row.link for row in list_links(work.connection)}:
            raise AppError("model.not_linked", where="other", kind=kind.value)
        gone = ModelUnlinked(link.model, kind, link.other, commit_text(reason))
        work.record(gone, effective=effective)
    return Recorded(link.model, work.changes)


def links_of(session: Session, named: str, as_of: AsOf = NOW) -> tuple[Linked, ...]:
    """Return the models that a model is linked to directly."""
    with session.workspace.read() as view:
        return read_links(view, models.find_model(view.connection, named), as_of)


def read_links(view: ReadSession, key: str, as_of: AsOf = NOW) -> tuple[Linked, ...]:
    """Return the models that a model is linked to directly, inside a read session."""
    return tuple(_linked(view, key, as_of))


def _linked(view: ReadSession, key: str, as_of: AsOf) -> Iterator[Linked]:
    for row in list_links(view.connection, as_of):
        link = row.link
        if key in (link.model, link.other):
            other = link.other if link.model == key else link.model
            name = name_model(view.connection, other, as_of)
            changed = _updated(view, other, as_of)
            yield Linked(name, link.kind, link.model == key, row.since, row.note, changed)


def _updated(view: ReadSession, key: str, as_of: AsOf) -> str:
    try:
        return models.get_model(view.connection, key, as_of).row.updated_at
    except AppError:  # linked from before it itself held
        return ""


def trace_links(
    session: Session, named: str, *, upstream: bool, as_of: AsOf = NOW
) -> tuple[Traced, ...]:
    """Return every model whose results reach this one, or that its results reach."""
    with session.workspace.read() as view:
        key = models.find_model(view.connection, named)
        links = [row.link for row in list_links(view.connection, as_of)]
        found = trace(links, key, upstream=upstream)
        return tuple(Traced(name_model(view.connection, one, as_of), far) for one, far in found)

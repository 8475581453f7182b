"""Every contradiction between sources and inventory, as of any date, with its exception."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.exceptions import ExceptionDetails, ExceptionRule
from mlops_desktop.core.lifecycle import Scope, State
from mlops_desktop.core.model_state import ModelState, Serving
from mlops_desktop.core.reconciliation import (
    WAYS,
    Contradiction,
    Told,
    Way,
    find_contradictions,
)
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.core.serving_rules import NOTHING, WAIVABLE, Breach, Known, find_breaches
from mlops_desktop.services.collector import pausing
from mlops_desktop.services.known_uses import exempted, models_waived
from mlops_desktop.services.reconciliation.served_at import ServedAt
from mlops_desktop.services.session import Session
from mlops_desktop.store import records
from mlops_desktop.store.queries import contradictions, people, registry
from mlops_desktop.store.queries import items as item_queries
from mlops_desktop.store.queries import models as model_queries
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.queries.items import ItemRow
from mlops_desktop.store.queries.model_records import list_records
from mlops_desktop.store.queries.models import ModelFilter, ModelRow
from mlops_desktop.store.queries.observed import ObservedFilter, list_observed
from mlops_desktop.store.queries.versions import DeploymentRow, every_deployment
from mlops_desktop.store.unit_of_work import ReadSession


@dataclass(frozen=True, slots=True)
class ReconciliationRow:
    """A contradiction: of which model, what the source says, what the inventory says, how known.

    ``model`` is None for something that serves and that nobody knows here. ``digest`` names the
    kept answer. ``exception`` is what the program opened about it, None where it opened none:
    ``is_onboarding`` then says that it was so before the model came into the inventory.
    """

    rule: ExceptionRule
    subject: str
    model: ModelRow | None
    told: str
    held: str
    source: str
    digest: str
    seen_at: str
    entity: str | None = None
    exception: ItemRow | None = None
    is_onboarding: bool = False
    is_certain: bool = True
    served_at: ServedAt | None = None

    @property
    def id(self) -> str:
        """Its exception's number, or what tells it from others."""
        if self.exception is not None:
            return self.exception.number
        about = self.model.id if self.model is not None else self.source
        return f"{self.rule.value}/{about}/{self.subject}"

    @property
    def ways(self) -> tuple[Way, ...]:
        """The ways in which it can be settled."""
        if self.model is None:
            return (Way.DECIDE_CANDIDATE, Way.STOP)
        return WAYS[self.rule]


@dataclass(frozen=True, slots=True)
class BlindSpot:
    """A source whose last reading was not whole, so that contradictions may be missing."""

    source: str
    read_at: str | None
    whole_at: str | None
    failures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Every contradiction, the gravest first, and the sources that could not tell."""

    rows: tuple[ReconciliationRow, ...]
    blind_spots: tuple[BlindSpot, ...]


def reconcile(session: Session, as_of: AsOf = NOW) -> Reconciliation:
    """Return what sources tell otherwise than the inventory says, as of any date."""
    with session.workspace.read() as view, pausing():
        look = _Look(view, as_of)
        rows = [row for one in look.models() for row in look.rows_of(*one)]
        rows += look.strangers()
        spots = tuple(_blind_spots(view)) if as_of.is_now else ()
    order = list(WAYS)
    rows.sort(key=lambda row: (order.index(row.rule), row.model.id if row.model else ""))
    return Reconciliation(tuple(rows), spots)


def list_ungoverned(session: Session, as_of: AsOf = NOW) -> tuple[ReconciliationRow, ...]:
    """Return what sources tell of and nobody has decided about, without looking at the rest."""
    with session.workspace.read() as view, pausing():
        wanted = ModelFilter(scope=Scope.ALL, states=(State.CANDIDATE,), as_of=as_of)
        about = tuple(row.key for row in model_queries.list_models(view.connection, wanted))
        look = _Look(view, as_of, about)
        rows = [row for one in look.models(State.CANDIDATE) for row in look.rows_of(*one)]
        return (*rows, *look.strangers())


class _Look:
    """One look at the workspace: what many models share is read once."""

    def __init__(
        self, view: ReadSession, as_of: AsOf, about: tuple[str, ...] | None = None
    ) -> None:
        self._view, self._as_of = view, as_of
        self._persons = people.names(view.connection)
        self._entries = contradictions.every_entry_told(view.connection, as_of)
        self._artifacts = contradictions.with_artifacts(view.connection)
        self._deployments: Mapping[str, list[DeploymentRow]] | None = None
        self._waived = models_waived(view)
        self._exceptions = _open_exceptions(view, as_of, about)

    def models(self, *states: State) -> Iterator[tuple[ModelRow, ModelState]]:
        """Yield every model, in these states or any, that can contradict a source.

        Most of a large bank need no look.
        """
        wanted = ModelFilter(scope=Scope.ALL, states=states, as_of=self._as_of)
        for row, record in list_records(self._view.connection, wanted):
            if row.state is not State.REJECTED and self._is_of_interest(row):
                yield row, records.from_text(ModelState, record)

    def _is_of_interest(self, row: ModelRow) -> bool:
        if row.serving or row.state in (State.APPROVED, State.CANDIDATE):
            return True
        return any(one.owners or one.missing_since for one in self._entries.get(row.key, ()))

    def rows_of(self, row: ModelRow, state: ModelState) -> Iterator[ReconciliationRow]:
        """Yield the contradictions of one model."""
        if state.stage is State.CANDIDATE:
            if not self._is_gone(state):
                yield self._candidate(row, state)
            return
        day = self._as_of.day
        every = dict.fromkeys(find_breaches(state, day, Known(is_validated=True)))
        broken = [breach for breach in every if breach.rule in WAYS]
        known = exempted(self._view, state, self._waived) if broken else NOTHING
        for breach in broken:
            if breach.rule not in known.waived & WAIVABLE:
                yield self._served(row, state, breach, known.onboarded)
        for one in find_contradictions(state, row.state, self._told(state)):
            yield self._row(row, one)

    def _told(self, state: ModelState) -> Told:
        names, connection = self._persons, self._view.connection
        has = state.id in self._artifacts
        artifacts = contradictions.artifacts_seen(connection, state.id, self._as_of) if has else ()
        owner = names.get(state.details.owner or "", "")
        entries = tuple(self._entries.get(state.id, ()))
        return Told(entries, artifacts, owner, tuple(names.values()))

    def _is_gone(self, state: ModelState) -> bool:
        """Tell whether no source knows a candidate any more, and nothing of it serves."""
        told = self._entries.get(state.id, ())
        return bool(told) and not state.productive and all(one.missing_since for one in told)

    def _candidate(self, row: ModelRow, state: ModelState) -> ReconciliationRow:
        seen = [one for one in state.productive if one.thing is not None]
        place = next(iter(seen or state.productive), None)
        told = self._entries.get(state.id, ())
        entry = told[0] if told else None
        if place is not None:
            subject = f"{place.label} {place.environment}".strip()
            found = self._deployment(state, place)
            if seen and found is not None:
                breach = Breach(ExceptionRule.NOT_IN_INVENTORY, subject)
                return self._of_deployment(row, breach, found, is_onboarding=False)
        subject = entry.place if entry is not None else row.name
        source = entry.place if entry is not None else row.source
        breach = Breach(ExceptionRule.NOT_IN_INVENTORY, subject)
        digest, at = (entry.digest, entry.seen_at) if entry is not None else ("", "")
        one = Contradiction(breach, row.serving or row.name, "", source, digest, at)
        return self._row(row, one)

    def _served(
        self, row: ModelRow, state: ModelState, breach: Breach, onboarded: frozenset[str]
    ) -> ReconciliationRow:
        places = [one for one in state.productive if breach.subject in _places(one)]
        if breach.entity is not None:
            here = [one for one in places if one.entity in (None, breach.entity)]
            places = here or places
        best = min(places, key=lambda one: one.thing is None)
        found = self._deployment(state, best)
        is_old = all(one.deployment in onboarded for one in places)
        return self._of_deployment(row, breach, found, is_onboarding=is_old)

    def _deployment(self, state: ModelState, place: Serving) -> DeploymentRow | None:
        if self._deployments is None:
            self._deployments = every_deployment(self._view.connection, self._as_of)
        rows = self._deployments.get(state.id, ())
        return next((one for one in rows if one.key == place.deployment), None)

    def _of_deployment(
        self, row: ModelRow, breach: Breach, found: DeploymentRow | None, *, is_onboarding: bool
    ) -> ReconciliationRow:
        told, source, digest, at, place = breach.subject, "", "", "", None
        if found is not None:
            place = ServedAt(found.label, found.region or "", found.endpoint or "")
            told = place.told
            source = f"{found.source}: {found.basis}" if found.source else found.basis
            digest, at = found.seen_digest or "", found.seen_at or found.since
        held = row.approval.value if row.state is not State.CANDIDATE else ""
        one = Contradiction(breach, told, held, source, digest, at)
        return replace(self._row(row, one, is_onboarding=is_onboarding), served_at=place)

    def _row(
        self, row: ModelRow, one: Contradiction, *, is_onboarding: bool = False
    ) -> ReconciliationRow:
        item = self._exceptions.get((row.key, one.breach))
        return ReconciliationRow(
            one.breach.rule,
            one.breach.subject,
            row,
            one.told,
            one.held,
            one.source,
            one.digest,
            one.seen_at,
            one.breach.entity,
            item,
            is_onboarding and item is None,
            one.is_certain,
        )

    def strangers(self) -> Iterator[ReconciliationRow]:
        """Yield what serves and is about no model that anybody knows here."""
        wanted = ObservedFilter(("serving",), as_of=self._as_of)
        for one in list_observed(self._view.connection, wanted):
            if not one.models and one.missing_since is None:
                yield ReconciliationRow(
                    ExceptionRule.NOT_IN_INVENTORY,
                    one.name,
                    None,
                    ", ".join(subject.model for subject in one.details.subjects) or one.name,
                    "",
                    f"{one.source}: {one.native_id}",
                    one.seen_digest,
                    one.seen_at,
                )


def _places(serving: Serving) -> tuple[str, ...]:
    place = f"{serving.label} {serving.environment}".strip()
    return place, f"{place} {serving.region}"


def _open_exceptions(
    view: ReadSession, as_of: AsOf, about: tuple[str, ...] | None
) -> dict[tuple[str, Breach], ItemRow]:
    """Return the open exceptions about some models, or about any."""
    if about == ():
        return {}
    wanted = ItemFilter(("exception",), scope=ItemScope.OPEN, models=about or (), as_of=as_of)
    found: dict[tuple[str, Breach], ItemRow] = {}
    for one in item_queries.read_items(view.connection, wanted):
        row, details = one.row, one.state.details
        if isinstance(details, ExceptionDetails) and details.rule in WAYS:
            breach = Breach(details.rule, details.subject or "", details.entity)
            found.update(((model, breach), row) for model in row.models)
    return found


def _blind_spots(view: ReadSession) -> Iterator[BlindSpot]:
    for source in registry.list_sources(view.connection):
        failures = source.result.failures if source.result else ()
        is_whole = source.completed_at is not None and source.completed_at == source.synced_at
        if not source.is_removed and not is_whole:
            told = tuple(f"{one.stream}: {one.code}" for one in failures)
            yield BlindSpot(source.name, source.synced_at, source.completed_at, told)


def find_row(found: Reconciliation, named: str) -> ReconciliationRow:
    """Return the row of an exception's number; raises ``reconcile.not_found``."""
    for row in found.rows:
        if row.exception is not None and named.upper() in (row.exception.number, row.id):
            return row
    raise AppError("reconcile.not_found", where="id", id=named)

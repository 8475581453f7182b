"""What versions were tested for and what the gate says of those that serve, over all models."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from mlops_desktop.core.approval_state import Approval
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.serving import PRODUCTION
from mlops_desktop.core.version_tests import RED, TestResult
from mlops_desktop.services.collector import pausing
from mlops_desktop.services.conditions import stand_of_conditions
from mlops_desktop.services.gate import Answer, ask_gate, ask_gate_in
from mlops_desktop.services.overview.cards import Look
from mlops_desktop.services.overview.mine import Mine, read_mine, read_models
from mlops_desktop.services.version_tests import VersionResults, results_of_many
from mlops_desktop.store.queries.approvals import list_requests
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.queries.items import count_items, list_items
from mlops_desktop.store.queries.models import ModelFilter, ModelRow, count_models, list_models
from mlops_desktop.store.queries.permissions import list_emergencies, list_permissions
from mlops_desktop.store.queries.profile_facts import conditional_requests
from mlops_desktop.store.queries.version_tests import list_requirements, models_with_red
from mlops_desktop.store.queries.versions import DeploymentRow, open_deployments
from mlops_desktop.store.unit_of_work import ReadSession

_MOST = 300
"""So many models of one kind are looked at: nobody reads more."""
_SHOWN = 60
ASKED = 24
"""The gate is asked about so many versions: each takes some thirty milliseconds."""
_GRANTED = frozenset({Approval.APPROVED, Approval.INTERIM})
_STOPPED = (State.CANDIDATE, State.REJECTED, State.RETIRED, State.SUSPENDED)


_UNSURE = tuple(one for one in Approval if one not in _GRANTED)
UNAPPROVED = " ".join(
    (f"state:{State.PRODUCTION.value}", *(f"approval:{one.value}" for one in _UNSURE))
)
"""Shows in the list of models those in production without an approval that holds."""


@dataclass(frozen=True, slots=True)
class Tested:
    """A version with its newest results; ``roles`` are those in which it serves in production."""

    model: ModelRow
    results: VersionResults
    roles: tuple[str, ...]
    is_mine: bool

    @property
    def label(self) -> str:
        """The version as people say it."""
        return self.results.version.details.version

    @property
    def red(self) -> tuple[TestResult, ...]:
        """The tests whose newest result refuses a delivery."""
        return tuple(one for one in self.results.results if one.verdict in RED)


@dataclass(frozen=True, slots=True)
class Gated:
    """What the gate says of a version that serves in production."""

    model: ModelRow
    label: str
    roles: tuple[str, ...]
    answer: Answer
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Delivery:
    """Tests and gate over all models; ``deployed`` versions serve, ``gated`` were asked about.

    ``unapproved`` models run without an approval that holds, ``exceptions`` are open. It is not
    ``is_whole`` where more versions were to be asked about than there was time for.
    """

    mine: Mine
    tested: tuple[Tested, ...]
    gated: tuple[Gated, ...]
    deployed: int
    unapproved: int
    exceptions: int
    is_whole: bool = True

    @property
    def refused(self) -> tuple[Gated, ...]:
        """The versions that serve although the gate refuses them, one's own first."""
        return tuple(one for one in self.gated if not one.answer.is_allowed)


@dataclass(frozen=True, slots=True)
class _Place:
    model: str
    version: str
    label: str


def read_delivery(look: Look) -> Delivery:
    """Return what versions were tested for, and what the gate says of those that serve.

    The gate is asked only where something on record can speak against a version, at most
    :data:`ASKED` times.
    """
    with look.session.workspace.read() as view, pausing():
        mine = read_mine(view, look)
        serving = _serving(open_deployments(view.connection, PRODUCTION, look.as_of))
        models, tested = _tested(view, look, mine, serving)
        red = (one.model.key for one in tested if one.red)
        suspects = _suspects(view, look.as_of, red, serving)
        places = [place for place in serving if place.model in suspects]
        unapproved = count_models(view.connection, _unapproved(look.as_of))
        broken = ItemFilter(("exception",), as_of=look.as_of)
        exceptions = count_items(view.connection, broken)
        models |= read_models(view, {one.model for one in places} - set(models), look.as_of)
    places = [place for place in places if place.model in models]
    places.sort(key=lambda one: (one.model not in mine.keys, -suspects[one.model]))
    gated = tuple(
        _asked(look, models[one.model], one, serving[one], is_mine=one.model in mine.keys)
        for one in places[:ASKED]
    )
    ordered = sorted(gated, key=_gravest_first)
    is_whole = len(places) <= ASKED
    return Delivery(mine, tested, tuple(ordered), len(serving), unapproved, exceptions, is_whole)


def _gravest_first(one: Gated) -> tuple[bool, int, int]:
    """Put one's own first, then what serves otherwise than was approved, then most reasons."""
    reasons = one.answer.reasons
    contradicted = sum(reason.rule == "exception_open" for reason in reasons)
    return not one.is_mine, -contradicted, -len(reasons)


def _serving(rows: tuple[DeploymentRow, ...]) -> dict[_Place, tuple[str, ...]]:
    """Return the versions that serve with the roles each has; without a version it cannot pass."""
    found: dict[_Place, tuple[str, ...]] = {}
    for row in rows:
        place = _Place(row.model, row.version, row.label)
        found[place] = tuple(dict.fromkeys((*found.get(place, ()), row.role)))
    return {place: roles for place, roles in found.items() if place.version}


def _tested(
    view: ReadSession, look: Look, mine: Mine, serving: dict[_Place, tuple[str, ...]]
) -> tuple[dict[str, ModelRow], tuple[Tested, ...]]:
    """Return the results of one's own models, else of some that serve, and of all ever red."""
    red = sorted(models_with_red(view.connection, look.as_of))[:_MOST]
    some = dict(list(mine.models.items())[:_MOST])
    others = set(red) | ({place.model for place in [*serving][:_SHOWN]} if mine.is_all else set())
    models = some | read_models(view, others - set(some), look.as_of)
    return models, _results(view, models, look.as_of, serving, mine.keys)


def _results(
    view: ReadSession,
    models: dict[str, ModelRow],
    as_of: AsOf,
    serving: dict[_Place, tuple[str, ...]],
    mine: frozenset[str] = frozenset(),
) -> tuple[Tested, ...]:
    """Return the versions of ``models`` that were tested or serve, the newest of each first."""
    roles = {(place.model, place.version): told for place, told in serving.items()}
    return tuple(
        Tested(models[key], one, roles.get((key, one.version.key), ()), key in mine)
        for key, results in results_of_many(view, models.values(), as_of).items()
        for one in results
        if one.results or (key, one.version.key) in roles
    )


def red_now(tested: Iterable[Tested]) -> tuple[Tested, ...]:
    """Return those with red tests that serve, or are the newest of their model that was tested."""
    newest: dict[str, Tested] = {}
    every = [(one, newest.setdefault(one.model.key, one)) for one in tested]
    return tuple(one for one, first in every if one.red and (one.roles or one is first))


def models_red(view: ReadSession, as_of: AsOf) -> frozenset[int]:
    """Return the numbers of the models of which such a version has red tests."""
    models = read_models(view, models_with_red(view.connection, as_of), as_of)
    serving = _serving(open_deployments(view.connection, PRODUCTION, as_of))
    return frozenset(_number(one.model) for one in red_now(_results(view, models, as_of, serving)))


def models_refused(view: ReadSession, as_of: AsOf) -> frozenset[int]:
    """Return the numbers of the models that serve in production although the gate refuses them.

    The gate is asked about every version against which anything on record can speak.
    """
    serving = _serving(open_deployments(view.connection, PRODUCTION, as_of))
    suspects = _suspects(view, as_of, models_with_red(view.connection, as_of), serving, None)
    models = read_models(view, suspects, as_of)
    return frozenset(
        _number(models[place.model])
        for place in serving
        if place.model in models
        and not ask_gate_in(view, place.model, place.label, PRODUCTION, as_of).is_allowed
    )


def _number(row: ModelRow) -> int:
    return int(row.id.rpartition("-")[2])


def _suspects(
    view: ReadSession,
    as_of: AsOf,
    red: Iterable[str],
    serving: Iterable[_Place],
    most: int | None = _MOST,
) -> Counter[str]:
    """Return the models against which anything can speak at the gate, by how much does.

    Whatever makes the gate say no leaves one of these marks; what leaves one may still pass.
    """
    marks = Counter(red)
    # A second version of a model is not what its approval state is about.
    several = Counter(place.model for place in serving)
    marks.update(key for key, versions in several.items() if versions > 1)
    marks.update(_by_state(view, as_of, most))
    for mark in (_by_items, _by_supervisor, _by_conditions):
        marks.update(mark(view, as_of))
    return marks


def _unapproved(as_of: AsOf) -> ModelFilter:
    return ModelFilter(states=(State.PRODUCTION,), approvals=_UNSURE, as_of=as_of)


def _by_state(view: ReadSession, as_of: AsOf, most: int | None) -> Iterator[str]:
    """Yield models that are not approved or do not run, and those of tiers that ask for tests."""
    running = ModelFilter(states=(State.PRODUCTION,), as_of=as_of)
    tiers = tuple(one.tier for one in list_requirements(view.connection, as_of))
    wanted = [_unapproved(as_of), replace(running, states=_STOPPED)]
    wanted += [replace(running, tiers=tiers)] if tiers else []
    for one in wanted:
        yield from (row.key for row in list_models(view.connection, one, limit=most))


def _by_items(view: ReadSession, as_of: AsOf) -> Iterator[str]:
    wanted = ItemFilter(("finding", "exception"), as_of=as_of)
    for row in list_items(view.connection, wanted):
        if row.kind == "exception" or row.is_overdue:
            yield from row.models


def _by_supervisor(view: ReadSession, as_of: AsOf) -> Iterator[str]:
    """Yield models that wait for a permission or were changed in an emergency."""
    for row in list_permissions(view.connection, None, as_of):
        one = row.permission
        if one.is_blocking or any(told.is_overdue(as_of.day) for told in one.obligations):
            yield row.model
    for change in list_emergencies(view.connection, None, as_of):
        yield change.emergency.model


def _by_conditions(view: ReadSession, as_of: AsOf) -> Iterator[str]:
    """Yield models of which an approval holds with a condition that is overdue."""
    keys = conditional_requests(view.connection, as_of)
    for row in list_requests(view.connection, keys=keys, as_of=as_of):
        if any(one.is_overdue for one in stand_of_conditions(row, as_of.day)):
            yield row.model


def _asked(
    look: Look, model: ModelRow, place: _Place, roles: tuple[str, ...], *, is_mine: bool
) -> Gated:
    answer = ask_gate(look.session, model.id, place.label, PRODUCTION, look.as_of)
    return Gated(model, place.label, roles, answer, is_mine)

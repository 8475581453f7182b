"""How models stand under a profile: the matrix of models and rules, as of any date."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import mlops_desktop.store.queries.models as model_queries
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.lifecycle import Scope as ModelScope
from mlops_desktop.core.profiles.checks import SCOPE
from mlops_desktop.core.profiles.data import Profile, Rule
from mlops_desktop.core.profiles.facts import Columns, ModelFacts
from mlops_desktop.core.profiles.judging import compile_profile, decides
from mlops_desktop.core.profiles.outcomes import Outcome, Reason, Result
from mlops_desktop.services.collector import pausing
from mlops_desktop.services.profiles import standing
from mlops_desktop.services.profiles.gathering import TRAIT, gather
from mlops_desktop.services.profiles.mending import Mend, mend_of
from mlops_desktop.services.profiles.standing import Standing
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.models import ModelFilter, ModelRow
from mlops_desktop.store.unit_of_work import ReadSession


@dataclass(frozen=True, slots=True)
class Judged:
    """One cell of the matrix: a model, a rule and how it stands.

    ``decides`` says that it makes the answer "no"; ``since`` is the newest date on record of what
    satisfies the rule; ``values`` are what the attribute has that leaves the rule out.
    """

    model: ModelRow
    rule: Rule
    outcome: Outcome
    decides: bool
    since: date | None
    scope_reason: str | None
    values: tuple[str, ...] = ()

    @property
    def lead(self) -> str:
        """The fact that would mend a gap first: a field, a record, a document."""
        name = self.outcome.names[0] if self.outcome.names else self.rule.lead
        match self.outcome.reason:
            case Reason.ABSENT | Reason.TOO_OLD | Reason.EXPIRED | Reason.ERASED:
                return name
            case Reason.UNDECIDED | Reason.OUT_OF_SCOPE:
                return SCOPE
            case Reason.UNKNOWN | Reason.CONDITION:
                return SCOPE if name.startswith(TRAIT) else f"field.{name}"
            case _:
                return self.rule.lead

    @property
    def mend(self) -> Mend:
        """What a person does about it."""
        return mend_of(self.lead)


@dataclass(frozen=True, slots=True)
class Matrix:
    """How models stand under one profile: a column of outcomes a rule, in the order of both."""

    standing: Standing
    day: date
    models: tuple[ModelRow, ...]
    columns: tuple[Sequence[Outcome], ...]
    known: Columns
    names: Mapping[str, str]

    @property
    def outcomes(self) -> tuple[tuple[Outcome, ...], ...]:
        """The outcomes of each model, in the order of the rules."""
        return tuple(zip(*self.columns, strict=True))

    @property
    def facts(self) -> Iterator[ModelFacts]:
        """What is on record about each model."""
        return map(self.known.of, self.known.models)

    @property
    def profile(self) -> Profile:
        """The profile in the version used."""
        return self.standing.profile

    @property
    def in_force(self) -> bool:
        """Whether the profile is in force here on the day."""
        return self.standing.in_force(self.day)

    def rows(self) -> Iterator[Judged]:
        """Yield every cell, model by model."""
        profile, in_force = self.profile, self.in_force
        for model, facts, outcomes in zip(self.models, self.facts, self.outcomes, strict=True):
            told = facts.scope.reason if facts.scope else None
            for rule, outcome in zip(profile.rules, outcomes, strict=True):
                is_no = in_force and decides(profile, rule, outcome.result, self.day)
                held = _values(outcome, facts)
                yield Judged(model, rule, outcome, is_no, _since(rule, facts), told, held)

    def deciding(self) -> tuple[Judged, ...]:
        """Return the cells that make the answer "no"."""
        return tuple(row for row in self.rows() if row.decides)

    def counts(self) -> dict[str, Counter[Result]]:
        """Return how often each result occurs, by rule."""
        pairs = zip(self.profile.rules, self.columns, strict=True)
        return {rule.id: Counter(outcome.result for outcome in column) for rule, column in pairs}


def _values(outcome: Outcome, facts: ModelFacts) -> tuple[str, ...]:
    if outcome.reason is not Reason.CONDITION:
        return ()
    return tuple(sorted(facts.attributes.get(outcome.names[0], ())))


def _since(rule: Rule, facts: ModelFacts) -> date | None:
    held = [facts.facts[name] for need in rule.needs for name in need if name in facts.facts]
    return max((fact.since for fact in held if fact.since), default=None)


def check_models(session: Session, id: str, wanted: ModelFilter | None = None) -> Matrix:
    """Return how the models of a filter stand, the current ones without one.

    Raises ``profile.not_found``.
    """
    with session.workspace.read() as view:
        return read_matrix(view, id, wanted or ModelFilter(), opens=True)


def check_model(session: Session, id: str, named: str, as_of: AsOf = NOW) -> Matrix:
    """Return how one model stands under a profile; raises ``profile.not_found``, ``model.…``."""
    with session.workspace.read() as view:
        key = model_queries.find_model(view.connection, named)
        return read_matrix(view, id, _only(view, key, as_of), opens=True)


def check_active(session: Session, key: str, as_of: AsOf = NOW) -> tuple[Matrix, ...]:
    """Return how a model stands under every profile that the workspace works by."""
    with session.workspace.read() as view:
        return read_active(view, key, as_of)


def read_active(view: ReadSession, key: str, as_of: AsOf) -> tuple[Matrix, ...]:
    """Return how a model stands under every active profile, inside a read session."""
    wanted = _only(view, key, as_of)
    active = standing.list_active(view, as_of)
    return tuple(_matrix(view, one, wanted, opens=True) for one in active)


def read_matrix(view: ReadSession, id: str, wanted: ModelFilter, *, opens: bool) -> Matrix:
    """Return a matrix inside a read session; ``opens`` reads the reasons of scope too."""
    return _matrix(view, standing.find_standing(view, id, wanted.as_of), wanted, opens=opens)


def _only(view: ReadSession, key: str, as_of: AsOf) -> ModelFilter:
    found = model_queries.get_model(view.connection, key, as_of)
    number = int(found.row.id.removeprefix("M-"))
    return ModelFilter(scope=ModelScope.ALL, among=(number,), as_of=as_of)


def _matrix(view: ReadSession, found: Standing, wanted: ModelFilter, *, opens: bool) -> Matrix:
    day = wanted.as_of.day
    with pausing():
        gathered = gather(view, found.profile, wanted, opens=opens)
        judge = compile_profile(found.profile, gathered.kept, day)
        columns = judge(gathered.columns)
    names = people.names(view.connection)
    return Matrix(found, day, gathered.rows, columns, gathered.columns, names)

"""How models stand under one profile at the end of a period, and stood before it began."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mlops_desktop.core import clock
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.lifecycle import Scope as ModelScope
from mlops_desktop.core.profiles.data import Profile, Rule
from mlops_desktop.core.profiles.outcomes import GAPS, Reason, Result
from mlops_desktop.services.dossiers.orders import Period, Population
from mlops_desktop.services.filtering import parse_filter
from mlops_desktop.services.profiles.checking import Judged, Matrix, read_matrix
from mlops_desktop.services.profiles.filtering import narrow_by_rules
from mlops_desktop.store.queries.models import ModelFilter
from mlops_desktop.store.unit_of_work import ReadSession

_ORDER = tuple(
    Result(one) for one in ("missing", "stale", "unverifiable", "waived", "met", "not_applicable")
)


_SCOPE = "record.scope"


@dataclass(frozen=True, slots=True)
class Viewed:
    """The matrix at the end of the period, its cells by rule and model, and results before it."""

    population: Population
    period: Period
    matrix: Matrix
    cells: tuple[Judged, ...]
    before: Mapping[tuple[str, str], Result]

    @property
    def profile(self) -> Profile:
        """The profile in the version that held at the end."""
        return self.matrix.profile

    @property
    def gaps(self) -> tuple[Judged, ...]:
        """What is missing or stale, in the order of the rules."""
        return tuple(one for one in self.cells if one.outcome.result in GAPS)

    def of_rule(self, rule: Rule) -> tuple[Judged, ...]:
        """Return how the models stand under a rule, gaps first.

        Left out are those it does not concern, and those of which nobody decided whether it does.
        """
        found = (one for one in self.cells if one.rule.id == rule.id)
        concerned = [one for one in found if not _is_apart(one)]
        return tuple(sorted(concerned, key=lambda one: _ORDER.index(one.outcome.result)))

    def undecided(self, rule: Rule | None = None) -> tuple[Judged, ...]:
        """Return the cells of models whose scope nobody decided, of one rule or of all."""
        found = (one for one in self.cells if rule is None or one.rule.id == rule.id)
        return tuple(one for one in found if one.outcome.reason is Reason.UNDECIDED)

    def unscoped(self, rule: Rule | None = None) -> tuple[Judged, ...]:
        """Return the gaps that are nothing but an undecided scope, of one rule or of all.

        Their models are named once, where it is told whose scope nobody decided.
        """
        open_ = {one.model.key for one in self.undecided()}
        return tuple(
            one
            for one in self.gaps
            if (rule is None or one.rule.id == rule.id)
            and {name for need in one.rule.needs for name in need} == {_SCOPE}
            and one.model.key in open_
        )

    def counts(self, rule: Rule) -> Counter[Result]:
        """Return how often each result occurs under a rule."""
        return Counter(one.outcome.result for one in self.cells if one.rule.id == rule.id)


def _is_apart(one: Judged) -> bool:
    is_outside = one.outcome.result is Result.NOT_APPLICABLE
    return is_outside or one.outcome.reason is Reason.UNDECIDED


def dates_of(period: Period, as_of: AsOf) -> AsOf:
    """Return the dates a view is as of: the end of its period, by what is known.

    Raises ``period.not_over``, ``period.with_day``.
    """
    if as_of.at is not None and as_of.at != period.last:
        raise AppError("period.with_day", where="--as-at")
    if period.last > clock.today():
        raise AppError("period.not_over", where="--period", last=period.last.isoformat())
    return replace(as_of, at=period.last)


def read_view(
    view: ReadSession, profile: str, period: Period, population: Population, as_of: AsOf
) -> Viewed:
    """Return how the models of a population stand.

    Raises ``profile.not_found``, ``filter.…``, ``dossier.no_models``.
    """
    matrix = _matrix(view, profile, population, as_of)
    if not matrix.models:
        raise AppError("dossier.no_models", where="--filter", filter=population.line)
    eve = replace(as_of, at=_eve(period.first))
    places = {rule.id: place for place, rule in enumerate(matrix.profile.rules)}
    cells = sorted(matrix.rows(), key=lambda one: places[one.rule.id])
    return Viewed(population, period, matrix, tuple(cells), _before(view, matrix, eve))


def _matrix(view: ReadSession, profile: str, population: Population, as_of: AsOf) -> Matrix:
    wanted = parse_filter(population.line, ModelFilter(scope=population.scope, as_of=as_of))
    return read_matrix(view, profile, narrow_by_rules(view, wanted), opens=True)


def _before(view: ReadSession, matrix: Matrix, eve: AsOf) -> dict[tuple[str, str], Result]:
    """Return the results of the same models by model and rule; none where it was not kept yet."""
    numbers = tuple(int(row.id.removeprefix("M-")) for row in matrix.models)
    wanted = ModelFilter(scope=ModelScope.ALL, among=numbers, as_of=eve)
    try:
        then = read_matrix(view, matrix.profile.id, wanted, opens=False)
    except AppError as fault:
        if fault.code != "profile.not_found":
            raise
        return {}
    return {(one.model.id, one.rule.id): one.outcome.result for one in then.rows()}


def _eve(day: date) -> date:
    return day - timedelta(days=1) if day > date.min else day

"""Lists of models by how they stand under a profile: ``profile:osfi-e23/E23-A1-04=missing``."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TypeAlias

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.lifecycle import Scope
from mlops_desktop.core.profiles.outcomes import GAPS, Outcome, Result
from mlops_desktop.services.incident_filtering import narrow_by_incidents
from mlops_desktop.services.judged_filtering import narrow_by_judgements
from mlops_desktop.services.profiles.checking import Matrix, read_matrix
from mlops_desktop.store.queries.model_filter import ModelFilter, RuleTerm
from mlops_desktop.store.queries.models import numbers
from mlops_desktop.store.queries.profiles import list_scopes
from mlops_desktop.store.unit_of_work import ReadSession

GAP = "gap"
"""Missing or stale: what somebody has to mend."""

_TERM = re.compile(r"(?P<profile>[^/=]+)(?:/(?P<rule>[^=]+))?(?:=(?P<result>.+))?")
_Asked: TypeAlias = tuple[str, str, AsOf, date, str]
_MOST = 6
_KEPT: dict[_Asked, Matrix] = {}


def read_term(text: str) -> RuleTerm:
    """Return a term of the filter line; without a result, gaps. Raises ``filter.value_refused``."""
    found = _TERM.fullmatch(text)
    result = (found["result"] or GAP).lower().replace("-", "_") if found else ""
    if found is None or result not in {GAP, *Result}:
        allowed = ", ".join(f"osfi-e23={one}" for one in (*Result, GAP))
        raise AppError(
            "filter.value_refused", where="--filter", name="profile", value=text, allowed=allowed
        )
    return RuleTerm(found["profile"].lower(), result, found["rule"])


def write_term(profile: str, result: str, rule: str | None = None) -> str:
    """Return the term of the filter line that finds models with a result."""
    return f"profile:{profile}/{rule}={result}" if rule else f"profile:{profile}={result}"


def narrow_by_rules(view: ReadSession, wanted: ModelFilter) -> ModelFilter:
    """Return a filter whose terms that no column answers are replaced by the models that fit.

    These are rules, regimes, incidents of data, of which any suffices, and what is judged, such as
    tests and the gate, of which each must hold. Raises ``profile.not_found``,
    ``profile.rule_not_found``, ``item.not_found``.
    """
    wanted = narrow_by_judgements(view, narrow_by_incidents(view, wanted))
    wanted = _narrow_by_regimes(view, wanted)
    if not wanted.rules:
        return wanted
    numbers = {number for term in wanted.rules for number in _fitting(view, wanted.as_of, term)}
    among = numbers if wanted.among is None else numbers & set(wanted.among)
    return replace(wanted, rules=(), among=tuple(sorted(among)))


def _narrow_by_regimes(view: ReadSession, wanted: ModelFilter) -> ModelFilter:
    if not wanted.regimes:
        return wanted
    asked = {(term.regime, term.is_in) for term in wanted.regimes}
    keys = [
        row.model
        for row in list_scopes(view.connection, wanted.as_of, opens=False)
        if (row.scoped.regime, row.scoped.is_in) in asked
    ]
    found = numbers(view.connection, keys).values()
    among = {int(one.removeprefix("M-")) for one in found}
    kept = among if wanted.among is None else among & set(wanted.among)
    return replace(wanted, regimes=(), among=tuple(sorted(kept)))


def _fitting(view: ReadSession, as_of: AsOf, term: RuleTerm) -> list[int]:
    matrix = _matrix(view, as_of, term.profile)
    results = GAPS if term.result == GAP else {Result(term.result)}
    fits: set[int] = set()
    for column in _columns(matrix, term.rule):
        fits.update(at for at, outcome in enumerate(column) if outcome.result in results)
    return [int(matrix.models[at].id.removeprefix("M-")) for at in sorted(fits)]


def _columns(matrix: Matrix, rule: str | None) -> tuple[Sequence[Outcome], ...]:
    """Return the column of a rule, all of them without one."""
    if rule is None:
        return matrix.columns
    ids = [one.id.casefold() for one in matrix.profile.rules]
    if rule.casefold() not in ids:
        raise AppError("profile.rule_not_found", where="--filter", rule=rule, id=matrix.profile.id)
    return (matrix.columns[ids.index(rule.casefold())],)


def _matrix(view: ReadSession, as_of: AsOf, profile: str) -> Matrix:
    """Return the matrix of all models; a list asks for it again with every page it shows."""
    key = (view.workspace, view.head_seen().root, as_of, as_of.day, profile)
    known = _KEPT.get(key)
    if known is None:
        wanted = ModelFilter(scope=Scope.ALL, as_of=as_of)
        known = read_matrix(view, profile, wanted, opens=False)
        for old in [*_KEPT][: max(0, len(_KEPT) - _MOST + 1)]:
            _KEPT.pop(old, None)
        _KEPT[key] = known
    return known

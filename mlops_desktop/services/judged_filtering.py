"""Lists of models by what no column says: red tests, the gate's no, nothing measured, an end.

What is judged is judged anew at every date, as the figures of the Overview are.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from mlops_desktop.core.asof import AsOf
from mlops_desktop.services.recent_answers import RecentAnswers
from mlops_desktop.store.queries.model_filter import ModelFilter
from mlops_desktop.store.queries.portfolio import model_facts
from mlops_desktop.store.unit_of_work import ReadSession


def narrow_by_judgements(view: ReadSession, wanted: ModelFilter) -> ModelFilter:
    """Return a filter whose judgements are replaced by the models for which each holds."""
    among = None if wanted.among is None else set(wanted.among)
    for term in wanted.judged:
        judge = partial(_JUDGES[term], view, wanted.as_of)
        found = _RECENT.ask(view, wanted.as_of, judge, term)
        among = set(found) if among is None else among & found
    if among is None or not wanted.judged:
        return wanted
    return replace(wanted, judged=(), among=tuple(sorted(among)))


def _red(view: ReadSession, as_of: AsOf) -> frozenset[int]:
    from mlops_desktop.services.overview.delivery import models_red

    return models_red(view, as_of)


def _refused(view: ReadSession, as_of: AsOf) -> frozenset[int]:
    from mlops_desktop.services.overview.delivery import models_refused

    return models_refused(view, as_of)


def _unmeasured(view: ReadSession, as_of: AsOf) -> frozenset[int]:
    from mlops_desktop.services.monitoring.reading import measured_models

    facts = model_facts(view.connection, as_of, measured_models(view, as_of))
    return frozenset(one.number for one in facts if one.runs_unmeasured)


def _expiring(view: ReadSession, as_of: AsOf) -> frozenset[int]:
    facts = model_facts(view.connection, as_of)
    return frozenset(one.number for one in facts if one.expires(as_of.day))


_JUDGES: dict[str, Callable[[ReadSession, AsOf], frozenset[int]]] = {
    "tests:red": _red,
    "gate:refused": _refused,
    "measured:no": _unmeasured,
    "approval:expiring": _expiring,
}
_RECENT = RecentAnswers[frozenset[int]](8)
JUDGED = tuple(_JUDGES)
"""The terms of the filter line that are judged."""

"""Which series there are to ask: found by the labels that name a model, or asked for by a person.

A gauge is averaged over each step, a counter becomes a rate, a histogram (by buckets or native)
two quantiles, all by Prometheus itself. Replicas of one service are one series: what tells them
apart is left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mlops_desktop.core.events.series import SeriesKind
from mlops_desktop.sources.prometheus.choice import Choice

_NAME = re.compile(r"[A-Za-z_:][A-Za-z0-9_:]*")
_SELECTOR = re.compile(r"[A-Za-z_:][A-Za-z0-9_:]*(\{[^{}]*\})?")
# What a process or a scrape says of itself, where the whole target bears the model's label.
_ASIDE = re.compile(
    r"(go|python|promhttp|scrape|kube|container|node|DCGM)_.*|ALERTS.*|.*_(created|info|sum|bucket)"
)
_QUANTILES = ("0.5", "0.95")
_KINDS = {
    SeriesKind.STABILITY: "psi csi drift wasserstein kolmogorov stability divergence ks_drift",
    SeriesKind.FAIRNESS: "fairness bias parity impact disparity",
    SeriesKind.DATA_QUALITY: "null nulls missing completeness quality freshness invalid",
    SeriesKind.PERFORMANCE: (
        "auc gini accuracy precision recall f1 brier rmse mae mape logloss loss ks qini lift"
        " groundedness score calibration"
    ),
    SeriesKind.BUSINESS: "conversion revenue churn acceptance approval default profit",
    SeriesKind.RESOURCE: "cpu memory gpu cost bytes watts",
    SeriesKind.OPERATION: (
        "up latency duration seconds requests errors predictions queue availability total"
    ),
}
_UNITS = ("seconds", "bytes", "ratio", "percent", "celsius", "watts", "milliseconds", "euros")


@dataclass(frozen=True, slots=True)
class Query:
    """A series to ask: its name here, PromQL with ``$step``, what it measures and in which unit."""

    metric: str
    expression: str
    kind: SeriesKind | None = None
    unit: str | None = None
    quantile: str | None = None
    resource: str | None = None
    measure: str | None = None


def found_queries(
    names: list[str], kinds: dict[str, tuple[str, str]], label: str, choice: Choice
) -> Iterator[Query]:
    """Yield the queries of the metrics that bear a label, those set aside left out."""
    known = set(names)
    for name in sorted(known):
        base = name.removesuffix("_bucket")
        if kinds.get(name, ("", ""))[0] == "histogram":
            # A classic one stands under its parts alone; this is native, buckets and all.
            yield from _quantiles(name, name, label, choice, kinds[name][1])
        elif base != name and kinds.get(base, ("histogram", ""))[0] in ("histogram", "unknown"):
            yield from _quantiles(base, name, label, choice, kinds.get(base, ("", ""))[1])
        elif not _ASIDE.fullmatch(name) and _is_wanted(name, choice):
            yield _plain(name, kinds, label, choice)


def _is_wanted(name: str, choice: Choice) -> bool:
    return choice.metrics is None or bool(choice.metrics.fullmatch(name))


def _plain(name: str, kinds: dict[str, tuple[str, str]], label: str, choice: Choice) -> Query:
    told, unit = kinds.get(name, kinds.get(name.removesuffix("_total"), ("unknown", "")))
    selected = select(name, label, choice)
    without = ", ".join(choice.without)
    if told == "counter" or name.endswith(("_total", "_count")):
        rate = f"sum without ({without}) (rate({selected}[$step]))"
        return Query(name, rate, kind_of(name), "1/s")
    average = f"avg without ({without}) (avg_over_time({selected}[$step]))"
    return Query(name, average, kind_of(name), unit or unit_of(name))


def _quantiles(base: str, name: str, label: str, choice: Choice, unit: str) -> Iterator[Query]:
    if not _is_wanted(base, choice):
        return
    without = ", ".join(choice.without)
    rate = f"sum without ({without}) (rate({select(name, label, choice)}[$step]))"
    for quantile in _QUANTILES:
        asked = f"histogram_quantile({quantile}, {rate})"
        yield Query(base, asked, kind_of(base), unit or unit_of(base), quantile)


def select(name: str, label: str, choice: Choice) -> str:
    """Return a selector of a metric where ``label`` names the model and none before it does."""
    before = choice.direct[: choice.direct.index(label)] if label in choice.direct else ()
    matchers = [*(f'{one}=""' for one in before), f'{label}!=""']
    if _NAME.fullmatch(name):
        return f"{name}{{{', '.join(matchers)}}}"
    return f'{{__name__="{escaped(name)}", {", ".join(matchers)}}}'


def escaped(told: str) -> str:
    """Return a text as it stands between quotes in PromQL."""
    return told.replace("\\", "\\\\").replace('"', '\\"')


def own_queries(choice: Choice, *, of_resources: bool) -> Iterator[Query]:
    """Yield the queries a person set; a bare selector is averaged over each step."""
    for one in choice.own:
        kind = choice.kind_of(one.metric) or kind_of(one.metric)
        if (kind is SeriesKind.RESOURCE) is not of_resources:
            continue
        is_bare = _SELECTOR.fullmatch(one.expression)
        asked = f"avg_over_time({one.expression}[$step])" if is_bare else one.expression
        yield Query(one.metric, asked, kind)


def kind_of(name: str) -> SeriesKind | None:
    """Return what a metric measures by the words of its name, None where none is known."""
    words = set(re.split(r"[_:.\W]+", name.casefold()))
    return next((kind for kind, known in _KINDS.items() if words & set(known.split())), None)


def unit_of(name: str) -> str | None:
    """Return the unit that stands at the end of a metric's name, as Prometheus recommends."""
    last = name.removesuffix("_total").rpartition("_")[2]
    return last if last in _UNITS else None

"""Alerts: those of now as Prometheus tells them, and those of the past from its own series.

``ALERTS_FOR_STATE`` holds, for as long as an alert is active, since when; so each alert has its
beginning to the second and its end to the step, also one that came and went between readings.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

import msgspec

from mlops_desktop.core import clock
from mlops_desktop.core.events.alerts import AlertDetails, AlertState
from mlops_desktop.core.inventory import Pair
from mlops_desktop.outside.http_faults import HttpFault
from mlops_desktop.outside.http_json import peek_json
from mlops_desktop.sources.base import SourceFailure
from mlops_desktop.sources.observations import Fact, ObservedThing, Stream
from mlops_desktop.sources.prometheus.choice import Choice, first
from mlops_desktop.sources.prometheus.limits import limit_of, metrics_in
from mlops_desktop.sources.prometheus.matrix import (
    Row,
    milliseconds,
    native_id,
    number,
    read_rows,
)
from mlops_desktop.sources.prometheus.rules import Alert, Group, Rule, rules_of, shortest
from mlops_desktop.sources.prometheus.windows import Window
from mlops_desktop.sources.rest import Parse, failure_of

_SUMMARIES = ("summary", "description", "message")
_ADDED = ("__name__", "alertstate")


class _Alerts(msgspec.Struct):
    alerts: list[Alert]


class _Answer(msgspec.Struct):
    data: _Alerts


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules in force, to say what an alert was held against."""

    groups: tuple[Group, ...]

    def of(self, labels: dict[str, str]) -> Rule | None:
        """Return the rule an alert is of: by its name, and by the labels the rule adds."""
        named = [one for _, one in rules_of(self.groups) if one.name == labels.get("alertname")]
        fitting = [one for one in named if one.labels.items() <= labels.items()]
        return next(iter([*fitting, *named]), None)


def history_query(choice: Choice) -> tuple[str, ...]:
    """Return PromQL for since when alerts were active that fired, one for each label of models."""
    chosen = [choice.alerts] if choice.alerts else []
    chosen += [f'{label}!=""' for label in choice.direct]
    return tuple(
        f"last_over_time(ALERTS_FOR_STATE{{{some}}}[$step]) and ignoring (alertstate)"
        f' last_over_time(ALERTS{{alertstate="firing", {some}}}[$step])'
        for some in chosen
    )


def now_query(choice: Choice) -> tuple[str, ...]:
    """Return PromQL for the alerts of now that are asked for beside those that name a model."""
    return (f"ALERTS{{{choice.alerts}}}",) if choice.alerts else ()


def parsing_history(choice: Choice, rules: Rules, window: Window) -> Parse:
    """Return how since-whens are read: an alert each, open if the window ends before it does."""

    def facts(raw: bytes) -> tuple[Fact, ...]:
        return tuple(one for row in read_rows(raw) for one in _episodes(row, choice, rules, window))

    return _guarded(facts)


def parsing_now(choice: Choice, rules: Rules, chosen: list[dict[str, str]]) -> Parse:
    """Return how the alerts of now are read: those about models, and those in ``chosen``."""

    def facts(raw: bytes) -> tuple[Fact, ...]:
        found = peek_json(raw, _Answer).data.alerts
        return tuple(
            _current(one, choice, rules)
            for one in found
            if choice.subject_of(one.labels) or one.labels in chosen
        )

    return _guarded(facts)


def labels_of(rows: list[Row]) -> list[dict[str, str]]:
    """Return the labels of alerts from rows of ``ALERTS``."""
    return [{key: told for key, told in row.metric.items() if key not in _ADDED} for row in rows]


def _guarded(facts: Callable[[bytes], tuple[Fact, ...]]) -> Parse:
    def parse(raw: bytes) -> tuple[Fact, ...]:
        try:
            return facts(raw)
        except HttpFault as fault:
            raise SourceFailure(failure_of(Stream.ALERTS, fault)) from fault

    return parse


def _episodes(row: Row, choice: Choice, rules: Rules, window: Window) -> Iterator[ObservedThing]:
    (labels,) = labels_of([row])
    for since, some in groupby(row.values, key=lambda sample: number(sample[1])):
        last = milliseconds(list(some)[-1][0])
        told = _details(labels, milliseconds(since), choice, rules)
        told = replace(told, summary=_plain(rules.of(labels)), state=AlertState.FIRING)
        if last < window.end * 1000:
            told = replace(told, state=AlertState.RESOLVED, ended=_moment(last))
        yield ObservedThing(_id(labels, told), told)


def _current(alert: Alert, choice: Choice, rules: Rules) -> ObservedThing:
    since = milliseconds(alert.activeAt.timestamp()) if alert.activeAt else None
    told = _details(alert.labels, since, choice, rules)
    state = AlertState.PENDING if alert.state == "pending" else AlertState.FIRING
    summary = first(alert.annotations, _SUMMARIES)
    told = replace(told, state=state, summary=summary, value=shortest(alert.value))
    return ObservedThing(_id(alert.labels, told), told)


def _details(
    labels: dict[str, str], since: int | None, choice: Choice, rules: Rules
) -> AlertDetails:
    rule = rules.of(labels)
    limit = limit_of(rule.query) if rule else None
    started = _moment(since // 1000 * 1000) if since is not None else None
    named = metrics_in(limit.measured) if limit else set()
    return AlertDetails(
        name=labels.get("alertname", "?"),
        subjects=choice.subject_of(labels),
        at=started,
        path="alerts",
        labels=tuple(Pair(name, labels[name]) for name in sorted(labels)),
        metric=named.pop() if len(named) == 1 else None,
        severity=labels.get("severity"),
        threshold=(limit.threshold if limit else rule.query) if rule else None,
        started=started,
    )


def _plain(rule: Rule | None) -> str | None:
    """Return a rule's summary where it holds nothing to be filled in."""
    told = first(rule.annotations, _SUMMARIES) if rule else None
    return told if told and "{{" not in told else None


def _id(labels: dict[str, str], told: AlertDetails) -> str:
    since = f"@{told.started:%Y-%m-%dT%H:%M:%SZ}" if told.started else ""
    return native_id("", labels) + since


def _moment(told: int) -> datetime:
    return clock.from_milliseconds(told)

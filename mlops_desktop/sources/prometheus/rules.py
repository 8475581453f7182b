"""The alerting rules with their limits: what each says of a model now, by Prometheus' own state.

A rule is silent both when its limit is kept and when nothing is measured. It passed only where
there are measurements that it looked at; else it has no verdict.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from mlops_desktop.core.events.checks import CheckCase, CheckDetails, CheckKind, Verdict
from mlops_desktop.core.events.series import SeriesKind
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.outside.http_json import peek_json
from mlops_desktop.sources.observations import Fact, ObservedThing
from mlops_desktop.sources.prometheus.choice import Choice
from mlops_desktop.sources.prometheus.limits import limit_of, metrics_in
from mlops_desktop.sources.prometheus.matrix import native_id
from mlops_desktop.sources.prometheus.queries import kind_of

_MOST_CASES = 100
_STATES = {"firing": Verdict.FAILED, "pending": Verdict.WARNING}
_KINDS = {SeriesKind.STABILITY: CheckKind.DRIFT, SeriesKind.DATA_QUALITY: CheckKind.DATA_QUALITY}
_UNHEALTHY = "err"


class Alert(msgspec.Struct):
    """An alert as it is now; ``value`` is a number as text."""

    labels: dict[str, str]
    annotations: dict[str, str] = {}
    state: str = ""
    activeAt: datetime | None = None  # noqa: N815 - Prometheus' own name
    value: str = ""


class Rule(msgspec.Struct):
    """A rule; recording rules have another ``type``."""

    name: str
    query: str
    type: str = ""
    health: str = ""
    lastError: str = ""  # noqa: N815 - Prometheus' own name
    labels: dict[str, str] = {}
    annotations: dict[str, str] = {}
    alerts: list[Alert] = []


class Group(msgspec.Struct):
    """The rules of one file that are evaluated together."""

    name: str
    file: str = ""
    rules: list[Rule] = []


class _Groups(msgspec.Struct):
    groups: list[Group]


class _Answer(msgspec.Struct):
    data: _Groups


def read_groups(raw: bytes) -> list[Group]:
    """Return the groups of alerting rules; raises HttpFault ``protocol``."""
    return peek_json(raw, _Answer).data.groups


def rules_of(groups: Iterable[Group]) -> Iterator[tuple[Group, Rule]]:
    """Yield every alerting rule with its group."""
    for group in groups:
        for rule in group.rules:
            if rule.type in ("", "alerting"):
                yield group, rule


@dataclass(slots=True)
class _Found:
    cases: dict[str, CheckCase] = field(default_factory=dict)
    since: datetime | None = None


def checks_of(
    group: Group, rule: Rule, measured: list[dict[str, str]], choice: Choice
) -> tuple[Fact, ...]:
    """Return what a rule says of each model: of those that are measured, and of its alerts."""
    found: dict[Subject, _Found] = {}
    limit = limit_of(rule.query)
    threshold = limit.threshold if limit else rule.query
    passed = Verdict.ERROR if rule.health == _UNHEALTHY else Verdict.PASSED
    for labels in measured:
        for subject in choice.subject_of(labels):
            case = CheckCase(_case_name(labels, choice), passed, threshold=threshold)
            found.setdefault(subject, _Found()).cases.setdefault(case.name, case)
    for alert in rule.alerts:
        for subject in choice.subject_of(alert.labels):
            _add(found.setdefault(subject, _Found()), alert, rule, threshold, choice)
    return tuple(_check(group, rule, subject, told) for subject, told in found.items())


def _add(found: _Found, alert: Alert, rule: Rule, threshold: str, choice: Choice) -> None:
    # What the rule adds is not on what it measures.
    added = {*rule.labels, "alertname"}
    labels = {name: told for name, told in alert.labels.items() if name not in added}
    name = _case_name(labels, choice)
    verdict = _STATES.get(alert.state, Verdict.NONE)
    found.cases[name] = CheckCase(name, verdict, shortest(alert.value), threshold)
    if alert.activeAt is not None:
        found.since = min(found.since or alert.activeAt, alert.activeAt)


def _case_name(labels: dict[str, str], choice: Choice) -> str:
    told = [f"{one.name}={one.value}" for one in choice.rest_of(labels) if one.name != "instance"]
    return ", ".join(told) or "–"


def _check(group: Group, rule: Rule, subject: Subject, found: _Found) -> ObservedThing:
    ranks = list(Verdict)
    cases = sorted(found.cases.values(), key=lambda one: (ranks.index(one.verdict), one.name))
    verdicts = [one.verdict for one in cases]
    kind = next((kind_of(word) for word in sorted(metrics_in(rule.query)) if kind_of(word)), None)
    details = CheckDetails(
        name=rule.name,
        subjects=(subject,),
        at=found.since,
        path="rules",
        labels=tuple(Pair(name, rule.labels[name]) for name in sorted(rule.labels)),
        kind=_KINDS.get(kind or SeriesKind.PERFORMANCE, CheckKind.PERFORMANCE),
        suite=group.name,
        verdict=verdicts[0] if verdicts else Verdict.NONE,
        total=len(cases),
        passed=verdicts.count(Verdict.PASSED),
        failed=verdicts.count(Verdict.FAILED),
        errors=verdicts.count(Verdict.ERROR),
        cases=tuple(cases[:_MOST_CASES]),
    )
    id = native_id(
        f"{group.file.rpartition('/')[2]}/{group.name}/{rule.name}", _id_labels(rule, subject)
    )
    return ObservedThing(id, details)


def _id_labels(rule: Rule, subject: Subject) -> dict[str, str]:
    return (
        rule.labels
        | {"model": subject.model}
        | ({"version": subject.version} if subject.version else {})
    )


def shortest(told: str) -> str | None:
    """Return a value, which Prometheus writes as ``4.5e-01``, as its shortest decimal text."""
    try:
        return f"{float(told):.15g}"
    except ValueError:
        return told or None

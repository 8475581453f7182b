"""The stream of checks: what the alerting rules say of each model, silence told apart from none."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from mlops_desktop.core import clock
from mlops_desktop.outside.http_faults import HttpFault
from mlops_desktop.sources.base import SourceFailure
from mlops_desktop.sources.observations import Completion, Fact, Refusal, Stream
from mlops_desktop.sources.prometheus.api import Api
from mlops_desktop.sources.prometheus.choice import Choice
from mlops_desktop.sources.prometheus.limits import limit_of, metrics_in
from mlops_desktop.sources.prometheus.matrix import read_rows
from mlops_desktop.sources.prometheus.rules import Group, Rule, checks_of, read_groups, rules_of
from mlops_desktop.sources.prometheus.windows import Window
from mlops_desktop.sources.rest import Parse, Told, failure_of

_MOST_RULES = 200


@dataclass(slots=True)
class Judging:
    """One reading of the rules."""

    api: Api
    choice: Choice
    refused: list[Refusal] = field(default_factory=list)

    def told(self) -> Iterator[Told]:
        """Yield the rules with their alerts, then for each rule what it looks at."""
        answer = self.api.get("/rules", {"type": "alert"})
        groups = read_groups(answer.body)
        yield Told(answer, _parsing(lambda raw: self._alerting(read_groups(raw))))
        now = int(clock.now().timestamp())
        about = self._about_models(now)
        meant = [(group, rule) for group, rule in rules_of(groups) if _is_about(rule, about)]
        for group, rule in meant[:_MOST_RULES]:
            limit = limit_of(rule.query)
            if limit is not None:
                yield Told(self.api.now(limit.measured, now), self._measured(group, rule))
        for _, rule in meant[_MOST_RULES:]:
            self.refused.append(Refusal(rule.name, "prometheus.many_rules", str(_MOST_RULES)))

    def done(self) -> Completion:
        """Return that the rules were read."""
        return Completion(Stream.CHECKS, refused=tuple(self.refused))

    def _about_models(self, now: int) -> set[str]:
        window = Window(now - self.choice.horizon, now)
        return {
            name
            for label in self.choice.direct
            for name in self.api.values("__name__", f'{{{label}!=""}}', window)
        }

    def _alerting(self, groups: list[Group]) -> tuple[Fact, ...]:
        return tuple(
            fact
            for group, rule in rules_of(groups)
            for fact in checks_of(group, rule, [], self.choice)
        )

    def _measured(self, group: Group, rule: Rule) -> Parse:
        def facts(raw: bytes) -> tuple[Fact, ...]:
            measured = [
                {name: told for name, told in row.metric.items() if name != "__name__"}
                for row in read_rows(raw)
            ]
            return checks_of(group, rule, measured, self.choice)

        return _parsing(facts)


def _is_about(rule: Rule, names: set[str]) -> bool:
    return bool(metrics_in(rule.query) & names)


def _parsing(facts: Callable[[bytes], tuple[Fact, ...]]) -> Parse:
    def parse(raw: bytes) -> tuple[Fact, ...]:
        try:
            return facts(raw)
        except HttpFault as fault:
            raise SourceFailure(failure_of(Stream.CHECKS, fault)) from fault

    return parse

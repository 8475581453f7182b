"""The stream of alerts: their history since the last reading, then those of now."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from mlops_desktop.core import clock
from mlops_desktop.outside.http_faults import HttpFault
from mlops_desktop.sources.observations import Completion, Refusal, Stream
from mlops_desktop.sources.prometheus.alerts import (
    Rules,
    history_query,
    labels_of,
    now_query,
    parsing_history,
    parsing_now,
)
from mlops_desktop.sources.prometheus.api import NOT_OFFERED, Api
from mlops_desktop.sources.prometheus.choice import Choice
from mlops_desktop.sources.prometheus.matrix import read_rows
from mlops_desktop.sources.prometheus.measuring import forgotten
from mlops_desktop.sources.prometheus.rules import read_groups
from mlops_desktop.sources.prometheus.windows import plan
from mlops_desktop.sources.rest import Told

# An alert is looked for this often, since one may be over long before a step of measurements is.
_STEP = 300


@dataclass(slots=True)
class Alerting:
    """One reading of the alerts; what it came to is known at its end."""

    api: Api
    choice: Choice
    refused: list[Refusal] = field(default_factory=list)
    reached: int | None = None
    is_after_gap: bool = False

    def told(self, cursor: str | None) -> Iterator[Told]:
        """Yield the answers: windows of the past, the oldest first, then now."""
        step = min(self.choice.step, _STEP)
        api = Api(self.api.client, step, self.api.warnings)
        now = clock.now().timestamp()
        wanted = plan(cursor, now, step, self.choice.horizon, api.retention())
        if wanted.forgotten:
            self.refused.append(forgotten(wanted.forgotten))
        self.is_after_gap = wanted.forgotten is not None
        rules = self._rules()
        for window in wanted.windows:
            for expression in history_query(self.choice):
                for answer in api.over(expression, window):
                    yield Told(answer, parsing_history(self.choice, rules, window))
            self.reached = window.end
        chosen = [
            labels
            for expression in now_query(self.choice)
            for labels in labels_of(read_rows(api.now(expression, int(now)).body))
        ]
        yield Told(api.get("/alerts"), parsing_now(self.choice, rules, chosen))

    def done(self) -> Completion:
        """Return what the reading came to.

        It tells what is new, so that absence says nothing; but after a time that Prometheus has
        forgotten, what is not told again has ended in that time.
        """
        cursor = str(self.reached) if self.reached is not None else None
        is_partial = not self.is_after_gap
        return Completion(Stream.ALERTS, cursor, is_partial=is_partial, refused=tuple(self.refused))

    def _rules(self) -> Rules:
        try:
            return Rules(tuple(read_groups(self.api.get("/rules", {"type": "alert"}).body)))
        except HttpFault as fault:
            if fault.fault not in NOT_OFFERED:
                raise
            return Rules(())

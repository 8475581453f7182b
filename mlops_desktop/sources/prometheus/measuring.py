"""The streams of measurements: which queries, window by window, as far as one reading may go."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from mlops_desktop.core import clock
from mlops_desktop.core.events.series import SeriesKind
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.outside.http import Answer
from mlops_desktop.sources.observations import Completion, Refusal, Stream
from mlops_desktop.sources.prometheus.api import Api
from mlops_desktop.sources.prometheus.choice import Choice
from mlops_desktop.sources.prometheus.matrix import has_histograms, parsing_points
from mlops_desktop.sources.prometheus.queries import Query, escaped, found_queries, own_queries
from mlops_desktop.sources.prometheus.resources import resource_queries
from mlops_desktop.sources.prometheus.windows import Plan, Window, plan
from mlops_desktop.sources.rest import Told

MOST_METRICS = 400
_MOST_JOBS = 50
# The account of a reading names every page and may be 256 KiB long.
_MOST_PAGES = 600
# One stream may read this share of what one sync may, so that each goes on every time.
_SHARE = 4


@dataclass(frozen=True, slots=True)
class Asking:
    """A query with the models it is about where its answer's labels name none."""

    query: Query
    models: tuple[Subject, ...] = ()


@dataclass(slots=True)
class Measuring:
    """One reading of a stream of series; what it came to is known at its end."""

    api: Api
    choice: Choice
    stream: Stream
    refused: list[Refusal] = field(default_factory=list)
    reached: int | None = None

    def told(self, cursor: str | None) -> Iterator[Told]:
        """Yield the answers of every query, window by window, the oldest first."""
        wanted = self._plan(cursor)
        started, limit = self.api.read, self.api.client.limits.sync_bytes // _SHARE
        pages = 0
        asked = self._asked(wanted.windows)
        for window in wanted.windows:
            for one in asked:
                parse = parsing_points(self.stream, one.query, self.choice, one.models)
                for answer in self.api.over(one.query.expression, window):
                    self._note(one.query, answer)
                    yield Told(answer, parse)
                    pages += 1
            self.reached = window.end
            if self.api.read - started > limit or pages > _MOST_PAGES:
                break

    def done(self) -> Completion:
        """Return what the reading came to, with the place from which the next goes on."""
        cursor = str(self.reached) if self.reached is not None else None
        return Completion(self.stream, cursor, is_partial=True, refused=tuple(self.refused))

    def _note(self, query: Query, answer: Answer) -> None:
        """Say once what came as native histograms, which are no numbers and so were left out."""
        told = Refusal(query.metric, "prometheus.native_histogram")
        if told not in self.refused and has_histograms(answer.body):
            self.refused.append(told)

    def _plan(self, cursor: str | None) -> Plan:
        retention = self.api.retention()
        now = clock.now().timestamp()
        wanted = plan(cursor, now, self.choice.step, self.choice.horizon, retention)
        if wanted.forgotten:
            self.refused.append(forgotten(wanted.forgotten))
        return wanted

    def _asked(self, windows: tuple[Window, ...]) -> list[Asking]:
        whole = Window(windows[0].start - self.choice.step, windows[-1].end)
        if self.stream is Stream.RESOURCE_USE:
            found = [*resource_queries(self.choice), *own_queries(self.choice, of_resources=True)]
            return [Asking(query) for query in found]
        asked = [*self._found(whole), *self._targets(whole)]
        asked += [Asking(query) for query in own_queries(self.choice, of_resources=False)]
        return asked

    def _found(self, whole: Window) -> Iterator[Asking]:
        kinds = self.api.kinds()
        found: list[Query] = []
        for label in self.choice.direct:
            names = self.api.values("__name__", f'{{{label}!=""}}', whole)
            found += found_queries(names, kinds, label, self.choice)
        for query in found[MOST_METRICS:]:
            self.refused.append(Refusal(query.metric, "prometheus.many_metrics", str(MOST_METRICS)))
        return (Asking(query) for query in found[:MOST_METRICS])

    def _targets(self, whole: Window) -> Iterator[Asking]:
        """Ask whether the targets answered that the models are measured at.

        A target that is down takes its series with it; that it is down is all that is left to see.
        """
        labels = self.choice.direct
        bare = ", ".join(f'{label}=""' for label in labels)
        found = {
            job: None
            for label in labels
            for job in self.api.values("job", f'{{{label}!=""}}', whole)
        }
        for job in list(found)[:_MOST_JOBS]:
            named = f'job="{escaped(job)}"'
            told = [
                one for label in labels for one in self.api.values(label, f"{{{named}}}", whole)
            ]
            up = f"avg_over_time(up{{{named}, {bare}}}[$step])"
            asked = f"avg by ({', '.join(('job', *self.choice.environment))}) ({up})"
            models = tuple(Subject(model) for model in dict.fromkeys(told))
            yield Asking(Query("up", asked, SeriesKind.OPERATION), models)


def forgotten(window: Window) -> Refusal:
    """Return that a source keeps nothing any more of a time that was not read yet."""
    first, last = (clock.from_milliseconds(at * 1000) for at in (window.start, window.end))
    told = f"{clock.to_text(first)} – {clock.to_text(last)}"
    return Refusal("Prometheus", "prometheus.forgotten", told)

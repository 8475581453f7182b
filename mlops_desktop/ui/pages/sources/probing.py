"""A connection test: run beside everything else, and said in words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.services.rows import Probe
from mlops_desktop.services.session import Session
from mlops_desktop.services.source_edits import SourceEdit, probe_edit
from mlops_desktop.services.sources import NewSource, probe_connection, probe_source
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Job, Progress
from mlops_desktop.ui.pages.sources.said import Trouble, say_stream, trouble_groups
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.chips import Status
from mlops_desktop.ui.widgets.sections import Fact, Group


@dataclass(frozen=True, slots=True)
class Tested:
    """What a test found, and when."""

    probe: Probe
    at: datetime

    @property
    def is_good(self) -> bool:
        """Whether everything that was asked was answered."""
        return self.probe.is_reachable and not self.probe.failures


Done = Callable[[Tested], None]
Failed = Callable[[AppError], None]


def test_new(context: Context, wanted: NewSource, done: Done, failed: Failed) -> Job:
    """Try a connection that is not added yet."""

    def probe(progress: Progress) -> Tested:
        return Tested(probe_connection(wanted, progress.is_cancelled), clock.now())

    name = tr("Testing {source}", source=wanted.name)
    return context.jobs.submit_network(name, probe, done, failed)


def test_edit(
    context: Context, name: str, edit: SourceEdit, held: str | None, done: Done, failed: Failed
) -> Job:
    """Try a connection on record as it would be; ``held`` is its secret of this window alone."""
    session: Session = context.session

    def probe(progress: Progress) -> Tested:
        return Tested(probe_edit(session, name, edit, held, progress.is_cancelled), clock.now())

    return context.jobs.submit_network(
        tr("Testing {source}", source=name), probe, done, failed, source=f"source:{name}"
    )


def test_known(context: Context, name: str, secret: str | None, done: Done, failed: Failed) -> Job:
    """Try a connection on record; a reading of the same source is waited for."""
    session: Session = context.session

    def probe(progress: Progress) -> Tested:
        return Tested(probe_source(session, name, secret), clock.now())

    return context.jobs.submit_network(
        tr("Testing {source}", source=name), probe, done, failed, source=f"source:{name}"
    )


def test_groups(context: Context, tested: Tested) -> tuple[Group, ...]:
    """Return what was seen, and exactly what failed."""
    probe = tested.probe
    troubles = [
        Trouble(one.stream.value, one.code.value, one.detail, one.reason) for one in probe.failures
    ]
    return (_seen(context, tested), *trouble_groups(context, troubles))


def _seen(context: Context, tested: Tested) -> Group:
    probe, say = tested.probe, context.say
    if tested.is_good and probe.warnings:
        status = Status("warn", say("sources.test.warned"))
    elif tested.is_good:
        status = Status("good", say("sources.test.good"))
    elif probe.is_reachable:
        status = Status("warn", say("sources.test.limited"))
    else:
        status = Status("bad", say("sources.test.bad"))
    return Group(say("sources.test.title"), tuple(_seen_facts(context, tested)), status=status)


def _seen_facts(context: Context, tested: Tested) -> Iterator[Fact]:
    def named(field: str, value: str | None) -> Fact:
        unknown = context.say("sources.test.unknown")
        name = context.say(f"sources.test.{field}")
        return Fact(name, value) if value else Fact(name, unknown, "faint")

    yield named("at", context.language.time(tested.at))
    if not tested.probe.is_reachable:
        return
    yield named("version", tested.probe.version)
    yield named("identity", tested.probe.identity)
    for pair in tested.probe.visible:
        key = f"sources.visible.{pair.name}"
        is_known = key in context.language.words
        yield Fact(context.say(key) if is_known else pair.name, pair.value)
    for code in tested.probe.warnings:
        said = context.say(f"sources.warnings.{code}")
        yield Fact(context.say("sources.test.warning"), said, status=Status("warn", said))
    if missing := tested.probe.missing:
        streams = ", ".join(say_stream(context, stream.value) for stream in missing)
        yield Fact(context.say("sources.missing.title"), streams, "faint")

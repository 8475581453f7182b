"""The tabs of a source: its last reading, its last test, its connection."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from mlops_desktop.services.rows import AddressForm, SourceRow
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Job
from mlops_desktop.ui.pages.models.said import say_count, say_moment
from mlops_desktop.ui.pages.sources.said import (
    address_of,
    count_facts,
    has_login,
    login_of,
    say_kind,
    say_stream,
    tested_groups,
    trouble_groups,
    troubles_of,
)
from mlops_desktop.ui.status import show_step, step_text
from mlops_desktop.ui.text import later
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.sections import Fact, Group, Sections


class Running(QWidget):
    """How far a reading is, with the way to stop it; hidden while none runs."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._bar = QProgressBar()
        self._step = Label(tone="muted")
        text = QVBoxLayout()
        text.setSpacing(4)
        text.addWidget(self._step)
        text.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.addLayout(text, 1)
        row.addWidget(ActionButton(context.actions.action("source.stop"), icon="stop"))
        self.hide()

    def show_job(self, job: Job | None) -> None:
        """Show how far ``job`` is."""
        self.setVisible(job is not None)
        if job is not None:
            show_step(self._bar, job)
            self._bar.setAccessibleName(job.name)
            self._step.setText(step_text(self._context, job))


class HeldBack(QFrame):
    """Says that much vanished at once, and asks a person to confirm it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setProperty("bar", "warn")
        self._context = context
        self._what = Label(strong=True, wrap=True)
        self._rest = Label(wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(4)
        column.addWidget(self._what)
        column.addWidget(self._rest)
        buttons = QHBoxLayout()
        buttons.addWidget(ActionButton(context.actions.action("source.accept"), icon="check"))
        buttons.addStretch()
        column.addLayout(buttons)
        self.hide()

    def show_number(self, number: int) -> None:
        """Say how many entries wait, or nothing for 0."""
        self.setVisible(bool(number))
        self._what.setText(say_count(self._context, "sources.held.what", number))
        self._rest.setText(self._context.say("sources.held.meaning"))


class ReadingTab(QWidget):
    """The last reading: counts, what could not be read, what was refused."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.running = Running(context)
        self._held = HeldBack(context)
        self.sections = Sections(context, later("Last reading"))
        self._candidates = ActionButton(context.actions.action("source.candidates"), icon="models")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(6)
        for part in (self.running, self._held, self.sections):
            column.addWidget(part)
        foot = QHBoxLayout()
        foot.addWidget(self._candidates)
        foot.addStretch()
        column.addLayout(foot)
        column.addStretch()
        self.setFocusProxy(self.sections)

    def show_source(self, row: SourceRow, refusals: tuple[str, ...]) -> None:
        """Show the reading of ``row``; ``refusals`` are known of readings of this window."""
        result = row.result
        self._held.show_number(result.counts.held_back if result is not None else 0)
        self._candidates.setVisible(result is not None and result.counts.read > 0)
        self.sections.show_groups(tuple(self._groups(row, refusals)))

    def _groups(self, row: SourceRow, refusals: tuple[str, ...]) -> list[Group]:
        context, result = self._context, row.result
        if result is None:
            return [Group("", lead=context.say("sources.reading.none"))]
        groups = list(trouble_groups(context, troubles_of(result.failures)))
        groups.append(Group(context.say("sources.reading.times"), _times(context, row)))
        counts = Group(context.say("sources.reading.counts"), count_facts(context, result.counts))
        groups.append(counts)
        if missing := [one.stream for one in result.completed if not one.is_offered]:
            streams = ", ".join(say_stream(context, stream) for stream in missing)
            lead = context.say("sources.missing.what", streams=streams)
            groups.append(Group(context.say("sources.missing.title"), lead=lead))
        unread = tuple(name for one in result.completed for name in one.unread)
        if refusals or unread:
            groups.append(_refused(context, refusals or unread))
        return groups


def _times(context: Context, row: SourceRow) -> tuple[Fact, ...]:
    def moment(field: str, text: str | None) -> Fact:
        name = context.say(f"sources.column.{field}")
        if text is None:
            return Fact(name, context.say("sources.state.never"), "warn")
        return Fact(name, say_moment(context, text))

    return moment("synced_at", row.synced_at), moment("completed_at", row.completed_at)


def _refused(context: Context, refusals: tuple[str, ...]) -> Group:
    title = context.say("sources.refused.title")
    are_facts = all(one.rpartition(": ")[2].startswith("body.") for one in refusals)
    lead = context.say("sources.refused.meaning" if are_facts else "sources.refused.unread")
    facts = []
    for refusal in refusals:
        name, _, code = refusal.rpartition(": ")
        key = f"errors.{code}.meaning"
        is_known = key in context.language.words
        facts.append(Fact(name, context.language.words.text(key) if is_known else code))
    return Group(title, tuple(facts), lead)


def connection_groups(context: Context, row: SourceRow) -> tuple[Group, ...]:
    """Return how a source is reached, as far as its kind of address has it; never its secret."""
    say, form = context.say, address_of(row.kind)
    is_path, can_log_in = form is AddressForm.PATH, has_login(form)

    def named(field: str, value: str | None, missing: str) -> Fact:
        name = say(f"sources.column.{field}")
        return Fact(name, value) if value else Fact(name, say(missing), "faint")

    facts = [named("kind", say_kind(context, row.kind), ""), named("url", row.url, "")]
    if can_log_in:
        facts.append(named("login", say(f"sources.login.{login_of(row)}"), ""))
        facts.append(named("username", row.username, "sources.gap.none"))
    if not is_path:
        facts.append(named("ca_file", row.ca_file, "sources.gap.system_store"))
        facts.append(named("proxy", row.proxy, "sources.gap.system_proxy"))
        facts.append(named("version", row.version, "sources.gap.not_told"))
    lead = say(f"sources.connection.{'lead' if can_log_in else 'open'}")
    return (Group("", tuple(facts), lead), *tested_groups(context, row.kind))

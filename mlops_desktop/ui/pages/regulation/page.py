"""The page: a profile above, its rules with counts, and the way from a count to its models."""

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.profiles.outcomes import Result
from mlops_desktop.services.profiles.filtering import write_term
from mlops_desktop.services.profiles.said import say_code
from mlops_desktop.services.profiles.standing import Standing, activate_profile, deactivate_profile
from mlops_desktop.services.session import Recorded
from mlops_desktop.ui.actions import bind
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.page import LowPage
from mlops_desktop.ui.pages.regulation.columns import ORDER, rule_columns
from mlops_desktop.ui.pages.regulation.offers import OFFERS
from mlops_desktop.ui.pages.regulation.reading import Overview, RuleLine, read_overview
from mlops_desktop.ui.pages.regulation.taking import ask_profile
from mlops_desktop.ui.widgets.bar import MessageBar
from mlops_desktop.ui.widgets.buttons import ActionButton, Button
from mlops_desktop.ui.widgets.flow import Flow
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.room import Head
from mlops_desktop.ui.widgets.short_table import ShortTable
from mlops_desktop.ui.widgets.write_button import WriteButton

_CUT = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
_LEAST_CHARACTERS = 24
_LEAST_LINES = 5


class RegulationPage(LowPage):
    """How the current models stand under one profile."""

    watches = frozenset({"model", "profile", "approval", "item"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._overview: Overview | None = None
        self._sought = ""
        deeds = {"profile.add": (self._add, lambda: context.is_open)}
        context.actions.add(*bind("regulation", OFFERS, deeds))
        self.bar = MessageBar(context)
        self.choice = QComboBox()
        # A profile's title would widen the whole window; the open list shows it whole.
        self.choice.setSizeAdjustPolicy(_CUT)
        self.choice.setMinimumContentsLength(_LEAST_CHARACTERS)
        self.toggle = WriteButton(context, "", self._toggle)
        self.state, self.note = Label(tone="muted", wrap=True), Label(tone="muted", wrap=True)
        self.table = ShortTable(context, "regulation", "profiles.word.page", rule_columns)
        self.table.stand_alone()
        self.table.least_lines = _LEAST_LINES
        self._ways = {result: Button("", self._show(result)) for result in ORDER}
        self._under = Label(strong=True, wrap=True)
        self._lay_out()
        self.choice.currentIndexChanged.connect(self.reload)
        self.table.current_changed.connect(self._show_rule)
        self.table.opened.connect(self._go_to_gaps)
        self.retranslate()

    def heading(self) -> str:
        """Say how many profiles the bank works by."""
        if self._overview is None:
            return ""
        standings = self._overview.standings
        active = sum(one.is_active for one in standings)
        return self.context.say("profiles.word.heading", active=active, profiles=len(standings))

    def reload(self) -> None:
        """Ask for the profiles and the matrix of the one chosen."""
        if not self.context.is_open:
            return
        session, as_of = self.context.session, self.context.as_of
        wanted = self._sought or str(self.choice.currentData() or "")

        def ask(progress: Progress) -> Overview:
            return read_overview(session, wanted, as_of)

        name = self.context.say("profiles.read.tab")
        self.context.jobs.submit_read(name, ask, self._tell, self._fail, key="regulation")

    def retranslate(self) -> None:
        """Say every word again."""
        self.choice.setAccessibleName(self.context.say("profiles.word.profile"))
        if self._overview is not None:
            self._tell(self._overview)

    def show_record(self, id: str) -> None:
        """Choose the profile ``id``."""
        self.choice.setCurrentIndex(max(0, self.choice.findData(id)))

    def first_focus(self) -> QWidget | None:
        """Begin at the rules."""
        return self.table

    def _lay_out(self) -> None:
        top = Flow()
        top.add_wide(self.choice)
        top.go_right()
        top.addWidget(self.toggle)
        top.addWidget(ActionButton(self.context.actions.action("profile.add"), icon="add"))
        ways = QHBoxLayout()
        for button in self._ways.values():
            ways.addWidget(button)
        ways.addStretch()
        told = QWidget()
        about = QVBoxLayout(told)
        about.setContentsMargins(0, 0, 0, 0)
        about.setSpacing(8)
        about.addLayout(top)
        for part in (self.state, self.note):
            about.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 16)
        column.setSpacing(8)
        column.addWidget(self.bar)
        column.addWidget(Head(told))
        column.addWidget(self.table, 1)
        column.addWidget(self._under)
        column.addLayout(ways)

    def _tell(self, overview: Overview) -> None:
        self._overview = overview
        if overview.chosen.profile.id == self._sought:
            self._sought = ""
        self.bar.clear()
        self._fill_choice(overview)
        self._say_state(overview.chosen)
        self.table.set_rows(overview.lines)
        ids = [line.id for line in overview.lines]
        if self.table.current_id() not in ids:
            self.table.choose(ids[0])
        for line in overview.lines:
            if line.id == (self.table.current_id() or ids[0]):
                self._show_rule(line)
        self.heading_changed.emit()

    def _fail(self, error: AppError) -> None:
        self.bar.show_error(error)

    def _fill_choice(self, overview: Overview) -> None:
        self.choice.blockSignals(True)
        self.choice.clear()
        for one in overview.standings:
            title = one.profile.title.say(self.context.language.code)
            self.choice.addItem(f"{title} – {self._activity(one)}", one.profile.id)
        self.choice.setCurrentIndex(self.choice.findData(overview.chosen.profile.id))
        self.choice.blockSignals(False)

    def _activity(self, one: Standing) -> str:
        if one.since is None:
            return self.context.say("profiles.word.not_active")
        key = "active_since" if one.is_active else "active_from"
        return self.context.say(f"profiles.word.{key}", day=self.context.language.date(one.since))

    def _say_state(self, chosen: Standing) -> None:
        say, profile = self.context.say, chosen.profile
        begins = self.context.language.date(chosen.begins()) or say("profiles.word.no_date")
        mark = say_code(self.context.language.words, f"mark.{profile.mark.value}")
        parts = (
            f"{say('profiles.word.version')} {profile.version}",
            f"{say('profiles.word.begins')} {begins}",
            f"{say('profiles.word.mark')}: {mark}",
            profile.citation.say(self.context.language.code),
            *((say("profiles.take.own"),) if chosen.is_own else ()),
        )
        self.state.setText(" · ".join(parts))
        self.note.setText(profile.note.say(self.context.language.code) if profile.note else "")
        self.note.setVisible(profile.note is not None)
        verb = "deactivate" if chosen.since is not None else "activate"
        self.toggle.setText(say(f"profiles.word.{verb}"))

    def _show_rule(self, line: RuleLine) -> None:
        language = self.context.language
        title = line.rule.title.say(language.code)
        self._under.setText(f"{line.id}, {line.rule.citation.say(language.code)}: {title}")
        for result, button in self._ways.items():
            number = line.counts[result]
            word = say_code(language.words, result.value)
            shown = language.number(number)
            button.setText(self.context.say("profiles.word.show", n=shown, result=word))
            button.setVisible(number > 0)

    def _show(self, result: Result) -> Callable[[], None]:
        return lambda: self._go(result.value)

    def _go_to_gaps(self) -> None:
        self._go("gap")

    def _go(self, result: str) -> None:
        if self._overview is not None and self.table.current_id():
            profile = self._overview.chosen.profile.id
            term = write_term(profile, result, self.table.current_id())
            # The page counts current models, so the list names the same.
            self.context.show_list("models", f"{term} scope:current")

    def _add(self) -> None:
        ask_profile(self.context, self.window(), self._show_added)

    def _show_added(self, id: str) -> None:
        """Choose a profile that is not in the list yet."""
        self._sought = id
        self.reload()

    def _toggle(self) -> None:
        if self._overview is None:
            return
        session, chosen = self.context.session, self._overview.chosen
        is_on = chosen.since is not None
        do = deactivate_profile if is_on else activate_profile

        def write(progress: Progress) -> Recorded:
            return do(session, chosen.profile.id)

        def say(recorded: Recorded) -> None:
            key = "deactivated" if is_on else "activated"
            self.context.toast(self.context.say(f"profiles.word.{key}"))

        name = self.context.say("profiles.word.activating")
        self.context.jobs.submit_write(name, write, say, self._fail)

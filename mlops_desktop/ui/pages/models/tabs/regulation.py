"""Regulation: how this model stands under each profile the bank works by."""

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.profiles.outcomes import GAPS, Result
from mlops_desktop.services.profiles.checking import Judged, Matrix, check_active
from mlops_desktop.services.profiles.said import gaps_first, say_code, say_detail
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.models.regulating import can_follow, follow, say_lead
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.pages.models.tabs.base import Tab
from mlops_desktop.ui.table import Column
from mlops_desktop.ui.table.folding import MOST_LINES
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.chips import Mood, Status
from mlops_desktop.ui.widgets.empty import EmptyState
from mlops_desktop.ui.widgets.room import Below
from mlops_desktop.ui.widgets.sections import Fact, Group, Sections
from mlops_desktop.ui.widgets.shared import Shared
from mlops_desktop.ui.widgets.short_table import ShortTable

_MOST_ROWS = 9
_LEAST_CHARACTERS = 20
_CUT = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
MOODS: dict[Result, Mood] = {
    Result.MET: "good",
    Result.MISSING: "bad",
    Result.STALE: "warn",
    Result.NOT_APPLICABLE: "idle",
    Result.WAIVED: "info",
    Result.UNVERIFIABLE: "warn",
}


@dataclass(frozen=True, slots=True)
class CellLine:
    """A rule of the matrix in the table."""

    id: str
    matrix: Matrix
    cell: Judged


class RegulationTab(Tab):
    """The matrix of one profile at a time, gaps first."""

    title = "profiles.tab"
    order = 65

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._shown: Shown | None = None
        self._matrices: tuple[Matrix, ...] = ()
        self.choice = QComboBox()
        self.choice.setSizeAdjustPolicy(_CUT)
        self.choice.setMinimumContentsLength(_LEAST_CHARACTERS)
        keys = {"reference": lambda line: line.id, "level": lambda line: line.cell.rule.level.value}
        self.table = ShortTable(context, "model.rules", self.title, _columns, keys)
        self.table.most_lines = MOST_LINES  # below, the chosen rule is told in whole
        self.lead = Button("", self._follow, icon="right")
        self.facts = Sections(context, "profiles.word.chosen")
        self._below = Below(self.facts)
        self._shared = Shared(self, self.table, self._below, _MOST_ROWS)
        self._nothing = EmptyState(icon="ledger")
        for part in (self.choice, self.table):
            self.column.addWidget(part)
        self.column.addWidget(self.lead, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self._below, 1)
        self.column.addWidget(self._nothing, 1)
        self.choice.currentIndexChanged.connect(self._show_chosen)
        self.table.current_changed.connect(self._show_cell)
        self.table.opened.connect(lambda line: self._follow())

    def show_model(self, shown: Shown) -> None:
        """Ask how ``shown`` stands."""
        self._shown = shown
        session, key, as_of = self.context.session, shown.sheet.row.key, self.context.as_of

        def ask(progress: Progress) -> tuple[Matrix, ...]:
            return check_active(session, key, as_of)

        name = self.context.say("profiles.read.tab")
        self.context.jobs.submit_read(name, ask, self._show, self._fail, key="models:regulation")

    def _show(self, matrices: tuple[Matrix, ...]) -> None:
        self._matrices = matrices
        chosen, language = self.choice.currentData(), self.context.language.code
        self.choice.setAccessibleName(self.context.say("profiles.word.profile"))
        self.choice.blockSignals(True)
        self.choice.clear()
        for matrix in matrices:
            self.choice.addItem(matrix.profile.title.say(language), matrix.profile.id)
        self.choice.setCurrentIndex(max(0, self.choice.findData(chosen)) if matrices else -1)
        self.choice.blockSignals(False)
        self._show_nothing(self.context.say("profiles.word.none_active"))
        self._show_chosen()

    def _show_nothing(self, sentence: str) -> None:
        has_any = bool(self._matrices)
        for part in (self.choice, self.table, self.lead, self._below):
            part.setVisible(has_any)
        self._nothing.setVisible(not has_any)
        self._nothing.set_sentence(f"{sentence}\n{self.context.say('profiles.word.choose_first')}")

    def _fail(self, error: AppError) -> None:
        self._matrices = ()
        self._show_nothing(self.context.explain(error)[0])

    def _matrix(self) -> Matrix | None:
        at = self.choice.currentIndex()
        return self._matrices[at] if 0 <= at < len(self._matrices) else None

    def _show_chosen(self) -> None:
        matrix = self._matrix()
        if matrix is None:
            return
        cells = gaps_first(matrix.rows())
        lines = tuple(CellLine(cell.rule.id, matrix, cell) for cell in cells)
        self.table.set_rows(lines)
        self._shared.set_rows(len(lines))
        known = {line.id: line for line in lines}
        line = known.get(self.table.current_id(), lines[0])
        self.table.choose(line.id)
        self._show_cell(line)

    def _show_cell(self, line: CellLine) -> None:
        context = self.context
        self.lead.setText(say_lead(context, line.matrix, line.cell))
        self.lead.setEnabled(can_follow(context, line.cell))
        self.facts.show_groups((_rule_group(context, line), _profile_group(context, line.matrix)))

    def _follow(self) -> None:
        matrix, shown = self._matrix(), self._shown
        if matrix is None or shown is None:
            return
        for cell in matrix.rows():
            if cell.rule.id == self.table.current_id() and can_follow(self.context, cell):
                follow(self.context, shown, matrix, cell, self.window())
                return


def result_status(context: Context, result: Result) -> Status:
    """Return the chip of a result."""
    return Status(MOODS[result], say_code(context.language.words, result.value))


def _columns(context: Context) -> tuple[Column[CellLine], ...]:
    words = context.language.words

    def level(line: CellLine) -> str:
        return say_code(words, line.cell.rule.level.value)

    def detail(line: CellLine) -> str:
        return say_detail(words, line.matrix, line.cell, context.language.date)

    return (
        Column(
            "reference",
            "profiles.cell.rule",
            lambda line: line.id,
            12,
            muted=True,
            whole=True,
            key=True,
        ),
        *_answer(context),
        Column("level", "profiles.cell.level", level, 12),
        Column("detail", "profiles.cell.detail", detail, 34, sortable=False),
    )


def _answer(context: Context) -> tuple[Column[CellLine], ...]:
    """Return what is wanted, and how it stands."""

    def title(line: CellLine) -> str:
        return line.cell.rule.title.say(context.language.code)

    def status(line: CellLine) -> Status:
        return result_status(context, line.cell.outcome.result)

    def word(line: CellLine) -> str:
        return status(line).word

    wide = Column("title", "profiles.cell.title", title, 24, strong=True, flexible=True)
    chip = Column("result", "profiles.cell.result", word, 17, status=status)
    return replace(wide, sortable=False), replace(chip, sortable=False, key=True)


def _rule_group(context: Context, line: CellLine) -> Group:
    words, rule = context.language.words, line.cell.rule
    mark = line.matrix.profile.mark_of(rule).value
    facts = (
        Fact(context.say("profiles.cell.reference"), rule.citation.say(words.language)),
        Fact(
            context.say("profiles.cell.detail"),
            say_detail(words, line.matrix, line.cell, context.language.date),
        ),
        Fact(context.say("profiles.word.mark"), say_code(words, f"mark.{mark}")),
    )
    return Group(f"{rule.id} – {rule.title.say(context.language.code)}", facts)


def _profile_group(context: Context, matrix: Matrix) -> Group:
    profile, begins = matrix.profile, matrix.standing.begins()
    gaps = sum(outcome.result in GAPS for outcome in matrix.outcomes[0])
    lead = "profiles.word.lead" if gaps else "profiles.word.lead_none"
    facts = [
        Fact(context.say("profiles.word.version"), profile.version),
        Fact(context.say("profiles.word.source"), profile.citation.say(context.language.code)),
        Fact(
            context.say("profiles.word.mark"),
            say_code(context.language.words, f"mark.{profile.mark.value}"),
        ),
        Fact(
            context.say("profiles.word.begins"),
            context.language.date(begins) or context.say("profiles.word.no_date"),
        ),
    ]
    if not matrix.in_force:
        state = Status("info", context.say("profiles.word.not_in_force"))
        facts.append(Fact(context.say("profiles.word.in_force"), state.word, status=state))
    if profile.note is not None:
        told = profile.note.say(context.language.code)
        facts.append(Fact(context.say("profiles.word.note"), told))
    return Group(
        profile.title.say(context.language.code),
        tuple(facts),
        context.say(lead, gaps=gaps, rules=len(profile.rules)),
    )

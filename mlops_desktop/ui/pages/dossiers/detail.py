"""The chosen dossier: its pages, beside them what its signature says, and its record."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.dossiers.scans import ScanRow, list_scans
from mlops_desktop.services.rows import DossierRow
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.dossiers.library import DossierLine
from mlops_desktop.ui.pages.dossiers.panel import VerdictPanel
from mlops_desktop.ui.pages.dossiers.preview import Preview
from mlops_desktop.ui.pages.dossiers.said import (
    say_as_of,
    say_language,
    say_place,
    say_places,
    say_recorded,
    say_subject,
    say_unverified,
    say_verdict,
)
from mlops_desktop.ui.pages.dossiers.scanning import scan_group
from mlops_desktop.ui.pages.dossiers.shelf import Found, Place
from mlops_desktop.ui.pages.dossiers.verifying import Examined, examine
from mlops_desktop.ui.pages.models.said import say_moment
from mlops_desktop.ui.text import later, tr
from mlops_desktop.ui.widgets.chips import Status
from mlops_desktop.ui.widgets.detail import DetailPane
from mlops_desktop.ui.widgets.sections import Fact, Group, Sections
from mlops_desktop.ui.widgets.shared import Filling

_MORE = (
    "dossier.extend",
    "dossier.attach_scan",
    "dossier.authority_form",
    "",
    "dossier.trust",
    "dossier.distrust",
    "",
    "dossier.authority",
)
_BOTH = later("Pages and checks")
_APART_AT, _LEAST_LINES = 2, 5
_SIDE_BY_SIDE = 74
"""From so many characters of width on the checks stand beside the pages, else below."""


class DossierDetail(DetailPane):
    """Shows an export with its file, or any PDF that was opened."""

    examined = Signal(object)
    """A file was verified."""
    locate_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            ("dossier.countersign", "dossier.compare_now", "dossier.again", "dossier.folder"),
            default="dossier.countersign",
            more=_MORE,
        )
        self.line: DossierLine | None = None
        self.path: Path | None = None
        self.trust: Path | None = None
        self._found: Examined | None = None
        self._has_failed = False
        self._scans: tuple[ScanRow, ...] = ()
        self.preview = Preview(context)
        self.panel = VerdictPanel(context)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        for part in (self.preview, self.panel):
            self.split.addWidget(part)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(10)
        self._is_split_by_hand = False
        self.split.splitterMoved.connect(self._on_split)
        self.record = Sections(context, later("On record"))
        self._apart = QWidget()
        self._add_tabs()
        self._filling = Filling(self.split, self)
        self.preview.wanted.connect(self.locate_wanted)
        context.speaking.enlist(self, self._say_again)
        self.hide()

    def _add_tabs(self) -> None:
        QVBoxLayout(self._apart).setContentsMargins(0, 0, 0, 0)
        self.add_tab(_BOTH, self.split, scrolls=False)
        self.add_tab(later("On record"), self.record)
        self.add_tab(later("Checks"), self._apart, scrolls=False)
        self._show_apart()

    def show_line(self, line: DossierLine) -> None:
        """Show an export; its file is verified where it is here."""
        is_same = self.line is not None and self.line.row.key == line.row.key
        self.line = line
        self._scans = self._scans if is_same else ()
        self._say_record(line.row)
        self.read_scans()
        self.tabs.setTabVisible(1, True)
        if line.place.path is not None and line.place.found is not Found.GONE:
            self._examine(line.place.path)
        else:
            self._show_no_file(line)

    def show_file(self, path: Path) -> None:
        """Show any file: a dossier from elsewhere, or something that only looks like one."""
        self.line = None
        self.tabs.setTabVisible(1, False)
        self.tabs.setCurrentIndex(0)
        self._examine(path)

    def examine_again(self) -> None:
        """Verify the file that is shown once more."""
        if self.path is not None:
            self._examine(self.path)

    def forget(self) -> None:
        """Show nothing."""
        self.line = self.path = self._found = None
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the checks beside the pages where there is room, else below them."""
        super().resizeEvent(event)
        wide = self.width() >= _SIDE_BY_SIDE * self.fontMetrics().averageCharWidth()
        self.split.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)
        self._filling.share()
        self._share()

    def usual(self) -> int:
        """Return the height that pages and checks are well with below each other."""
        return self.least()

    def least(self) -> int:
        """Return the height below which checks and pages have a tab each."""
        if self.split.orientation() is Qt.Orientation.Horizontal:
            return 0
        some = self.fontMetrics().lineSpacing() * _LEAST_LINES
        return self.preview.minimumSizeHint().height() + self.split.handleWidth() + some

    def be_whole(self, *, is_whole: bool) -> None:
        """Show the checks in a tab of their own: beside the pages both would be scrolled twice."""
        if is_whole is not self._apart.isAncestorOf(self.panel):
            is_hidden, column = self.panel.isHidden(), self._apart.layout()
            if is_whole and column is not None:
                column.addWidget(self.panel)
            else:
                self.split.addWidget(self.panel)
                self._share()
            self.panel.setHidden(is_hidden)
            self._show_apart()

    def _show_apart(self) -> None:
        has_checks = self._apart.isAncestorOf(self.panel) and not self.panel.isHidden()
        self.tabs.setTabVisible(_APART_AT, has_checks)
        self._sources[0] = "dossiers.detail.pages" if has_checks else _BOTH
        self.tabs.setTabText(0, self._context.say(self._sources[0]))

    def _share(self) -> None:
        if not self._is_split_by_hand:
            is_wide = self.split.orientation() is Qt.Orientation.Horizontal
            room = self.split.width() if is_wide else self.split.height()
            self.split.setSizes([room * 56 // 100, room * 44 // 100])

    def _show_panel(self, *, is_shown: bool) -> None:
        self.panel.setVisible(is_shown)
        self._show_apart()

    def _on_split(self) -> None:
        self._is_split_by_hand = True

    def _examine(self, path: Path) -> None:
        same = self.path == path and self._found is not None
        self.path = path
        self._found, self._has_failed = None, False
        if not same:
            self._show_panel(is_shown=False)
            self.preview.show_sentence("dossiers.preview.verifying")
        self._say_head()
        examine(self._context, path, self.trust, self._on_examined, self._on_failed)

    def _show_no_file(self, line: DossierLine) -> None:
        self.path = self._found = None
        self._show_panel(is_shown=False)
        self.preview.show_sentence(f"dossiers.preview.{line.place.found.value}")
        self._say_head()

    def _on_examined(self, found: Examined) -> None:
        self._found = found
        self._say_head()
        self._show_panel(is_shown=True)
        self._show_verdict(found)
        if found.content:
            self.preview.show_pdf(found.content)
        else:
            why = "too_large" if found.content is None else "empty"
            self.preview.show_sentence(f"dossiers.preview.{why}")
        self.examined.emit(found)

    def _show_verdict(self, found: Examined) -> None:
        row = self.line.row if self.line is not None else None
        self.panel.show_verified(found.verified, self.trust, row)

    def signable(self) -> Examined | None:
        """Return the verified file where the acting person's signature is due under it."""
        found, row = self._found, self.line.row if self.line is not None else None
        if found is None or row is None or row.next_place is None or row.later:
            return None
        is_mine = row.next_place.person == self._context.session.actor.person
        is_latest = found.verified.verdict.sha256 == row.digests[-1]
        return found if is_mine and is_latest and found.content else None

    def _on_failed(self, error: AppError) -> None:
        self._found, self._has_failed = None, True
        self._say_head()
        self._show_panel(is_shown=False)
        self.preview.show_sentence("dossiers.preview.unreadable")
        self.bar.show_error(error)

    def _say_head(self) -> None:
        row, path = self.line.row if self.line is not None else None, self.path
        name = path.name if path is not None else ""
        if row is not None:
            under = self._context.say(
                "dossiers.detail.under" if row.model_id else "dossiers.detail.under_several",
                id=row.model_id,
                at=say_moment(self._context, row.at),
                person=row.person,
            )
            self.set_head(say_subject(self._context, row), under, self._statuses())
        else:
            self.set_head(name, str(path.parent) if path is not None else "", self._statuses())

    def _statuses(self) -> tuple[Status, ...]:
        context, found = self._context, self._found
        if found is None:
            place = self.line.place if self.line is not None else Place(Found.ELSEWHERE)
            if self.path is not None:
                return (say_unverified(context, has_failed=self._has_failed),)
            return (say_place(context, place),)
        verdict = say_verdict(context, found.verified.verdict.outcome.value)
        recorded = say_recorded(context, found.verified)
        return (verdict, recorded) if recorded is not None else (verdict,)

    def read_scans(self) -> None:
        """Ask for the pages signed by hand that are kept beside the dossier."""
        if self.line is None:
            return
        session, key = self._context.session, self.line.row.key

        def ask(progress: Progress) -> tuple[ScanRow, ...]:
            return list_scans(session, key)

        name = self._context.say("dossiers.scans.title")
        self._context.jobs.submit_read(
            name, ask, self._show_scans, self.bar.show_error, key="dossiers:scans"
        )

    def _show_scans(self, scans: tuple[ScanRow, ...]) -> None:
        self._scans = scans
        if self.line is not None:
            self._say_record(self.line.row)

    def _say_record(self, row: DossierRow) -> None:
        context = self._context
        told = (
            ("model", f"{row.model_id}  {say_subject(context, row)}".strip()),
            ("as_of", say_as_of(context, row)),
            ("language", say_language(context, row.language)),
            ("at", say_moment(context, row.at)),
            ("person", row.person),
            ("key", row.key),
            ("file_digest", row.digests[-1]),
            ("content", row.content),
            ("size", context.language.number(row.size)),
        )
        facts = tuple(Fact(context.say(f"dossiers.column.{name}"), said) for name, said in told)
        self.record.setAccessibleName(tr("On record"))
        groups = [Group("", facts, context.say("dossiers.detail.record"))]
        if row.places:
            groups.append(Group(context.say("dossiers.places.title"), say_places(context, row)))
        if self._scans:
            groups.append(scan_group(context, self._scans))
        self.record.show_groups(tuple(groups))

    def _say_again(self) -> None:
        if self.isHidden():
            return
        self._say_head()
        if self.line is not None:
            self._say_record(self.line.row)
        if self._found is not None:
            self._show_verdict(self._found)

"""A page of a dossier that was signed by hand: its scan is attached, and the scans are told."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QWidget

from mlops_desktop.core import clock
from mlops_desktop.core.identity import Person
from mlops_desktop.services.dossiers.scans import ScannedPage, ScanRow, attach_scan
from mlops_desktop.services.rows import DossierRow
from mlops_desktop.services.session import Recorded
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.dossiers.said import say_subject
from mlops_desktop.ui.pages.models.said import say_moment
from mlops_desktop.ui.pages.rules.asking import Dialog, add_day, add_files, with_people
from mlops_desktop.ui.widgets.lines import NameLine
from mlops_desktop.ui.widgets.sections import Fact, Group


class ScanDialog(Dialog):
    """Asks for the file, who signed by hand, and on which day."""

    area = "dossiers"

    def __init__(
        self, context: Context, row: DossierRow, people: tuple[Person, ...], parent: QWidget
    ) -> None:
        subject = say_subject(context, row)
        super().__init__(context, "scan", parent, subject=subject)
        self.scan = add_files(self, "scan", help="scan")
        self.needed = self.scan
        self.signer = NameLine(one.name for one in people)
        self.put("signed_by", self.signer)
        self.day = add_day(self, "signed_on")
        self.day.set_day(clock.today())
        self.fields["name"] = self.signer
        session, key = context.session, row.key

        def read() -> Callable[[], Recorded]:
            path, named = self.scan.paths()[0], self.signer.text().strip()
            day = self.day.day() or clock.today()
            self.fields[str(path)] = self.scan
            return lambda: attach_scan(session, ScannedPage(key, Path(path), named, day))

        self.send(read)
        self.scan.setFocus()

    def is_complete(self) -> bool:
        """Somebody must have signed."""
        complete = super().is_complete()
        is_named = bool(self.signer.text().strip())
        self.form.set_wrong(
            self.signer, "" if is_named else self.context.say("dossiers.ask.scan.nobody")
        )
        return complete and is_named


def ask_scan(context: Context, row: DossierRow, parent: QWidget, then: Callable[[], None]) -> None:
    """Open the dialog as soon as everybody is known; ``then`` is called once a scan is kept."""

    def fill(people: tuple[Person, ...]) -> None:
        dialog = ScanDialog(context, row, people, parent)
        dialog.accepted.connect(then)

    with_people(context, fill)


def scan_group(context: Context, scans: tuple[ScanRow, ...]) -> Group:
    """Tell the scans kept beside a dossier; none of them is an electronic signature."""
    return Group(
        context.say("dossiers.scans.title"),
        tuple(_facts(context, scans)),
        context.say("dossiers.scans.lead"),
    )


def _facts(context: Context, scans: tuple[ScanRow, ...]) -> Iterator[Fact]:
    for one in scans:
        day = context.language.date(date.fromisoformat(one.signed_on))
        kept = context.say(
            "dossiers.scans.kept",
            name=one.name or "…",
            person=one.recorded_by,
            at=say_moment(context, one.at),
        )
        yield Fact(context.say("dossiers.scans.signed", person=one.person, day=day), kept)

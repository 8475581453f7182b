"""A register of models with a paper past, as a bank keeps it: seeded, and known beforehand.

What each model is to show once its papers are confirmed is told by name; with dirt, which rows
must be refused and why.
"""

import csv
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

from mlops_desktop.core.approval_state import Approval
from mlops_desktop.core.validations import add_months

HEADINGS = (
    "Modell-ID", "Modellname", "Modellverantwortlicher", "Risikoklasse", "Status", "Version",
    "Go-Live", "Außer Betrieb am", "Freigabedatum", "Gremium", "Protokoll", "Nachweis",
    "Validierungsdatum", "Validierungsart", "Validierungsergebnis", "Validierungseinheit",
    "Validierungsbericht",
)  # fmt: skip
OWNERS = ("Corinna Wolters", "Wolters, Corinna", "Miriam Sander")
_KINDS = ("PD Größenklasse", "LGD Überziehung", "CCF Dispo", "Scorekarte Käufer", "Frühwarnung")
_MONTHS = ("", "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli")
MONTHS_OF = {1: 12, 2: 24, 3: 36, 4: 48}


@dataclass
class PaperRegister:
    """The rows, what each model shows in the end, when it is due, and what must be refused."""

    folder: Path
    rows: list[list[str]] = field(default_factory=list)
    shown: dict[str, Approval] = field(default_factory=dict)
    due: dict[str, date] = field(default_factory=dict)
    gaps: set[str] = field(default_factory=set)
    refused: set[tuple[int, str]] = field(default_factory=set)
    repeated: set[int] = field(default_factory=set)

    @property
    def content(self) -> bytes:
        """The file as Excel saves it on German Windows."""
        out = StringIO(newline="")
        csv.writer(out, delimiter=";").writerows([HEADINGS, *self.rows])
        return out.getvalue().encode("cp1252")

    def add(self, row: list[str]) -> int:
        """Add a row; return the number a person sees beside it."""
        self.rows.append(row)
        return len(self.rows) + 1


def paper_register(folder: Path, number: int, *, dirty: bool = False) -> PaperRegister:
    """Write the evidence of ``number`` models into a folder and return their register."""
    made = PaperRegister(folder)
    for name in ("Protokolle", "Berichte"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for place in range(number):
        _model(made, place)
    made.repeated.add(made.add(list(made.rows[3])))
    if dirty:
        _spoil(made)
    return made


def _model(made: PaperRegister, place: int) -> None:
    name = f"{_KINDS[place % 5]} {place:03d}"
    day = date(2017, 1, 13) + timedelta(days=place * 6)
    has_approval, has_validation = place % 8 != 0, place % 3 == 0
    is_retired, is_new = place % 40 == 7, place % 40 == 8
    tier = place % 4 + 1
    row = [
        f"K{place:03d}", f" {name} ", OWNERS[place % 3], f"RK {tier}", "produktiv", f"v{tier}",
        "", "",
    ]  # fmt: skip
    if is_retired:
        row[4:8] = ["außer Betrieb", "", "", "30.06.2025"]
    if is_new:
        row[4:7] = ["in Entwicklung", "", ""]
    row += _approval(made, place, day) if has_approval else _claim(place, day)
    row += _validation(made, place, day) if has_validation else [""] * 5
    made.add(row)
    made.shown[name] = _expected(has_approval=has_approval, has_validation=has_validation)
    if has_validation:
        made.due[name] = add_months(day + timedelta(days=3), MONTHS_OF[tier])
    if not has_approval and not is_retired and not is_new:
        made.gaps.add(name)


def _expected(*, has_approval: bool, has_validation: bool) -> Approval:
    if has_approval:
        return Approval.APPROVED
    return Approval.NEVER_APPROVED if has_validation else Approval.NEVER_VALIDATED


def _approval(made: PaperRegister, place: int, day: date) -> list[str]:
    file = f"Prüfung {day.year}-{place % 5}.pdf"
    (made.folder / "Protokolle" / file).write_bytes(f"%PDF {file}".encode())
    written = f"Protokolle\\{file}"
    body = ("Modellrisikokomitee", "Kreditausschuss", "Vorstand Überwachung")[place % 3]
    return [_written(day, place), body, f"{place % 12 + 1}/{day.year} TOP 4", written]


def _claim(place: int, day: date) -> list[str]:
    """A row without evidence: some claim an approval, some say nothing."""
    return [_written(day, place), "Vorstand", "", ""] if place % 16 == 0 else ["k.A.", "", "-", ""]


def _validation(made: PaperRegister, place: int, day: date) -> list[str]:
    file = f"bericht_{place:03d}.pdf"
    (made.folder / "Berichte" / file).write_bytes(f"%PDF {file}".encode())
    result = ("grün", "mit Hinweisen", "ohne Beanstandung")[place % 3]
    kind = ("Turnusvalidierung", "Erstvalidierung")[place % 2]
    day = day + timedelta(days=3)
    return [_written(day, place + 1), kind, result, "Modellvalidierung", f"Berichte/{file}"]


def _written(day: date, place: int) -> str:
    """A day in one of the forms that a register mixes."""
    if place % 4 == 1:
        return day.isoformat()
    if place % 4 == 2 and day.month < len(_MONTHS):
        return f"{day.day}. {_MONTHS[day.month]} {day.year}"
    if place % 4 == 3 and day.day > 12:
        return f"{day.day}/{day.month}/{day.year}"
    return f"{day:%d.%m.%Y}"


def _spoil(made: PaperRegister) -> None:
    """Add what a person must mend: a file that is not there, a body that is missing, …"""
    good = ["X1", "Verdorben", "", "2", "produktiv", "v1", "", ""]
    paper = ["25.03.2019", "Vorstand", "", "Protokolle/fehlt.pdf"]
    rest = [""] * 5
    kept = made.rows[1][11]
    for at, (change, code) in enumerate(
        (
            (paper, "import.evidence_not_found"),
            ([*paper[:3], "..\\geheim.pdf"], "import.evidence_outside"),
            ([*paper[:3], "C:/geheim.pdf"], "import.evidence_outside"),
            (["25.03.2019", "", "", kept], "import.paper_body_missing"),
            (["", "", "", kept], "import.paper_day_missing"),
            (["25.03.2199", "Vorstand", "", kept], "import.date_in_future"),
            (["03/04/2019", "Vorstand", "", kept], "import.date_ambiguous"),
        )
    ):
        row = [f"X{at}", f"Verdorben {chr(65 + at) * 4}", *good[2:], *change, *rest]
        made.refused.add((made.add(row), code))
    twin = [*made.rows[5]]
    twin[1], twin[3] = f"{twin[1]}", "RK 4"
    number = made.add(twin)
    made.refused |= {(number, "import.row_twice"), (7, "import.row_twice")}

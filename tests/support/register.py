"""A register as a bank keeps it in a spreadsheet, with the usual dirt; seeded, so always the same.

What must be refused is known beforehand: row by row, with the code of the reason.
"""

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.styles import Font

TITLES = (("Modellinventar Elbmark Bank AG",), ("Stand: 31.12.2023", "", "vertraulich"), ())
GROUPS = (
    "Modell", "", "", "Verantwortung", "", "", "Einstufung", "", "", "Lebenszyklus", "", "", "",
    "Validierung", "", "", "Herkunft", "", "Ablage", "Freigabe J/N",
)  # fmt: skip
HEADINGS = (
    "Modell-ID", "Modellname ", "Kurzbeschreibung", "Modellverantwortlicher", "Entwickler",
    "Validierung durch", "Risikoklasse", "Wesentlichkeit", "Komplexität", "Status", "Version",
    "Go-Live", "Außer Betrieb am", "letzte Validierung", "nächste Validierung", "Turnus",
    "Eigen-/Fremdmodell", "Anbieter", "", "",
)  # fmt: skip
FIRST_ROW = len(TITLES) + 3
PEOPLE = (
    "Dr. Katrin Feddersen", "Corinna Wolters", "Mateusz Kowalczyk", "Jonas Brandt",
    "Miriam Sander",
)  # fmt: skip
_KINDS = ("PD", "LGD", "CCF", "Scorekarte", "Größenmodell", "Frühwarnung", "Bodensatz", "Betrug")
_FOR = ("Mittelstand", "Ratenkredit", "Baufinanzierung", "Girokonto", "Überziehung", "Leasing")
_DIRT = {
    "ambiguous": "import.date_ambiguous",
    "person": "import.person_unknown",
    "retired": "import.retired_when",
    "version": "import.version_missing",
    "grade": "import.value_unknown",
    "name": "import.name_missing",
}


@dataclass
class Register:
    """The rows as cells, and what must be refused."""

    rows: list[list[object]] = field(default_factory=list)
    refused: set[tuple[int, str]] = field(default_factory=set)
    repeated: set[int] = field(default_factory=set)

    @property
    def lines(self) -> list[list[object]]:
        """Every line of the file."""
        titles: list[list[object]] = [[*line] for line in TITLES]
        return [*titles, list(GROUPS), list(HEADINGS), *self.rows]

    def as_csv(self) -> bytes:
        """Return the file as Excel saves it on German Windows."""
        out = StringIO(newline="")
        writer = csv.writer(out, delimiter=";")
        for line in self.lines:
            writer.writerow([_german(cell) for cell in line])
        return out.getvalue().encode("cp1252")

    def as_workbook(self) -> bytes:
        """Return the file as a workbook with merged headings and a hidden sheet."""
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "Inventar 2023"
        for line in self.lines:
            sheet.append([cell if cell != "" else None for cell in line])
        sheet.merge_cells("A1:F1")
        head = len(TITLES) + 1
        for span in ("A{0}:C{0}", "D{0}:F{0}", "G{0}:I{0}", "J{0}:M{0}", "N{0}:P{0}", "Q{0}:R{0}"):
            sheet.merge_cells(span.format(head))
        for letter in ("S", "T"):
            sheet.merge_cells(f"{letter}{head}:{letter}{head + 1}")
        sheet["A1"].font = Font(bold=True)
        book.create_sheet("Alt").sheet_state = "hidden"
        out = BytesIO()
        book.save(out)
        return out.getvalue()


def _german(cell: object) -> str:
    return f"{cell:%d.%m.%Y}" if isinstance(cell, date) else str(cell)


def dirty_register(number: int, seed: int = 7, dirt: int = 4) -> Register:
    """Return a register of ``number`` models; each kind of dirt that is refused comes so often."""
    dice = random.Random(seed)  # noqa: S311 - a figure of speech, not a secret
    made = Register()
    kinds = dict(zip(dice.sample(range(number), dirt * len(_DIRT)), _cycle(dirt), strict=True))
    for at in range(number):
        row = _row(dice, at)
        _soil(dice, made, row, kinds.get(at))
        made.rows.append(row)
        if at and at % 1_000 == 0:
            made.rows.extend([[], list(_over())])
    _add_twins(dice, made, dirt)
    return made


def _cycle(dirt: int) -> Iterator[str]:
    for kind in _DIRT:
        yield from [kind] * dirt


def _over() -> Iterator[str]:
    return (low or high for high, low in zip(GROUPS, HEADINGS, strict=True))


def _row(dice: random.Random, at: int) -> list[object]:
    live = date(2012, 1, 1) + timedelta(days=dice.randrange(3_600))
    last = live + timedelta(days=dice.randrange(300))
    state = dice.choice(("aktiv", "in Betrieb", "in Entwicklung", "außer Betrieb", "Validierung"))
    is_live = state in {"aktiv", "in Betrieb"}
    gone = live + timedelta(days=700) if state == "außer Betrieb" else ""
    return [
        f"KR-{at:05d}",
        f"{dice.choice(_KINDS)} {dice.choice(_FOR)} {at:05d}",
        f"Schätzung für {dice.choice(_FOR)}, gemäß Rahmenwerk §{at % 40}",
        dice.choice(PEOPLE),
        dice.choice(PEOPLE),
        dice.choice(PEOPLE),
        dice.choice(("1", "2", "RK 3", "Klasse 4", "II")),
        dice.choice(("hoch", "mittel", "gering", "niedrig", "Hoch")),
        dice.choice(("hoch", "mittel", "einfach", "k.A.", "")),
        state,
        f"v{1 + at % 9}" if is_live else "",
        _day(dice, live) if is_live else "",
        _day(dice, gone) if gone else "",
        _day(dice, last),
        _day(dice, last + timedelta(days=365 * 12)),
        dice.choice(("jährlich", "12", "alle 2 Jahre", "36 Monate", "")),
        dice.choice(("intern", "Eigenentwicklung", "extern", "IDV")),
        "",
        f"K:\\Modelle\\{at}",
        dice.choice(("nein", "")),
    ]


def _day(dice: random.Random, day: object) -> object:
    """Return a day in one of the forms people write it in, none of them ambiguous."""
    assert isinstance(day, date)
    months = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
    return dice.choice(
        (
            f"{day:%d.%m.%Y}",
            f"{day.day}.{day.month}.{day:%y}",
            day.isoformat(),
            f"{day.day}. {months.split()[day.month - 1]} {day.year}",
            day,
        )
    )


def _soil(dice: random.Random, made: Register, row: list[object], kind: str | None) -> None:
    number = FIRST_ROW + len(made.rows)
    for at in dice.sample(range(len(row)), 3):
        if isinstance(row[at], str) and row[at]:
            row[at] = f"{row[at]}{dice.choice((' ', '   ', chr(160)))}"
    if kind == "ambiguous":
        row[13] = "03/04/2021"
    elif kind == "person":
        row[3] = "Erika Mustermann"
    elif kind == "retired":
        row[9], row[10], row[11], row[12] = "außer Betrieb", "", "", ""
    elif kind == "version":
        row[9], row[10], row[12] = "aktiv", "", ""
    elif kind == "grade":
        row[7] = "enorm"
    elif kind == "name":
        row[1] = " "
    if kind is not None:
        made.refused.add((number, _DIRT[kind]))


def _add_twins(dice: random.Random, made: Register, dirt: int) -> None:
    """Add rows with ids that are there already: other contents, and the very same."""
    sound = [
        at
        for at, row in enumerate(made.rows)
        if row and str(row[0]).startswith("KR") and not _is_refused(made, at)
    ]
    for number, at in enumerate(dice.sample(sound, dirt * 2)):
        twin = list(made.rows[at])
        here, there = FIRST_ROW + len(made.rows), FIRST_ROW + at
        if number % 2:
            made.repeated.add(here)
        else:
            twin[1] = f"{twin[1]} neu"
            made.refused |= {(here, "import.row_twice"), (there, "import.row_twice")}
        made.rows.append(twin)


def _is_refused(made: Register, at: int) -> bool:
    return any(row == FIRST_ROW + at for row, _ in made.refused)

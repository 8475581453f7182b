"""Dry run of a dirty register of 5,000 rows, against reading the same rows plainly.

The floor reads the cells and does nothing with them: openpyxl read only, or the csv module. The
dry run finds the headings, reads each cell as its field, finds the model of each row, compares, and
says of every refusal where and why.
"""

import csv
from collections.abc import Callable
from functools import partial
from io import BytesIO, StringIO

from openpyxl import load_workbook

from mlops_desktop.services import imports
from mlops_desktop.services.imports import Source, Wishes
from mlops_desktop.services.session import Session
from tests.benchmarks.measuring import Line, Spent, interleave, milliseconds
from tests.benchmarks.workspaces import found_bank, own_folder
from tests.support.register import dirty_register

_ROWS = 5_000
_ROUNDS = 5
_NEW = Wishes(adds_people=True)


def measure() -> list[Line]:
    """Read, dry-run against an empty inventory, take over, dry-run against what came in."""
    made = dirty_register(_ROWS)
    text, book = Source("r.csv", made.as_csv()), Source("r.xlsx", made.as_workbook())
    with own_folder() as folder:
        session = found_bank(folder / "bank.mrm")
        first = interleave(_works(session, text, book), _ROUNDS)
        whole = Wishes(adds_people=True, leaves_out_refused=True)
        imports.apply_import(session, text, whole)
        again = interleave(_works(session, text, book), _ROUNDS)
        session.workspace.close()
    return [
        _floor("csv", first["plain csv"]),
        _line("CSV, all rows new", first["csv"], first["plain csv"], 80, 40),
        _line("CSV, all rows known", again["csv"], again["plain csv"], 80, 40),
        _floor("openpyxl, read only", first["plain book"]),
        _line("Excel, all rows new", first["book"], first["plain book"], 3, 1.5),
        _line("Excel, all rows known", again["book"], again["plain book"], 4, 2),
    ]


def _works(session: Session, text: Source, book: Source) -> dict[str, Callable[[], object]]:
    return {
        "plain csv": partial(_read_text, text.content),
        "csv": partial(imports.preview_import, session, text, _NEW),
        "plain book": partial(_read_book, book.content),
        "book": partial(imports.preview_import, session, book, _NEW),
    }


def _read_text(content: bytes) -> int:
    reader = csv.reader(StringIO(content.decode("cp1252"), newline=""), delimiter=";")
    return sum(len(row) for row in reader)


def _read_book(content: bytes) -> int:
    book = load_workbook(BytesIO(content), read_only=True, data_only=True)
    sheet = book["Inventar 2023"]
    read = sum(len(row) for row in sheet.iter_rows(values_only=True))
    book.close()
    return read


def _floor(what: str, spent: Spent) -> Line:
    return Line(f"floor: {_ROWS:,} rows of 20 columns, {what}", _told(spent))


def _line(what: str, spent: Spent, floor: Spent, limit: float, goal: float) -> Line:
    return Line(what, _told(spent), spent.processor / floor.processor, limit, goal)


def _told(spent: Spent) -> str:
    return f"{milliseconds(spent.processor)} of processor, {milliseconds(spent.wall)} of clock"

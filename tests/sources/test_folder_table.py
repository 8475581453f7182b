"""Tables of measurements by a mapping: German and English, CSV, Excel and JSON, one series each."""

import io
import json
import math
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from mlops_desktop.core import clock
from mlops_desktop.core.events.series import SeriesDetails
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.sources.files.refused import Code
from mlops_desktop.sources.observations import Completion, ObservedPoints, Stream
from mlops_desktop.sources.tabular.cells import read_time, read_value
from tests.sources.folders import Inbox

MAPPING = {
    "column.model": "Modell", "column.version": "Version", "column.metric": "Kennzahl",
    "column.value": "Wert", "column.time": "Stichtag", "column.segment.region": "Region",
}  # fmt: skip
GERMAN = """Monitoring Q3
Modell;Version;Kennzahl;Wert;Stichtag;Region;Sachbearbeiter
PD-Mittelstand;3;PSI;0,08;31.07.2026;Nord;Müller
PD-Mittelstand;3;PSI;0,14;31.08.2026;Nord;Müller
PD-Mittelstand;3;PSI;1.234,5;31.08.2026;Süd;Müller
PD-Mittelstand;3;PSI;k. A.;30.09.2026;Nord;Müller
PD-Mittelstand;3;PSI;;31.10.2026;Nord;Müller
"""


def inbox_of(root: Path, **more: str) -> Inbox:
    told = MAPPING | {name.replace("_", "."): value for name, value in more.items()}
    return Inbox(root, tuple(Pair(name, value) for name, value in told.items() if value))


def series(inbox: Inbox) -> dict[str, ObservedPoints]:
    facts = inbox.facts(Stream.METRICS)
    return {one.native_id: one for one in facts if isinstance(one, ObservedPoints)}


NORD = "PSI{model=PD-Mittelstand,version=3,region=Nord}"


def test_a_german_table_becomes_a_series_a_segment(tmp_path: Path) -> None:
    inbox = inbox_of(tmp_path, zone="Europe/Berlin")
    inbox.put("psi.csv", GERMAN)
    found = series(inbox)
    assert len(found) == 2
    nord = found[NORD]
    assert nord.details == SeriesDetails(
        "PSI", (Subject("PD-Mittelstand", "3"),), labels=(Pair("format", "table"),),
        metric="PSI", segment=(Pair("region", "Nord"),),
    )  # fmt: skip
    assert list(nord.values)[:2] == [0.08, 0.14]
    assert math.isnan(nord.values[2])
    assert clock.from_milliseconds(nord.times[0]) == datetime(2026, 7, 30, 22, tzinfo=UTC)
    assert list(found[NORD.replace("Nord", "Süd")].values) == [1234.5]
    (page,) = inbox.pages(Stream.METRICS)
    assert b"ller" not in page.raw


def test_excel_and_json_tell_the_same(tmp_path: Path) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["Modell", "Version", "Kennzahl", "Wert", "Stichtag", "Region"])
    sheet.append(["PD-Mittelstand", 3, "PSI", 0.08, datetime(2026, 7, 31), "Nord"])  # noqa: DTZ001
    kept = io.BytesIO()
    book.save(kept)
    excel = inbox_of(tmp_path / "a")
    excel.put("psi.xlsx", kept.getvalue())
    rows = inbox_of(tmp_path / "b")
    row = {
        "Modell": "PD-Mittelstand", "Version": "3", "Kennzahl": "PSI", "Wert": 0.08,
        "Stichtag": "2026-07-31", "Region": "Nord", "Kunde": "Müller",
    }  # fmt: skip
    rows.put("psi.json", json.dumps([row]))
    assert series(excel) == series(rows)
    assert list(series(rows)[NORD].values) == [0.08]
    assert b"ller" not in rows.pages(Stream.METRICS)[0].raw


def test_a_cell_of_several_lines_may_lie_across_what_is_looked_at_first(tmp_path: Path) -> None:
    inbox = inbox_of(tmp_path)
    inbox.put("psi.csv", GERMAN.replace("Müller", '"' + "Müller\n" * 12_000 + '"', 1))
    assert len(series(inbox)) == 2


def test_a_later_file_goes_on_with_the_series(tmp_path: Path) -> None:
    inbox = inbox_of(tmp_path)
    head, *lines = GERMAN.splitlines()[1:]
    inbox.put("1.csv", f"{head}\n{lines[0]}\n")
    inbox.put("2.csv", f"{head}\n{lines[1]}\n")
    facts = inbox.facts(Stream.METRICS)
    assert [one.native_id for one in facts] == [NORD, NORD]


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ("PD;3;PSI;viel;31.07.2026;Nord;x", "psi.csv:3"),
        ("PD;3;PSI;0,1;31/07/2026;Nord;x", "psi.csv:3"),
        ("PD;3;PSI;0,1;;Nord;x", "psi.csv:3"),
        ("PD;3;PSI;0,1;31.02.2026;Nord;x", "psi.csv:3"),
    ],
)
def test_a_row_that_cannot_be_read_refuses_its_file_by_line(
    tmp_path: Path, row: str, place: str
) -> None:
    inbox = inbox_of(tmp_path)
    inbox.put("psi.csv", "\n".join([*GERMAN.splitlines()[:2], row, ""]))
    (refusal,) = inbox.refused()
    assert (refusal.place, refusal.code) == (place, Code.UNEXPECTED)
    assert row.split(";")[3] not in refusal.detail


def test_other_tables_are_left_alone(tmp_path: Path) -> None:
    inbox = inbox_of(tmp_path)
    inbox.put("kunden.csv", "Kunde;IBAN\nMüller;DE00\n")
    inbox.put("leer.csv", "")
    inbox.put("rows.json", '[{"Kunde": "Müller"}]')
    assert inbox.end() == Completion(Stream.CHECKS)
    assert inbox.facts(Stream.METRICS) == []
    without = Inbox(tmp_path)
    without.put("psi.csv", GERMAN)
    assert without.facts(Stream.METRICS) == []
    inbox.put("kaputt.xlsx", "PK\x03\x04 nichts")
    (refusal,) = inbox.refused()
    assert (refusal.place, refusal.code) == ("kaputt.xlsx", Code.DAMAGED)


def test_a_word_in_quotes_stands_for_every_row(tmp_path: Path) -> None:
    inbox = inbox_of(
        tmp_path, column_metric='"Gini"', column_model="", column_version="", model="LGD", unit="1"
    )
    inbox.put("gini.csv", "Wert,Stichtag,Region\n0.61,2026-07-31,\n12 %,2026-08,\n")
    (one,) = series(inbox).values()
    assert (one.details.metric, one.details.unit) == ("Gini", "1")
    assert one.details.subjects == (Subject("LGD"),)
    assert list(one.values) == [0.61, 12.0]


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e9, max_value=1e9))
def test_a_number_is_read_as_it_is_written_in_either_language(number: float) -> None:
    shown = f"{number:.6f}"
    assert read_value(shown, "en") == float(shown)
    assert read_value(shown.replace(".", ","), "de") == float(shown)
    assert read_value(number, None) == number


def test_what_may_be_two_numbers_needs_a_language() -> None:
    with pytest.raises(ValueError, match="number"):
        read_value("1.234", None)
    assert (read_value("1.234", "de"), read_value("1.234", "en")) == (1234.0, 1.234)
    assert read_value("6.0e-49", None) == 6.0e-49


def test_days_begin_in_the_zone_of_the_folder() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    wanted = datetime(2026, 7, 31, 22, tzinfo=UTC)
    assert read_time("01.08.2026", berlin) == read_time("2026-08", berlin) == wanted
    assert read_time("1.8.2026 00:30 Uhr", berlin).minute == 30
    assert read_time("2026-08-01T02:00:00+02:00", UTC) == datetime(2026, 8, 1, tzinfo=UTC)

"""Tables in Parquet by a mapping; what a hostile one says of itself is judged before unpacking."""

import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from mlops_desktop.core import clock
from mlops_desktop.core.inventory import Pair
from mlops_desktop.sources.files.refused import Code
from mlops_desktop.sources.observations import Completion, ObservedPoints, Stream
from mlops_desktop.sources.tabular import parquet as reading
from tests.sources.folders import Inbox

_MAPPING = {"value": "psi", "time": "stand", "model": "modell", "segment.region": "region"}


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(tmp_path, tuple(Pair(f"column.{name}", told) for name, told in _MAPPING.items()))


def _file(**columns: list[Any]) -> bytes:
    made = BytesIO()
    parquet.write_table(pa.table(columns), made, compression="zstd")
    return made.getvalue()


def _psi(**more: list[Any]) -> bytes:
    return _file(
        stand=[date(2026, 6, 30), date(2026, 9, 30)],
        psi=[0.14, 0.27],
        modell=["PD", "PD"],
        region=["Nord", "Nord"],
        kunde=["Meier", "Schulz"],
        **more,
    )


def _series(inbox: Inbox) -> ObservedPoints:
    (one,) = inbox.facts(Stream.METRICS)
    assert isinstance(one, ObservedPoints)
    return one


def _refused(inbox: Inbox) -> str:
    end = inbox.end()
    assert isinstance(end, Completion)
    (one,) = end.refused
    return one.code


def test_its_columns_become_a_series_and_the_others_are_not_kept(inbox: Inbox) -> None:
    inbox.put("psi.parquet", _psi(verschachtelt=[[1], [2]]))
    one = _series(inbox)
    assert list(one.values) == [0.14, 0.27]
    assert clock.from_milliseconds(one.times[0]) == datetime(2026, 6, 30, tzinfo=UTC)
    assert one.native_id == "psi{model=PD,region=Nord}"
    (page,) = inbox.pages(Stream.METRICS)
    assert b"Meier" not in page.raw


def test_decimals_times_with_a_zone_and_gaps(inbox: Inbox) -> None:
    at = [datetime(2026, 6, 30, 12, tzinfo=UTC), datetime(2026, 7, 1, 12, tzinfo=UTC)]
    inbox.put("psi.pq", _file(stand=at, psi=[Decimal("0.14"), None], modell=["PD", "PD"]))
    one = _series(inbox)
    assert [clock.from_milliseconds(time) for time in one.times] == at[:1]
    assert list(one.values) == [0.14]


def test_a_value_that_is_a_list_refuses_the_file(inbox: Inbox) -> None:
    inbox.put("psi.parquet", _file(stand=["2026-06-30"], psi=[[0.1]], modell=["PD"]))
    assert _refused(inbox) == Code.UNEXPECTED


def test_a_table_of_other_columns_is_not_ours(inbox: Inbox) -> None:
    inbox.put("anderes.parquet", _file(a=[1], b=[2]))
    end = inbox.end()
    assert isinstance(end, Completion)
    assert end.refused == ()


@pytest.mark.parametrize("harm", ["cut", "flipped", "named"])
def test_a_damaged_one_is_refused_alone(inbox: Inbox, harm: str) -> None:
    whole = _psi()
    flipped = bytearray(whole)
    flipped[len(whole) - 40 : len(whole) - 20] = b"\xff" * 20
    told = {"cut": whole[:-9], "flipped": bytes(flipped), "named": b"Stand;PSI\n1;2\n" * 100}
    inbox.put("psi.parquet", told[harm])
    inbox.put("gut.parquet", _psi())
    assert _refused(inbox) == Code.DAMAGED
    assert list(_series(inbox).values) == [0.14, 0.27]


def test_what_would_unpack_to_too_much_is_not_unpacked(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A column of one repeated text is tiny in the file and huge outside of it."""
    number = 40_000
    made = BytesIO()
    told = {"stand": ["2026-06-30"] * number, "psi": ["0" * 9_000] * number}
    parquet.write_table(pa.table(told), made, compression="zstd", use_dictionary=False)
    assert len(made.getvalue()) < 2 << 20
    monkeypatch.setattr(reading, "_lines", lambda *_: pytest.fail("it was unpacked"))
    inbox.put("bombe.parquet", made.getvalue())
    assert _refused(inbox) == Code.TOO_LARGE
    inbox.put("bombe.parquet", _file(stand=["2026-06-30"] * 200_001, psi=[0.1] * 200_001))
    assert _refused(inbox) == Code.TOO_LARGE


def test_without_pyarrow_it_is_said_and_nothing_else_is_lost(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox.put("psi.parquet", _psi())
    inbox.put("psi.csv", "stand;psi;modell\n30.06.2026;0,5;LGD\n")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert _refused(inbox) == Code.NEEDS_PYARROW
    assert _series(inbox).native_id == "psi{model=LGD}"

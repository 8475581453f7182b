"""Points come back exactly as they were written, and a damaged chunk is refused."""

import tracemalloc
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.errors import AppError
from mlops_desktop.store import chunks
from mlops_desktop.store.chunks import Points

STEPS = st.lists(st.integers(1, 2**40), max_size=60)
DECIMALS = st.integers(-(10**8), 10**8).map(lambda whole: whole / 10_000)
FLOATS = st.floats(allow_nan=True, allow_infinity=True)


@st.composite
def points(draw: st.DrawFn) -> Points:
    """Points of any distance, of decimals alone or of any floats."""
    times = np.cumsum([draw(st.integers(-(2**41), 2**41)), *draw(STEPS)]).astype(np.int64)
    some = draw(st.sampled_from([DECIMALS, FLOATS]))
    values = draw(st.lists(some, min_size=len(times), max_size=len(times)))
    return Points(times, np.array(values, np.float64))


@given(points())
def test_reading_gives_back_every_bit(told: Points) -> None:
    found = chunks.decode(chunks.encode(told))
    assert found.times.tolist() == told.times.tolist()
    assert found.values.tobytes() == told.values.tobytes()


def test_no_points_are_points_too() -> None:
    empty = Points(np.empty(0, np.int64), np.empty(0, np.float64))
    assert len(chunks.decode(chunks.encode(empty))) == 0


def test_a_daily_metric_takes_few_bytes() -> None:
    times = np.arange(10_000, dtype=np.int64) * 86_400_000
    values = np.round(0.7 + np.sin(times / 1e9) / 50, 3)
    assert len(chunks.encode(Points(times, values))) < 4.7 * 10_000


@pytest.mark.parametrize("times", [[2, 1], [1, 1]])
def test_times_that_do_not_rise_are_refused(times: list[int]) -> None:
    with pytest.raises(ValueError, match="rise"):
        chunks.encode(Points(np.array(times, np.int64), np.zeros(2)))


def test_damaged_bytes_are_refused() -> None:
    content = chunks.encode(Points(np.arange(9, dtype=np.int64), np.arange(9) / 7))
    for broken in (content[:5], content[:-3], content[:20] + b"\0" + content[21:], b""):
        with pytest.raises(AppError, match=r"series\.altered"):
            chunks.decode(broken)


def test_more_points_than_are_there_take_no_memory() -> None:
    for form in (0, 1):
        said = chunks._HEADER.pack(4, form, 0, 10_000_000) + zlib.compress(bytes(64))
        tracemalloc.start()
        with pytest.raises(AppError, match=r"series\.altered"):
            chunks.decode(said)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 1_000_000


def test_a_chunk_that_unpacks_to_more_than_its_points_is_refused() -> None:
    bomb = zlib.compress(bytes(64 * 1024 * 1024))
    for width in (4, 3, 0):
        with pytest.raises(AppError, match=r"series\.altered"):
            chunks.decode(chunks._HEADER.pack(width, 1, 0, 2) + bomb)
        with pytest.raises(AppError, match=r"series\.altered"):
            chunks.decode(chunks._HEADER.pack(width, 1, 0, 2) + zlib.compress(bytes(width + 9)))

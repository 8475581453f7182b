"""Nothing that others wrote is read or unpacked without a bound."""

import tracemalloc
import zlib
from pathlib import Path

import pytest

from mlops_desktop.outside.foreign_files import TooLarge, read_within, unpack_within

_BOMB = zlib.compress(bytes(64 * 1024 * 1024), 9)
"""64 KB that unpack to 64 MB."""


def test_a_file_is_read_up_to_its_bound(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"12345")
    assert read_within(file, 5) == b"12345"
    with pytest.raises(TooLarge):
        read_within(file, 4)


def test_what_has_no_size_is_bounded_too() -> None:
    assert Path("/dev/zero").stat().st_size == 0
    with pytest.raises(TooLarge):
        read_within(Path("/dev/zero"), 1000)


@pytest.mark.parametrize("size", [0, 1, 999, 1000])
def test_a_stream_is_unpacked_up_to_its_bound(size: int) -> None:
    assert unpack_within(zlib.compress(b"x" * size), 1000) == b"x" * size


def test_a_bomb_is_left_before_it_is_large() -> None:
    tracemalloc.start()
    with pytest.raises(TooLarge):
        unpack_within(_BOMB, 1_000_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4_000_000


def test_a_stream_is_whole_and_alone() -> None:
    packed = zlib.compress(b"told" * 100)
    for unfit in (packed[:-1], packed + b"\0", packed + packed, b"", b"no stream"):
        with pytest.raises(zlib.error):
            unpack_within(unfit, 1000)

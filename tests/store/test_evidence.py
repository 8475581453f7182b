"""A kept answer has the size that its row says: rows come from copies, too."""

import tracemalloc
import zlib

from mlops_desktop.store.evidence import unpack


def test_an_answer_is_unpacked_to_its_size_and_no_further() -> None:
    assert unpack(zlib.compress(b"told"), 4) == b"told"
    for compressed, size in (
        (zlib.compress(b"told"), 3),
        (zlib.compress(b"told"), 5),
        (zlib.compress(b"told") + b"more", 4),
        (b"told", 4),
    ):
        assert unpack(compressed, size) is None
    bomb = zlib.compress(bytes(64 * 1024 * 1024))
    tracemalloc.start()
    assert unpack(bomb, 4) is None
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000

"""Bodies within bounds, whatever their encoding says."""

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.outside.http_body import Budget, read_body
from mlops_desktop.outside.http_faults import HttpFault, Reason

_LIMIT = 1 << 20


def _chunked(body: bytes, size: int) -> list[bytes]:
    return [body[start : start + size] for start in range(0, len(body), size)]


@given(st.binary(max_size=5000), st.integers(1, 700))
def test_gives_back_what_was_sent(body: bytes, size: int) -> None:
    encodings = {"": body, "GZIP": gzip.compress(body), "deflate": zlib.compress(body)}
    for encoding, sent in encodings.items():
        budget = Budget(_LIMIT)
        assert read_body(_chunked(sent, size), encoding, _LIMIT, budget) == body
        assert budget.left == _LIMIT - len(body)


@pytest.mark.parametrize(
    ("sent", "encoding", "reason"),
    [
        (b"x" * (_LIMIT + 1), "", Reason.PAGE_TOO_LARGE),
        (gzip.compress(b"x" * (_LIMIT + 1)), "gzip", Reason.PAGE_TOO_LARGE),
        (gzip.compress(b"x" * 100, mtime=0)[:-9], "gzip", Reason.CUT_OFF),
        (b"", "gzip", Reason.CUT_OFF),
        (b"no gzip", "gzip", Reason.ENCODING),
        (b"x", "br", Reason.ENCODING),
        (b"x", "gzip, gzip", Reason.ENCODING),
    ],
)
def test_refuses(sent: bytes, encoding: str, reason: Reason) -> None:
    with pytest.raises(HttpFault) as refused:
        read_body(_chunked(sent, 1000), encoding, _LIMIT, Budget(1 << 40))
    assert refused.value.reason is reason


def test_the_budget_is_shared_by_all_bodies() -> None:
    budget = Budget(150)
    read_body([b"x" * 100], "", _LIMIT, budget)
    with pytest.raises(HttpFault) as refused:
        read_body([b"x" * 100], "", _LIMIT, budget)
    assert refused.value.reason is Reason.SYNC_TOO_LARGE

"""Answers that are wrong, slow, too large or not to be trusted: each a typed failure."""

import gzip
import json
import tracemalloc

import pytest

from mlops_desktop.outside.http_limits import Limits
from mlops_desktop.sources.observations import (
    Failure,
    FailureCode,
    Stream,
)
from tests.sources.conformance_rig import CANARY, Rig
from tests.sources.hostile_server import HostileServer, Reply, serving

_SHORT = Limits(deadline=0.5)


class FaultConformance(Rig):
    """What was read before a fault stays; one failure ends the stream."""

    def test_cut_in_the_middle(self, server: HostileServer, stream: Stream) -> None:
        page = Reply(b'{"rows": [' + b" " * 5000, cut_at=900)
        failure = self._failure(server, stream, page)
        assert (failure.code, failure.reason) == (FailureCode.PROTOCOL, "cut_off")

    def test_login_page_with_status_200(self, server: HostileServer, stream: Stream) -> None:
        page = Reply(
            b"\n<!doctype html><title>Sign in</title>", headers={"Content-Type": "text/html"}
        )
        failure = self._failure(server, stream, page)
        assert (failure.code, failure.reason) == (FailureCode.PROTOCOL, "html_page")

    @pytest.mark.parametrize(
        ("status", "code"),
        [
            (400, FailureCode.REJECTED),
            (401, FailureCode.AUTH),
            (403, FailureCode.FORBIDDEN),
            (404, FailureCode.UNSUPPORTED),
            (500, FailureCode.SERVER),
        ],
    )
    def test_refusals_are_told_apart(
        self, server: HostileServer, stream: Stream, status: int, code: FailureCode
    ) -> None:
        said = json.dumps({"message": f"no: {CANARY}"}).encode()
        failure = self._failure(server, stream, Reply(said, status))
        assert failure.code is code
        assert failure.detail == f"{status} no: •••"
        assert failure.is_retryable == (code is FailureCode.SERVER)

    def test_asked_to_wait_briefly_waits(self, server: HostileServer, stream: Stream) -> None:
        self._recovering(server, stream, Reply(status=429, headers={"Retry-After": "0"}))

    def test_unavailable_for_a_moment(self, server: HostileServer, stream: Stream) -> None:
        self._recovering(server, stream, Reply(status=503))

    def test_asked_to_wait_long_does_not_ask_again(
        self, server: HostileServer, stream: Stream
    ) -> None:
        failure = self._failure(server, stream, Reply(status=429, headers={"Retry-After": "3600"}))
        assert failure.code is FailureCode.RATE_LIMITED
        assert failure.retry_after == 3600
        assert sum(self.subject.lists(asked, stream) for asked in server.asked) == (
            self.subject.good + 1
        )

    def test_unavailable_for_good_is_asked_three_times(
        self, server: HostileServer, stream: Stream
    ) -> None:
        failure = self._failure(server, stream, Reply(status=503))
        assert failure.code is FailureCode.SERVER
        assert sum(self.subject.lists(asked, stream) for asked in server.asked) == (
            self.subject.good + 3
        )

    @pytest.mark.parametrize("drip", [Reply(drips_body=True), Reply(drips_headers=True)])
    def test_a_drip_cannot_hold_it(
        self, server: HostileServer, stream: Stream, drip: Reply
    ) -> None:
        failure = self._failure(server, stream, drip, _SHORT)
        assert (failure.code, failure.reason) == (FailureCode.TIMEOUT, "deadline")

    def test_a_bomb_is_stopped_early(self, server: HostileServer, stream: Stream) -> None:
        bomb = gzip.compress(b" " * (64 << 20), 1)
        reply = Reply(bomb, headers={"Content-Encoding": "gzip"})
        tracemalloc.start()
        failure = self._failure(server, stream, reply, Limits(page_bytes=1 << 20))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert (failure.code, failure.reason) == (FailureCode.TOO_LARGE, "page_too_large")
        assert peak < 16 << 20

    def test_a_page_over_the_limit(self, server: HostileServer, stream: Stream) -> None:
        failure = self._failure(server, stream, Reply(b" " * 3_000_000), Limits(page_bytes=1 << 20))
        assert (failure.code, failure.reason) == (FailureCode.TOO_LARGE, "page_too_large")

    def test_everything_together_over_the_limit(
        self, server: HostileServer, stream: Stream
    ) -> None:
        first = len(self.subject.healthy(self._first(server, stream)).body)
        left = first + 200 if self.subject.is_paged else first - 1
        found = self._pull(server, stream, Limits(sync_bytes=left))
        assert isinstance(found[-1], Failure)
        assert found[-1].reason == "sync_too_large"

    def test_deep_json(self, server: HostileServer, stream: Stream) -> None:
        failure = self._failure(server, stream, Reply(b'{"x":' + b"[" * 100_000))
        assert failure.code is FailureCode.PROTOCOL

    def test_another_document(self, server: HostileServer, stream: Stream) -> None:
        failure = self._failure(server, stream, Reply(b'{"status": "ok"}'))
        assert (failure.code, failure.reason) == (FailureCode.PROTOCOL, "unexpected_shape")

    def test_redirect_to_another_host_is_not_followed(
        self, server: HostileServer, stream: Stream
    ) -> None:
        with serving(lambda _: Reply()) as other:
            there = {"Location": f"{other.url}/login?next=1"}
            failure = self._failure(server, stream, Reply(status=302, headers=there))
            assert (failure.code, failure.reason) == (FailureCode.PROTOCOL, "foreign_redirect")
            assert other.url in failure.detail
            assert not other.asked

    def test_a_page_that_comes_again_and_again(self, server: HostileServer, stream: Stream) -> None:
        if self.subject.repeated_page is None:
            pytest.skip("no answer of this source leads to another")
        self._spoil(server, stream, Reply(self.subject.repeated_page))
        found = self._pull(server, stream)
        assert isinstance(found[-1], Failure)
        assert found[-1].reason == "repeated_page"
        assert len(found) < 5

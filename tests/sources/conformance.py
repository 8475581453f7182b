"""What every source over HTTP must do, against a server that does everything wrong.

A source's test makes a subclass of ``SourceConformance`` with a ``Subject``; pytest runs the rest.
"""

import threading

from mlops_desktop.sources.observations import (
    Completion,
    Failure,
    FailureCode,
    Page,
    Stream,
)
from tests.sources.conformance_faults import FaultConformance
from tests.sources.conformance_rig import CANARY, facts_of, is_done, plain_facts
from tests.sources.hostile_server import Asked, HostileServer, Reply, serving


class SourceConformance(FaultConformance):
    """Run against the subject of a subclass."""

    def test_reads_every_page_and_says_when_it_is_done(self, server: HostileServer) -> None:
        for stream, number in self.subject.facts.items():
            found = self._pull(server, stream)
            assert is_done(found[-1], stream)
            assert len(found) > 1 + self.subject.good
            assert len(facts_of(found)) == number

    def test_repeated_pull_is_equal(self, server: HostileServer) -> None:
        for stream in self.subject.facts:
            first, second = self._pull(server, stream), self._pull(server, stream)
            assert plain_facts(first) == plain_facts(second)
            assert [page.evidence.digest for page in first if isinstance(page, Page)] == [
                page.evidence.digest for page in second if isinstance(page, Page)
            ]

    def test_only_reads(self, server: HostileServer) -> None:
        for stream in self.subject.facts:
            self._pull(server, stream)
        posted = {asked.path for asked in server.asked if asked.method != "GET"}
        assert posted <= self.subject.reads

    def test_a_page_knows_its_request_its_bytes_and_nothing_secret(
        self, server: HostileServer, stream: Stream
    ) -> None:
        page = self._pull(server, stream)[0]
        assert isinstance(page, Page)
        assert page.evidence.request.split()[0] in ("GET", "POST")
        assert "127.0.0.1" not in page.evidence.request
        assert CANARY not in repr(page)

    def test_cancelled_between_pages(self, server: HostileServer, stream: Stream) -> None:
        cancelled = threading.Event()
        source = self.subject.at(server.url, is_cancelled=cancelled.is_set)
        pull = source.pull(stream)
        if self.subject.is_paged:
            assert isinstance(next(pull), Page)
        cancelled.set()
        rest = list(pull)
        source.close()
        assert [type(found) for found in rest] == [Failure]
        assert isinstance(rest[0], Failure)
        assert rest[0].code is FailureCode.CANCELLED

    def test_cancelled_inside_a_read(self, server: HostileServer, stream: Stream) -> None:
        cancelled = threading.Event()
        healthy = self.subject.healthy

        def respond(asked: Asked) -> Reply:
            if not self.subject.lists(asked, stream):
                return healthy(asked)
            cancelled.set()
            return Reply(drips_body=True)

        server.respond = respond
        source = self.subject.at(server.url, is_cancelled=cancelled.is_set)
        found = list(source.pull(stream))
        source.close()
        assert [type(one) for one in found] == [Failure]
        assert isinstance(found[0], Failure)
        assert found[0].code is FailureCode.CANCELLED

    def test_streams_fail_alone(self, server: HostileServer) -> None:
        for broken in self.subject.facts:
            self._spoil(server, broken, Reply(status=403))
            for stream in self.subject.facts:
                last = self._pull(server, stream)[-1]
                assert isinstance(last, Failure if stream is broken else Completion)

    def test_nobody_there(self, stream: Stream) -> None:
        with serving(self.subject.healthy) as server:
            url = server.url
        source = self.subject.at(url)
        found = list(source.pull(stream))
        probe = source.probe()
        source.close()
        assert isinstance(found[0], Failure)
        assert found[0].code is FailureCode.UNREACHABLE
        assert found[0].reason in {"refused", "not_connected"}  # a service's SDK says less
        assert found[0].is_retryable
        assert not probe.is_reachable

    def test_probe_tells_the_version_and_what_is_refused(self, server: HostileServer) -> None:
        source = self.subject.at(server.url)
        well = source.probe()
        server.respond = lambda _: Reply(b"who are you?", 401)
        badly = source.probe()
        source.close()
        assert well.is_reachable
        assert bool(well.version) is self.subject.has_version
        assert well.visible
        assert not well.failures
        assert badly.is_reachable
        assert badly.failures[0].code is FailureCode.AUTH

    def test_unknown_stream_is_unsupported(self, server: HostileServer) -> None:
        source = self.subject.at(server.url)
        for stream in set(Stream) - set(source.streams):
            (failure,) = source.pull(stream)
            assert isinstance(failure, Failure)
            assert failure.code is FailureCode.UNSUPPORTED
        source.close()

"""Asks again whether every request covers what its version was, and every decision the request.

What nobody signs is what is looked at: somebody who writes the ledger past the program could open
an approved request anew for another version, or let a version change without saying so.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from mlops_desktop.core.approvals import changed_fields, covered_fields, digest_fields
from mlops_desktop.core.events.approvals import ApprovalDecided, ApprovalRequested
from mlops_desktop.core.events.papers import PaperRecorded
from mlops_desktop.core.events.versions import VersionChanged, VersionReturned
from mlops_desktop.core.inventory import ModelDetails, Pair, VersionDetails
from mlops_desktop.core.ledger_format import VOUCHED
from mlops_desktop.services.cases import View
from mlops_desktop.store.queries.ledger_format import ledger_format
from mlops_desktop.store.queries.requests_told import Told, told_of_model, told_of_requests
from mlops_desktop.store.unit_of_work import ReadSession

_OF_VERSIONS = ("version.", "parameter.", "metric.", "dataset.")


def find_misled_requests(view: ReadSession) -> Iterator[tuple[int, str]]:
    """Yield the position of what misleads who decides, and how.

    ``asked_twice``, ``born_twice``, ``change_concealed``, ``covers_other``, ``digest``. Ledgers
    that did not promise it when they were founded are not judged.
    """
    if ledger_format(view.connection) < VOUCHED:
        return
    judge = _Judge()
    for position, told in told_of_requests(view.connection):
        fault = judge.fault_of(told)
        if fault is not None:
            yield position, fault


def fault_now(view: View, told: Told) -> str | None:
    """Return how what is about to be told of a version or a request misleads, None if not."""
    judge = _Judge()
    for _, earlier in told_of_model(view.connection, told.model):
        judge.fault_of(earlier)
    return judge.fault_of(told)


@dataclass(slots=True)
class _Judge:
    """Knows what every version was said to be, and what every request covers."""

    versions: dict[str, VersionDetails] = field(default_factory=dict)
    requests: dict[str, str] = field(default_factory=dict)

    def fault_of(self, told: Told) -> str | None:
        match told:
            case ApprovalRequested():
                return self._asked(told)
            case PaperRecorded():
                return self._open(told.request, "")
            case ApprovalDecided():
                is_other = self.requests.get(told.request) != told.digest
                return "digest" if is_other else None
            case VersionChanged() | VersionReturned():
                return self._changed(told)
            case _:
                is_known = told.version in self.versions
                self.versions[told.version] = told.details
                return "born_twice" if is_known else None

    def _open(self, request: str, digest: str) -> str | None:
        is_known = request in self.requests
        self.requests[request] = digest
        return "asked_twice" if is_known else None

    def _asked(self, told: ApprovalRequested) -> str | None:
        fault = self._open(told.request, told.digest)
        if fault is not None or digest_fields(told.covered) != told.digest:
            return fault or "digest"
        if not told.version:
            return None
        known = self.versions.get(told.version)
        is_true = known is not None and _of_version(told.covered) == _covered_of(known)
        return None if is_true else "covers_other"

    def _changed(self, told: VersionChanged | VersionReturned) -> str | None:
        before = self.versions.get(told.version, VersionDetails(""))
        self.versions[told.version] = told.details
        is_said = changed_fields(_fields(before), _fields(told.details)) == told.changed
        return None if is_said else "change_concealed"


def _fields(details: VersionDetails) -> tuple[Pair, ...]:
    return covered_fields(ModelDetails(), details)


def _covered_of(details: VersionDetails) -> set[Pair]:
    return _of_version(_fields(details))


def _of_version(covered: tuple[Pair, ...]) -> set[Pair]:
    return {pair for pair in covered if pair.name.startswith(_OF_VERSIONS)}

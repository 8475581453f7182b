"""Whether a workspace's history still continues the head that a dossier took outside."""

from mlops_desktop.dossier.verdict import Check, Outcome, Step, Verdict, failed, passed
from mlops_desktop.dossier.verify import read_evidence
from mlops_desktop.ledger.checkpoint import Checkpoint, read_unverified
from mlops_desktop.ledger.tree import leaf_hashes, root_of
from mlops_desktop.store import log
from mlops_desktop.store.unit_of_work import ReadSession


def check_history(view: ReadSession, origin: str, verdict: Verdict, pdf: bytes) -> Check:
    """(12) The head in a dossier whose ledger extract is proved is a prefix of this history."""
    is_proved = any(check.step is Step.LEDGER and check.ok for check in verdict.checks)
    if not is_proved:
        return Check(Step.HISTORY, None, "not_run")
    note = read_evidence(pdf).facts.ledger.checkpoint.note
    return compare_head(view, origin, read_unverified(note))


def compare_head(view: ReadSession, origin: str, head: Checkpoint) -> Check:
    """Compare a head that left the workspace with what its events hash to now.

    Whoever rewrites events with every key of the workspace cannot reach what lies elsewhere.
    """
    if head.origin != origin:
        return Check(Step.HISTORY, None, "history_other")
    size = view.head().size
    if head.size > size:
        told = {"size": head.size, "now": size}
        return failed(Step.HISTORY, Outcome.INDETERMINATE, "history_short", **told)
    leaves = log.read_withheld(view.connection)
    for part in log.read_parts(view.connection, 0, head.size):
        leaves.update(zip(part.positions, leaf_hashes(part.bodies), strict=True))
    if root_of(leaves.get(place, b"") for place in range(head.size)) != head.root:
        return failed(Step.HISTORY, Outcome.INDETERMINATE, "history_changed", size=head.size)
    return passed(Step.HISTORY, "history_ok", size=head.size, now=size)

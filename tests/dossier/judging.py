"""What the tests of the verifier share."""

from mlops_desktop.dossier.verdict import Outcome, Step, Verdict
from mlops_desktop.dossier.verify import verify
from tests.dossier.conftest import NOW


def judge(pdf: bytes, roots: bytes | None) -> Verdict:
    return verify(pdf, roots, NOW)


def told(verdict: Verdict) -> tuple[Outcome, str | None]:
    failure = verdict.first_failure
    return verdict.outcome, failure.code if failure else None


def by_step(verdict: Verdict) -> dict[Step, bool | None]:
    return {check.step: check.ok for check in verdict.checks}

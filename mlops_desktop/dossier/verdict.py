"""The answer of a verification: numbered checks, who signed, and one verdict."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from mlops_desktop.core.custom_forms import write_number
from mlops_desktop.core.wording import Words


class Outcome(StrEnum):
    """What can be said of a file, from the worst to the best."""

    DAMAGED = "damaged"
    NOT_A_DOSSIER = "not_a_dossier"
    CHANGED = "changed"
    UNTRUSTED = "untrusted"
    INDETERMINATE = "indeterminate"
    VALID = "valid"


class Step(StrEnum):
    """The checks in their order; the last two need the workspace that made the dossier."""

    STRUCTURE = "structure"
    DOSSIER = "dossier"
    SEAL = "seal"
    DIGEST = "digest"
    LATER_CHANGES = "later_changes"
    TRUST = "trust"
    TIME = "time"
    EVIDENCE = "evidence"
    LEDGER = "ledger"
    PAGES = "pages"
    RECORD = "record"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class Check:
    """One check: ``ok`` is None where an earlier failure left nothing to check.

    ``code`` names its sentence, ``parameters`` fill it; ``outcome`` is what a failure makes of
    the whole.
    """

    step: Step
    ok: bool | None
    code: str
    parameters: tuple[tuple[str, str | int], ...] = ()
    outcome: Outcome = Outcome.VALID

    @property
    def number(self) -> int:
        """Its place, from 1."""
        return list(Step).index(self.step) + 1

    @property
    def name(self) -> str:
        """Its name for programs."""
        return self.step.value

    def title(self, words: Words) -> str:
        """Return what was checked."""
        return words.text(f"dossier.check.{self.step}")

    def detail(self, words: Words) -> str:
        """Return what was found, in a sentence."""
        key = f"dossier.outcome.{self.code}"
        given = {name: _said(value, words.language) for name, value in self.parameters}
        count = dict(self.parameters).get("shown")
        if f"{key}.other" in words and isinstance(count, int):
            return words.count(key, count, **given)
        return words.text(key, **given)


def _said(value: str | int, language: str) -> str:
    return value if isinstance(value, str) else write_number(str(value), language)


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature as found: printed name, claimed role, meaning, level, stated time (UTC).

    ``level`` is the one its data were found to hold for. ``proven_at`` is since when a trusted
    time stamp proves that it exists, by ``authority``.
    """

    name: str
    role: str
    meaning: str
    level: str
    at: datetime | None
    proven_at: datetime | None = None
    authority: str = ""
    eidas: str = ""
    """``advanced`` or ``qualified_stated``: what its certificate says and no more; "" where its
    chain is not trusted. No trusted list is consulted."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict with all checks in order; ``sha256`` is the digest of the file as given."""

    sha256: str
    checks: tuple[Check, ...]
    signatures: tuple[Signature, ...] = field(default=())
    document_id: str | None = None

    @property
    def outcome(self) -> Outcome:
        """The worst that a failed check makes of the file."""
        failed = {check.outcome for check in self.checks if check.ok is False}
        return next((outcome for outcome in Outcome if outcome in failed), Outcome.VALID)

    @property
    def first_failure(self) -> Check | None:
        """The first check that failed with the verdict's weight; None for a valid file."""
        outcome = self.outcome
        failed = (check for check in self.checks if check.ok is False)
        return next((check for check in failed if check.outcome is outcome), None)


def passed(step: Step, code: str, **parameters: str | int) -> Check:
    """Return a check that passed."""
    return Check(step, True, code, tuple(parameters.items()))


def failed(step: Step, outcome: Outcome, code: str, **parameters: str | int) -> Check:
    """Return a check that failed, and what that makes of the file."""
    return Check(step, False, code, tuple(parameters.items()), outcome)

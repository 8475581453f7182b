"""Verifies a sealed dossier in numbered checks: no workspace, no network, no system trust list.

A fault of a parser is never a traceback and never a pass: it makes the file damaged.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import partial

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.dossier import evidence, later, reading, signatures
from mlops_desktop.dossier.archive import DRAFT, MARK, relation_of
from mlops_desktop.dossier.attachments import EVIDENCE, LEDGER
from mlops_desktop.dossier.bundle.checking import (
    count_proved,
    find_odd_part,
    find_part_disproof,
)
from mlops_desktop.dossier.case import Case, opened_of, roots_of, stamp_roots_of
from mlops_desktop.dossier.content import Missing
from mlops_desktop.dossier.evidence import Evidence
from mlops_desktop.dossier.fields import field_of
from mlops_desktop.dossier.page_check import Wording, check_pages
from mlops_desktop.dossier.proofs import find_disproof
from mlops_desktop.dossier.quiet import silence_libraries
from mlops_desktop.dossier.revisions import SigningPolicy
from mlops_desktop.dossier.time_checks import check_time, check_trust
from mlops_desktop.dossier.time_proofs import Stamp, read_proofs
from mlops_desktop.dossier.verdict import Check, Outcome, Step, Verdict, failed, passed

_HEADER = b"%PDF-"
_ENDS_NEAR = 1024


def verify(
    pdf: bytes,
    trust: bytes | None = None,
    now: datetime | None = None,
    stamps: bytes | None = None,
    wording: Wording | None = None,
) -> Verdict:
    """Return what nine checks say of ``pdf``, ten with ``wording``: then pages are printed again.

    ``trust`` are the roots to be trusted, as PEM; without any the signer stays untrusted.
    ``stamps`` are further ones that only time stamps may lead to.
    ``now`` is the time of verification, the clock's unless given.
    """
    silence_libraries()
    case = Case(pdf, trust, now or clock.now(), stamps)
    checks: list[Check] = []
    all_checks = dict(_CHECKS)
    if wording is not None:
        all_checks[Step.PAGES] = partial(check_pages, wording=wording)
    for step, check in all_checks.items():
        is_over = bool(checks) and checks[-1].ok is not True and _ends(checks[-1])
        checks.append(Check(step, None, "not_run") if is_over else _run(step, check, case))
    return Verdict(
        hashlib.sha256(pdf).hexdigest(),
        tuple(checks),
        tuple(examined.shown for examined in case.examined),
        case.marks.document_id or None,
    )


def read_evidence(pdf: bytes) -> Evidence:
    """Return the facts inside a dossier that was verified before.

    Raises AppError ``evidence.newer``, ``evidence.malformed``, and what the parser raises.
    """
    return evidence.decode(reading.read_files(reading.open_pdf(pdf).reader)[EVIDENCE])


def _run(step: Step, check: "Callable[[Case], Check]", case: Case) -> Check:
    try:
        return check(case)
    except Exception as fault:
        detail = (str(fault) or type(fault).__name__)[:200]
        return failed(step, Outcome.DAMAGED, "unreadable", detail=detail)


def _ends(check: Check) -> bool:
    """Tell whether nothing after this check can be examined."""
    is_hopeless = check.outcome in {Outcome.DAMAGED, Outcome.NOT_A_DOSSIER}
    return check.ok is None or is_hopeless or check.step is Step.SEAL


def _check_structure(case: Case) -> Check:
    """(1) The file is a PDF that can be read."""
    if not case.pdf.startswith(_HEADER):
        was_pdf = _HEADER in case.pdf[:_ENDS_NEAR] or b"%%EOF" in case.pdf[-_ENDS_NEAR:]
        outcome = Outcome.DAMAGED if was_pdf else Outcome.NOT_A_DOSSIER
        return failed(Step.STRUCTURE, outcome, "not_pdf")
    case.opened = reading.open_pdf(case.pdf)
    return passed(Step.STRUCTURE, "structure_ok", pages=case.opened.pages)


def _check_dossier(case: Case) -> Check:
    """(2) It says that it is a dossier, in its metadata or by what is inside."""
    opened = opened_of(case)
    reader = opened.reader
    case.marks = reading.read_marks(reading.read_metadata(reader))
    case.files = reading.read_files(reader)
    if DRAFT in case.marks.types and not opened.signatures:
        return failed(Step.DOSSIER, Outcome.NOT_A_DOSSIER, "draft")
    if MARK not in case.marks.types and EVIDENCE not in case.files:
        return failed(Step.DOSSIER, Outcome.NOT_A_DOSSIER, "no_marker")
    return passed(Step.DOSSIER, "dossier_ok", id=case.marks.document_id)


def _check_seal(case: Case) -> Check:
    """(3) The first signature certifies the document and allows no more than signing."""
    opened = opened_of(case)
    if not opened.signatures:
        return failed(Step.SEAL, Outcome.CHANGED, "no_seal")
    case.proofs = read_proofs(opened, roots_of(case), case.now, stamp_roots_of(case))
    policy = SigningPolicy(case.pdf)
    case.examined = [signatures.examine(one, case.proofs, policy) for one in opened.signatures]
    seal = case.examined[0]
    if not signatures.is_certifying(seal.embedded):
        return failed(Step.SEAL, Outcome.CHANGED, "seal_not_certifying")
    if not signatures.is_strict(seal.embedded):
        return failed(Step.SEAL, Outcome.CHANGED, "seal_too_lax")
    return passed(Step.SEAL, "seal_ok", name=seal.shown.name)


def _check_digest(case: Case) -> Check:
    """(4) Every signature matches its bytes, and no byte is left uncovered."""
    for one in case.examined:
        name = one.shown.name
        if not (one.status.intact and one.status.valid):
            return failed(Step.DIGEST, Outcome.CHANGED, "signature_broken", name=name)
        if not signatures.is_tight(one.embedded, case.pdf) or signatures.has_strays(one):
            return failed(Step.DIGEST, Outcome.CHANGED, "signature_padded", name=name)
    stamps = case.proofs.stamps if case.proofs is not None else ()
    for stamp in (*stamps, *(token for one in case.examined for token in one.tokens)):
        if not stamp.is_intact or not _is_tight(stamp, case.pdf):
            told = {"name": stamp.authority}
            return failed(Step.DIGEST, Outcome.CHANGED, "stamp_broken", **told)
    if not _is_covered(case, stamps):
        return failed(Step.DIGEST, Outcome.CHANGED, "not_covered")
    return passed(Step.DIGEST, "digest_ok", shown=len(case.examined))


def _is_tight(stamp: Stamp, pdf: bytes) -> bool:
    if signatures.has_stamp_strays(stamp):
        return False
    return stamp.embedded is None or signatures.is_tight(stamp.embedded, pdf)


def _is_covered(case: Case, stamps: tuple[Stamp, ...]) -> bool:
    """Tell whether the last signature or document time stamp leaves out nothing."""
    last = case.examined[-1]
    if stamps and stamps[-1].revision > last.embedded.signed_revision:
        return signatures.covers_file(stamps[-1].status)
    return signatures.covers_file(last.status)


def _check_later_changes(case: Case) -> Check:
    """(5) After each signature only what it allows; title, author and metadata as sealed."""
    for one in case.examined:
        change = signatures.find_change(one.status)
        if change is not None:
            named = {"name": one.shown.name, "detail": change[:200]}
            return failed(Step.LATER_CHANGES, Outcome.CHANGED, "changed_after", **named)
    reader = opened_of(case).reader
    sealed = reader.get_historical_resolver(case.examined[0].embedded.signed_revision)
    restated = later.find_restated(sealed, reader)
    if restated is not None:
        return failed(Step.LATER_CHANGES, Outcome.CHANGED, "metadata_changed", field=restated)
    displaced = later.find_displaced(reader)
    if displaced is not None:
        return failed(Step.LATER_CHANGES, Outcome.CHANGED, "displaced", number=displaced)
    foreign = later.find_foreign_field(reader)
    if foreign is not None:
        return failed(Step.LATER_CHANGES, Outcome.CHANGED, "foreign_field", field=foreign)
    return passed(Step.LATER_CHANGES, "no_change")


def _check_evidence(case: Case) -> Check:
    """(8) The embedded facts match their schema and the digests in the metadata."""
    for name in (EVIDENCE, LEDGER):
        if name not in case.files:
            return failed(Step.EVIDENCE, Outcome.CHANGED, "no_evidence", file=name)
    try:
        case.evidence = evidence.decode(case.files[EVIDENCE])
        case.leaves = evidence.decode_leaves(case.files[LEDGER])
        odd_part = find_odd_part(case.evidence.facts, case.files)
    except AppError as fault:
        is_newer = fault.code == "evidence.newer"
        outcome = Outcome.INDETERMINATE if is_newer else Outcome.CHANGED
        code = "evidence_newer" if is_newer else "evidence_malformed"
        return failed(Step.EVIDENCE, outcome, code, **fault.parameters)
    if case.marks.document_id != case.evidence.document.id:
        return failed(Step.EVIDENCE, Outcome.CHANGED, "evidence_other_document")
    stranger = _find_unplanned(case, case.evidence)
    if stranger is not None:
        return stranger
    if odd_part is not None:
        return failed(Step.EVIDENCE, Outcome.CHANGED, "evidence_other_part", part=odd_part)
    odd = _stated(case, case.evidence) ^ set(case.marks.relations)
    if odd:
        named = min(odd).partition(" sha256:")[0]
        return failed(Step.EVIDENCE, Outcome.CHANGED, "evidence_other_digest", file=named)
    return passed(Step.EVIDENCE, "evidence_ok")


def _find_unplanned(case: Case, found: Evidence) -> Check | None:
    """Return what is wrong with a counter-signature that is not the one prepared for."""
    planned = found.document.signers
    for number, one in enumerate(case.examined[1:], 1):
        named = {"name": one.shown.name}
        if number > len(planned) or one.embedded.field_name != field_of(number):
            return failed(Step.EVIDENCE, Outcome.CHANGED, "signature_unplanned", **named)
        if one.shown.name != planned[number - 1].name:
            named["planned"] = planned[number - 1].name
            return failed(Step.EVIDENCE, Outcome.CHANGED, "signature_by_other", **named)
    return None


def _stated(case: Case, found: Evidence) -> set[str]:
    """Return the digests that the metadata should name."""
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in case.files.items()}
    digests["facts"] = evidence.facts_digest(found.facts)
    return {relation_of(name, digest) for name, digest in digests.items()}


def _check_ledger(case: Case) -> Check:
    """(9) Every event listed is proved against the head named, and the head is well formed."""
    if case.evidence is None:
        return Check(Step.LEDGER, None, "not_run")
    ledger = case.evidence.facts.ledger
    found = find_disproof(ledger, case.leaves) or find_part_disproof(case.files, case.leaves)
    if found is not None:
        return failed(
            Step.LEDGER,
            Outcome.CHANGED,
            found.code,
            position=found.position,
            detail=found.detail,
        )
    if isinstance(ledger.entries, Missing):
        return passed(Step.LEDGER, "ledger_no_events")
    size = ledger.checkpoint.head.size
    proved = count_proved(case.evidence.facts, case.files)
    return passed(Step.LEDGER, "ledger_ok", proved=proved, size=size)


_CHECKS: dict[Step, Callable[[Case], Check]] = {
    Step.STRUCTURE: _check_structure,
    Step.DOSSIER: _check_dossier,
    Step.SEAL: _check_seal,
    Step.DIGEST: _check_digest,
    Step.LATER_CHANGES: _check_later_changes,
    Step.TRUST: check_trust,
    Step.TIME: check_time,
    Step.EVIDENCE: _check_evidence,
    Step.LEDGER: _check_ledger,
}

"""Checks 6 and 7: who is trusted, and since when the signatures are proved to exist."""

from datetime import UTC, timedelta

from mlops_desktop.core.signature_levels import Level, level_of
from mlops_desktop.dossier import signatures
from mlops_desktop.dossier.case import Case, roots_of
from mlops_desktop.dossier.signatures import Examined
from mlops_desktop.dossier.verdict import Check, Outcome, Step, failed, passed

_APART = timedelta(minutes=15)
"""How far a signer's clock may be ahead of the authority's."""


def check_trust(case: Case) -> Check:
    """(6) Each signer's certificate leads to a root that the verifier named."""
    if not case.trust:
        return failed(Step.TRUST, Outcome.UNTRUSTED, "no_roots")
    if not roots_of(case):
        return failed(Step.TRUST, Outcome.UNTRUSTED, "roots_unreadable")
    for one in case.examined:
        if one.is_revoked:
            return failed(Step.TRUST, Outcome.UNTRUSTED, "signer_revoked", name=one.shown.name)
        if not (one.status.intact and one.status.valid):  # then no chain was looked for
            return failed(Step.TRUST, Outcome.UNTRUSTED, "chain_unexamined", name=one.shown.name)
        if not one.status.trusted:
            named = {"name": one.shown.name, "detail": signatures.name_distrust(one.status)}
            return failed(Step.TRUST, Outcome.UNTRUSTED, "chain_broken", **named)
        if not signatures.is_named(one):
            named = {"name": one.shown.name, "detail": signatures.certified_name(one)}
            return failed(Step.TRUST, Outcome.UNTRUSTED, "other_name", **named)
    lowest = min(level_of(one.shown.level).rank for one in case.examined)
    code = "chain_checked" if lowest >= Level.LT.rank else "chain_ok"
    return passed(Step.TRUST, code, name=case.examined[0].shown.name)


def check_time(case: Case) -> Check:
    """(7) Each certificate was valid when its signer says that he signed; time stamps agree."""
    for one in case.examined:
        found = _find_time_fault(case, one)
        if found is not None:
            return found
    stamps = case.proofs.stamps if case.proofs is not None else ()
    for stamp in (*stamps, *(token for one in case.examined for token in one.tokens)):
        if not stamp.is_trusted:
            told = {"name": stamp.authority, "detail": stamp.problem}
            return failed(Step.TIME, Outcome.INDETERMINATE, "stamp_untrusted", **told)
    proved = [one.proof for one in case.examined if one.proof is not None]
    if len(proved) == len(case.examined):
        return passed(Step.TIME, "time_proved", authority=proved[0].authority)
    return passed(Step.TIME, "time_ok")


def _find_time_fault(case: Case, one: Examined) -> Check | None:
    name, at, proof = one.shown.name, one.shown.at, one.proof
    if at is None:
        return failed(Step.TIME, Outcome.INDETERMINATE, "time_missing", name=name)
    if not one.valid_from <= at <= one.valid_until:
        return failed(Step.TIME, Outcome.UNTRUSTED, "not_valid_then", name=name)
    if at > case.now:
        return failed(Step.TIME, Outcome.INDETERMINATE, "time_ahead", name=name)
    if proof is not None and at > proof.at + _APART:
        told = {"name": name, "authority": proof.authority}
        return failed(Step.TIME, Outcome.INDETERMINATE, "time_contradicted", **told)
    if proof is None and case.now.astimezone(UTC) > one.valid_until:
        return failed(Step.TIME, Outcome.INDETERMINATE, "time_unproven", name=name)
    return None

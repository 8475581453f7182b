"""Reads the inputs and outputs of versions seen for the first time: one request each.

Only then, and never later: an approval covers the signature, so one learned afterwards would void
it without anything having changed at the source.
"""

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.serving import claims_by_alias, claims_by_stage
from mlops_desktop.core.work import Report
from mlops_desktop.services.sync.cleaning import fit_text
from mlops_desktop.services.sync.conversion import pairs_of, version_of
from mlops_desktop.services.sync.facts import Facts, SeenVersion
from mlops_desktop.sources.base import SignatureReader, Source, SourceFailure
from mlops_desktop.sources.observations import Evidence, FailureCode, SignatureReading

MOST = 200
"""How many are read in one sync: those that serve first, then in the source's order."""

_PASSING = frozenset({FailureCode.UNSUPPORTED, FailureCode.REJECTED, FailureCode.PROTOCOL})
"""What concerns one version alone; after any other failure no further one is asked for."""


def read_signatures(
    source: Source, facts: Facts, known: frozenset[str], report: Report
) -> list[SignatureReading]:
    """Add signatures to ``facts`` for versions not in ``known``; return the answers they stood in.

    A source that tells signatures with its versions, or not at all, is asked for nothing. Raises
    ``sync.cancelled``.
    """
    if not isinstance(source, SignatureReader):
        return []
    wanted = [item for item in facts.versions.values() if _is_wanted(facts, item, known)]
    serving = _serving(facts)
    wanted.sort(key=lambda item: (item.model_native_id, item.fact.version) not in serving)
    answers: list[SignatureReading] = []
    for number, item in enumerate(wanted[:MOST]):
        report("sync.reading_signatures", number, min(len(wanted), MOST))
        answer = _read(source, item)
        if answer is None:
            break
        answers.append(answer)
        if answer.signature:
            facts.signatures[item.native_id] = fit_text(answer.signature)
        if answer.frameworks:
            facts.frameworks[item.native_id] = pairs_of(answer.frameworks)
    return [answer for answer in answers if answer.raw]


def _is_wanted(facts: Facts, item: SeenVersion, known: frozenset[str]) -> bool:
    run = facts.runs.get(item.fact.run_id or "")
    told = item.fact.signature or (run.signature if run else None)
    return not told and item.native_id not in known


def _serving(facts: Facts) -> set[tuple[str, str]]:
    versions = facts.versions.values()
    staged = {
        (item.model_native_id, item.fact.version)
        for item in versions
        if claims_by_stage((version_of(item.fact, None, None),))
    }
    return staged | {
        (native_id, claim.version)
        for native_id, seen in facts.entries.items()
        for claim in claims_by_alias(seen.entry)
    }


def _read(source: SignatureReader, item: SeenVersion) -> SignatureReading | None:
    """Return the answer, an empty one where there is nothing to read, None to ask no further."""
    try:
        return source.read_signature(item.fact)
    except SourceFailure as error:
        code = error.failure.code
        if code is FailureCode.CANCELLED:
            raise AppError("sync.cancelled", recovery=Recovery.RETRY) from None
        nothing = Evidence("", clock.now(), "")
        return SignatureReading(nothing, b"") if code in _PASSING else None

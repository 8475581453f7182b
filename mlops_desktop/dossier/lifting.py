"""Lifts a dossier to a higher level later; what was signed before stays as it is, byte for byte.

A document time stamp over the whole file stands in for the time stamps its signatures lack, with
the chains and revocation data to check them by in the same revision (EN 319 142-1, 5.5): nothing is
left uncovered, so that B-LT and B-LTA are reached together. Lifting again renews the chain.
"""

from collections.abc import Iterator

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.signature_levels import Level
from mlops_desktop.dossier import reading
from mlops_desktop.dossier.levels import Means
from mlops_desktop.dossier.quiet import silence_libraries
from mlops_desktop.dossier.reading import Opened
from mlops_desktop.dossier.signing import stamp_chain, stamp_document, with_lists_for
from mlops_desktop.dossier.trust import Chain
from mlops_desktop.dossier.verdict import Signature

_PROVIDED = frozenset({Level.LT.baseline, Level.LTA.baseline})
_FAULTS = (PdfError, SigningError, ValueError, KeyError)


def lift(pdf: bytes, means: Means, known: tuple[Signature, ...]) -> bytes:
    """Return ``pdf`` with a document time stamp more; ``known`` are its signatures as verified.

    Signatures that have no revocation data inside are given them. Raises AppError
    ``certificate.revoked`` and ``certificate.expired`` for a signer who cannot be vouched for any
    more, ``revocation.…``, ``timestamp.…``, ``trust_service.…``, ``extend.refused``.
    """
    silence_libraries()
    try:
        if not means.level.reaches(Level.LT):
            return stamp_document(pdf, means)
        chains = list(_chains(reading.open_pdf(pdf), known))
        stamper = means.stamper
        assert stamper is not None
        means = with_lists_for(means, chains, stamper)
        judge = means.trust.open(means.at, is_complete=True)
        paths = [judge.find_path(*chain) for chain in chains]
        return stamp_document(pdf, means, paths, judge, stamper)
    except _FAULTS as fault:
        raise AppError("extend.refused", detail=str(fault)[:200]) from None


def _chains(opened: Opened, known: tuple[Signature, ...]) -> Iterator[Chain]:
    """Yield the chains that are not provided for yet: of signers, and of the last time stamps."""
    for embedded, shown in zip(opened.signatures, known, strict=True):
        if shown.level in _PROVIDED:
            continue
        yield embedded.signer_cert, list(embedded.other_embedded_certs), frozenset()
        for data in extract_tst_data_iter(embedded.signer_info, signed=False):
            yield stamp_chain(data)
    if opened.stamps:
        yield stamp_chain(opened.stamps[-1].signed_data)

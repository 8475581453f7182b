"""Counter-signatures: approving PAdES signatures in the fields prepared before the seal.

Each covers the whole file as its signer had it, the seal and earlier signatures included; they
are given in the order of the fields, so that each signer sees who signed before.
"""

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.general import SigningError

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.signature_levels import Level
from mlops_desktop.core.wording import Words
from mlops_desktop.dossier.fields import field_of
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.levels import Means
from mlops_desktop.dossier.quiet import silence_libraries
from mlops_desktop.dossier.signing import describe, require_own_key, sign
from mlops_desktop.dossier.stamp import Statement, draw_stamp
from mlops_desktop.outside.credentials import Credential


def countersign(
    pdf: bytes,
    place: int,
    credential: Credential,
    statement: Statement,
    words: Words,
    means: Means | None = None,
) -> bytes:
    """Return ``pdf`` with one signature more, in the prepared field number ``place`` (from 1).

    Raises AppError ``certificate.…``, ``seal.key_mismatch``, and ``countersign.refused`` for a
    file without that field or with a signature in it. Above B-B also as
    :func:`~mlops_desktop.dossier.signing.sign`.
    """
    silence_libraries()
    level = means.level if means is not None else Level.B
    require_own_key(credential, statement.at)
    stamp = draw_stamp(statement, credential.certificate, Language(words), "countersign", level)
    metadata = describe(statement, field_of(place), certify=False)
    try:
        return sign(pdf, metadata, credential, stamp, statement.at, means)
    except (PdfError, SigningError, ValueError, KeyError) as fault:
        raise AppError("countersign.refused", detail=str(fault)[:200]) from None

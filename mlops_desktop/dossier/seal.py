"""The seal: a certifying PAdES signature over the whole dossier; B-B needs no network.

It allows later signatures in prepared fields (DocMDP P=2) and nothing else.
"""

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.general import SigningError

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.signature_levels import Level
from mlops_desktop.core.wording import Words
from mlops_desktop.dossier.fields import SEAL
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.levels import Means
from mlops_desktop.dossier.quiet import silence_libraries
from mlops_desktop.dossier.signing import describe, require_own_key, sign
from mlops_desktop.dossier.stamp import Statement, draw_stamp
from mlops_desktop.outside.credentials import Credential


def seal(
    pdf: bytes,
    credential: Credential,
    statement: Statement,
    words: Words,
    means: Means | None = None,
) -> bytes:
    """Return ``pdf`` with the seal of ``credential`` on its cover, at the level of ``means``.

    Raises AppError ``certificate.…`` or ``public_key.…`` for a certificate that may not sign at
    the stated time, ``seal.key_mismatch`` for another key than the certificate's, and
    ``seal.refused`` for a file that cannot be sealed (not a dossier's PDF, or sealed already).
    Above B-B also as :func:`~mlops_desktop.dossier.signing.sign`.
    """
    silence_libraries()
    level = means.level if means is not None else Level.B
    require_own_key(credential, statement.at)
    stamp = draw_stamp(statement, credential.certificate, Language(words), "seal", level)
    metadata = describe(statement, SEAL, certify=True)
    try:
        return sign(pdf, metadata, credential, stamp, statement.at, means)
    except (PdfError, SigningError, ValueError, KeyError) as fault:
        raise AppError("seal.refused", detail=str(fault)[:200]) from None

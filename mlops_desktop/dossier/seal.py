"""The seal: a certifying PAdES B-B signature over the whole dossier, made without a network.

It allows later signatures in prepared fields (DocMDP P=2) and nothing else.
"""

from io import BytesIO

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.general import SigningError

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.wording import Words
from mlops_desktop.dossier.fields import SEAL
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.quiet import silence_libraries
from mlops_desktop.dossier.signing import (
    DossierSigner,
    SignatureWriter,
    describe,
    require_own_key,
)
from mlops_desktop.dossier.stamp import Statement, draw_stamp
from mlops_desktop.outside.credentials import Credential


def seal(pdf: bytes, credential: Credential, statement: Statement, words: Words) -> bytes:
    """Return ``pdf`` with the seal of ``credential`` on its cover.

    Raises AppError ``certificate.…`` or ``public_key.…`` for a certificate that may not sign at
    the stated time, ``seal.key_mismatch`` for another key than the certificate's, and
    ``seal.refused`` for a file that cannot be sealed (not a dossier's PDF, or sealed already).
    """
    silence_libraries()
    require_own_key(credential, statement.at)
    stamp = draw_stamp(statement, credential.certificate, Language(words), "seal")
    metadata = describe(statement, SEAL, certify=True)
    signer = DossierSigner(metadata, credential, stamp, statement.at)
    try:
        sealed: BytesIO = signer.sign_pdf(SignatureWriter(BytesIO(pdf)), existing_fields_only=True)
    except (PdfError, SigningError, ValueError, KeyError) as fault:
        raise AppError("seal.refused", detail=str(fault)[:200]) from None
    return sealed.getvalue()

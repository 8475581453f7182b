"""What a level above B-B takes, and how a signature is made at one."""

from dataclasses import dataclass, replace
from datetime import datetime

from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate
from pyhanko.sign.signers import PdfSignatureMetadata
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.signature_levels import Level
from mlops_desktop.dossier.timestamping import Authority, Stamper
from mlops_desktop.dossier.trust import Root, Trust, common_name
from mlops_desktop.outside.credentials import Credential

_DSS = DSSContentSettings(
    # Validation data stand in the revision that the signature covers: nothing is left uncovered.
    placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE,
    include_vri=False,
)


@dataclass(frozen=True, slots=True)
class Means:
    """The level wanted, and what it is reached by: an authority from B-T on, trust always."""

    level: Level
    at: datetime
    trust: Trust
    authority: Authority | None = None

    @property
    def stamper(self) -> Stamper | None:
        """What gets the time stamps of one operation; None below B-T."""
        wanted = self.authority if self.level.reaches(Level.T) else None
        return Stamper(wanted) if wanted is not None else None


def with_own_root(trust: Trust, credential: Credential) -> Trust:
    """Return ``trust`` with the root that the signer's own chain ends in, if it holds one."""
    above = (credential.certificate, *credential.chain)
    own = [as_asn1(one) for one in above if one.subject == one.issuer]
    known = {root.dump() for root in trust.roots}
    more = tuple(root for root in own if root.dump() not in known)
    return replace(trust, roots=(*trust.roots, *more))


def check_signer(means: Means, credential: Credential) -> None:
    """Refuse a signer whose chain does not hold or, as far as is known, is revoked.

    From B-LT on everything must be known. Raises as :meth:`Judge.find_path`.
    """
    trust = with_own_root(means.trust, credential)
    own, above = as_asn1(credential.certificate), [as_asn1(one) for one in credential.chain]
    if means.level.reaches(Level.LT):
        trust.open(means.at, is_complete=True).find_path(own, above)
        return
    trust.open(means.at, is_complete=False).find_path(own, above)
    if trust.open(means.at, is_complete=True).knows_revoked(own, above):
        raise AppError("certificate.revoked", name=common_name(own), on="–")


def at_level(
    metadata: PdfSignatureMetadata, means: Means, credential: Credential
) -> PdfSignatureMetadata:
    """Return how a signature is made so that it reaches the level."""
    if not means.level.reaches(Level.LT):
        return metadata
    judge = with_own_root(means.trust, credential).open(means.at, is_complete=True)
    return replace(
        metadata,
        embed_validation_info=True,
        validation_context=judge.context,
        signer_key_usage=set(),  # checked before, and either usage will do
        dss_settings=_DSS,
    )


def as_asn1(certificate: Certificate) -> Root:
    """Return a certificate as pyHanko knows it."""
    return x509.Certificate.load(certificate.public_bytes(Encoding.DER))

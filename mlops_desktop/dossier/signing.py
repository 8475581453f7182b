"""What every signature of a dossier shares: PAdES by a key held here, seen as a stamp.

The claimed role is a signed attribute (CAdES signer-attributes-v2, id-at-role), the meaning the
signature's reason.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

from asn1crypto import cms, x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509 import Certificate
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.ades.api import CAdESSignedAttrSpec, SignerAttrSpec
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, PdfTimeStamper, Signer
from pyhanko.sign.signers.pdf_signer import PdfSigningSession, TimestampDSSContentSettings
from pyhanko.sign.timestamps.api import TimeStamper
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.registry import SimpleCertificateStore

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.signature_levels import Level
from mlops_desktop.dossier.coroutines import finish
from mlops_desktop.dossier.levels import (
    Means,
    as_asn1,
    at_level,
    check_signer,
    with_own_root,
)
from mlops_desktop.dossier.stamp import StampContent, Statement, name_of
from mlops_desktop.dossier.timestamping import Stamper
from mlops_desktop.dossier.trust import TIME_STAMPING, Chain, Judge
from mlops_desktop.outside.certificates import check_may_sign
from mlops_desktop.outside.credentials import Credential

_DIGEST = "sha256"


def require_own_key(credential: Credential, at: datetime) -> None:
    """Raise AppError where the certificate may not sign at ``at`` or belongs to another key."""
    check_may_sign(credential.certificate, at)
    if credential.private.public_key() != credential.certificate.public_key():
        raise AppError("seal.key_mismatch", name=name_of(credential.certificate))


def describe(statement: Statement, field: str, *, certify: bool) -> PdfSignatureMetadata:
    """Return how ``statement`` is signed in ``field``; a certifying one allows signing only."""
    role = cms.AttCertAttribute({"type": "role", "values": [_role(_written(statement.role))]})
    return PdfSignatureMetadata(
        field_name=field,
        md_algorithm=_DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        certify=certify,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        name=_written(statement.name),
        reason=_written(statement.meaning),
        cades_signed_attr_spec=CAdESSignedAttrSpec(
            signer_attributes=SignerAttrSpec(claimed_attrs=[role], certified_attrs=[])
        ),
    )


def _written(text: str) -> str:
    """Return text as the evidence writes it: a lone surrogate has no encoding, so by its escape."""
    return text.encode("utf-8", "backslashreplace").decode()


def _role(role: str) -> cms.RoleSyntax:
    name = x509.Name.build({"common_name": role})
    return cms.RoleSyntax({"role_name": x509.GeneralName("directory_name", name)})


def sign(
    pdf: bytes,
    metadata: PdfSignatureMetadata,
    credential: Credential,
    stamp: bytes,
    at: datetime,
    means: Means | None,
) -> bytes:
    """Return ``pdf`` with the signature, at the level of ``means``; B-B without.

    Nothing is asked of anybody before the signer's chain was checked. Raises AppError
    ``certificate.…``, ``revocation.…``, ``timestamp.…``, ``trust_service.…``, and what pyHanko
    raises for a file that cannot be signed.
    """
    stamper = means.stamper if means is not None else None
    if means is not None:
        check_signer(means, credential)
        if stamper is not None and means.level.reaches(Level.LT):
            means = _narrowed(means, credential, stamper)
        metadata = at_level(metadata, means, credential)
    signer = DossierSigner(metadata, credential, stamp, at, stamper)
    signed: BytesIO = signer.sign_pdf(SignatureWriter(BytesIO(pdf)), existing_fields_only=True)
    if means is None or means.level is not Level.LTA:
        return signed.getvalue()
    return stamp_document(signed.getvalue(), means, stamper=stamper)


def _narrowed(means: Means, credential: Credential, stamper: Stamper) -> Means:
    """Return the means with the lists needed, after the authority's chain was checked for good."""
    above = [as_asn1(one) for one in credential.chain]
    own: Chain = (as_asn1(credential.certificate), above, frozenset())
    trusted = replace(means, trust=with_own_root(means.trust, credential))
    narrowed = with_lists_for(trusted, [own], stamper)
    _check_authority(stamper, narrowed.trust.open(means.at, is_complete=True))
    return narrowed


def stamp_document(
    pdf: bytes,
    means: Means,
    paths: Iterable[ValidationPath] = (),
    judge: Judge | None = None,
    stamper: Stamper | None = None,
) -> bytes:
    """Return ``pdf`` with a document time stamp over everything, and what it is checked by.

    ``paths`` are chains that ``judge`` found, to be put inside. From B-LT on the authority's own
    chain must be complete; raises as :func:`sign`.
    """
    stamper = stamper or means.stamper
    assert stamper is not None
    if judge is None and means.level.reaches(Level.LT):
        judge = means.trust.open(means.at, is_complete=True)
    if judge is not None:
        _check_authority(stamper, judge)
    stamped: BytesIO = PdfTimeStamper(stamper).timestamp_pdf(
        SignatureWriter(BytesIO(pdf)),
        _DIGEST,
        judge.context if judge is not None else None,
        validation_paths=list(paths),
        dss_settings=TimestampDSSContentSettings(include_vri=False, update_before_ts=True),
    )
    return stamped.getvalue()


def _check_authority(stamper: Stamper, judge: Judge) -> None:
    """Refuse an authority whose chain cannot be checked for good."""
    judge.find_path(*_chain_of(stamper))


def _chain_of(stamper: Stamper) -> Chain:
    return stamp_chain(finish(stamper.async_dummy_response(_DIGEST))["content"])


def stamp_chain(data: cms.SignedData) -> Chain:
    """Return what the chain of a time stamp's authority begins with."""
    info = extract_certificate_info(data)
    return info.signer_cert, list(info.other_certs), TIME_STAMPING


def with_lists_for(means: Means, chains: Iterable[Chain], stamper: Stamper) -> Means:
    """Return the means with the lists that these chains and the authority's own need."""
    wanted = [*chains, _chain_of(stamper)]
    return replace(means, trust=means.trust.for_chains(means.at, wanted))


class SignatureWriter(IncrementalPdfFileWriter):
    """Appends a signature alone: title, dates and producer stay as the archive wrote them."""

    def _update_meta(self) -> None:
        return


class DossierSigner(PdfSigner):
    """Signs at the stated time, with the stamp in the signature's place."""

    def __init__(
        self,
        metadata: PdfSignatureMetadata,
        credential: Credential,
        stamp: bytes,
        at: datetime,
        stamper: TimeStamper | None = None,
    ) -> None:
        super().__init__(
            metadata, _KeySigner(credential), timestamper=stamper, stamp_style=_style(stamp)
        )
        self.at = at.astimezone(UTC)

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        """Return the session, at the stated time instead of the computer's."""
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at
        return session


def _style(stamp: bytes) -> StaticStampStyle:
    whole = SimpleBoxLayoutRule(
        x_align=AxisAlignment.ALIGN_MID,
        y_align=AxisAlignment.ALIGN_MID,
        margins=Margins(0, 0, 0, 0),
    )
    return StaticStampStyle(
        border_width=0,
        background=StampContent(stamp),
        background_layout=whole,
        background_opacity=1.0,
    )


class _KeySigner(Signer):
    """Signs with a key held by ``cryptography``, which is loaded and checked only once."""

    def __init__(self, credential: Credential) -> None:
        registry = SimpleCertificateStore.from_certs(  # type: ignore[no-untyped-call]
            map(as_asn1, _issuers(credential))
        )
        super().__init__(
            signing_cert=as_asn1(credential.certificate), cert_registry=registry, embed_roots=False
        )
        self._key = credential.private

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        """Return the signature over ``data``; a dry run only asks how long it would be."""
        key = self._key
        if dry_run:
            return bytes(key.key_size // 8 if isinstance(key, rsa.RSAPrivateKey) else 80)
        if isinstance(key, ec.EllipticCurvePrivateKey):
            return key.sign(data, ec.ECDSA(SHA256()))
        return key.sign(data, padding.PKCS1v15(), SHA256())


def _issuers(credential: Credential) -> Iterator[Certificate]:
    """Yield the certificates that lead towards the root, and nothing else the file held."""
    last = credential.certificate
    for issuer in credential.chain:
        if issuer.subject == last.issuer:
            yield issuer
            last = issuer

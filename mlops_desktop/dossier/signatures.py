"""Each signature of a sealed file: who, intact, covering what, trusted by whom."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias

from asn1crypto import cms, x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificates
from pyhanko.sign.diff_analysis import SuspiciousModification
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.general import NonexistentAttributeError, find_unique_cms_attribute
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleTrustManager

from mlops_desktop.dossier.verdict import Signature

Root: TypeAlias = x509.Certificate

_CADES = "/ETSI.CAdES.detached"
_USAGE = KeyUsageConstraints(
    key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
)


@dataclass(frozen=True, slots=True)
class Examined:
    """A signature and what the checks of its bytes, coverage and chain said."""

    embedded: EmbeddedPdfSignature
    status: PdfSignatureStatus
    shown: Signature

    @property
    def valid_from(self) -> datetime:
        """When the signer's certificate became valid."""
        return _utc(self.embedded.signer_cert.not_valid_before)

    @property
    def valid_until(self) -> datetime:
        """When the signer's certificate expires."""
        return _utc(self.embedded.signer_cert.not_valid_after)


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def read_roots(pem: bytes) -> list[Root]:
    """Return the trusted roots; raises ValueError for bytes without a PEM certificate."""
    found = load_pem_x509_certificates(pem)
    return [x509.Certificate.load(root.public_bytes(Encoding.DER)) for root in found]


def examine(embedded: EmbeddedPdfSignature, roots: list[Root], now: datetime) -> Examined:
    """Check one signature; every fault of the libraries is raised as it comes."""
    stated = embedded.self_reported_timestamp
    moment = stated.astimezone(UTC) if stated else now
    context = ValidationContext(
        # Never without: the default would trust the operating system's list.
        trust_manager=SimpleTrustManager.build(trust_roots=roots),
        other_certs=embedded.other_embedded_certs,
        moment=moment,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
    status = validate_pdf_signature(embedded, context, key_usage_settings=_USAGE)
    return Examined(embedded, status, _show(embedded, stated))


def is_certifying(embedded: EmbeddedPdfSignature) -> bool:
    """Tell whether the catalogue names this signature as the one that certifies."""
    root = embedded.reader.root
    if "/Perms" not in root or "/DocMDP" not in root["/Perms"]:
        return False
    named, own = root["/Perms"].raw_get("/DocMDP"), embedded.sig_field.raw_get("/V")
    return bool(named.reference == own.reference)


def is_strict(embedded: EmbeddedPdfSignature) -> bool:
    """Tell whether it forbids everything but filling in prepared fields."""
    return embedded.docmdp_level in {MDPPerm.NO_CHANGES, MDPPerm.FILL_FORMS}


def covers_file(status: PdfSignatureStatus) -> bool:
    """Tell whether not one byte stands outside."""
    return bool(status.coverage == SignatureCoverageLevel.ENTIRE_FILE)


def find_change(status: PdfSignatureStatus) -> str | None:
    """Return what was changed after the signature that it does not allow, or None."""
    if isinstance(status.diff_result, SuspiciousModification):
        return str(status.diff_result)
    if status.docmdp_ok:
        return None
    level = status.modification_level
    return level.name if level else "not examined"


def name_distrust(status: PdfSignatureStatus) -> str:
    """Return why the chain does not hold, in the words of the standard (EN 319 102-1)."""
    problem = status.trust_problem_indic
    return str(getattr(problem, "name", problem) or "no path")


def _show(embedded: EmbeddedPdfSignature, stated: datetime | None) -> Signature:
    dictionary = embedded.sig_object
    level = "B-B" if dictionary.get("/SubFilter") == _CADES else "none"
    return Signature(
        name=str(dictionary.get("/Name", "")) or common_name(embedded.signer_cert),
        role=_claimed_role(embedded.signer_info),
        meaning=str(dictionary.get("/Reason", "")),
        level=level,
        at=stated.astimezone(UTC) if stated else None,
    )


def common_name(certificate: x509.Certificate) -> str:
    """Return the common name of the certificate's subject, or its whole name."""
    native = certificate.subject.native
    return str(native.get("common_name") or certificate.subject.human_friendly)


def _claimed_role(signer: cms.SignerInfo) -> str:
    try:
        attributes = find_unique_cms_attribute(signer["signed_attrs"], "signer_attributes_v2")
    except NonexistentAttributeError:
        return ""
    for claimed in attributes["claimed_attributes"]:
        if claimed["type"].native == "role":
            name = claimed["values"][0]["role_name"].chosen
            return str(name.native.get("common_name", ""))
    return ""


def is_tight(embedded: EmbeddedPdfSignature, pdf: bytes) -> bool:
    """Tell whether the bytes that no signature covers are the signature and nothing else.

    A signature cannot cover itself: its place holds the CMS in hexadecimal and zeros. One digit
    written otherwise would go unnoticed by its digest.
    """
    _, before, after, _ = (int(edge) for edge in embedded.byte_range)
    place = pdf[before:after]
    held = embedded.pkcs7_content
    der = cms.ContentInfo.load(held).dump()
    written = der + bytes(len(held) - len(der))
    if place not in {b"<%s>" % written.hex().upper().encode(), b"<%s>" % written.hex().encode()}:
        return False
    return bool(cms.ContentInfo.load(der).copy().dump(force=True) == der) and _is_plain(embedded)


def _is_plain(embedded: EmbeddedPdfSignature) -> bool:
    """Tell whether the parts of the CMS that its signature does not cover are as expected."""
    data, signer = embedded.signed_data, embedded.signer_info
    digest = signer["digest_algorithm"].dump()
    algorithms = [algorithm.dump() for algorithm in data["digest_algorithms"]]
    return (
        data["version"].native == "v1"
        and signer["version"].native == "v1"
        and algorithms == [digest]
        and not data["crls"].native
        and not signer["unsigned_attrs"].native
        and signer["sid"].chosen["issuer"].dump() == embedded.signer_cert.issuer.dump()
    )


def has_strays(one: Examined) -> bool:
    """Tell whether the signature holds a certificate that is not on the trusted path.

    Nothing signs the set of certificates: what is not on the path may have been put there.
    """
    path = one.status.validation_path
    if path is None:
        return False
    known = {certificate.dump() for certificate in path.iter_certs(include_root=True)}
    return any(other.dump() not in known for other in one.embedded.other_embedded_certs)

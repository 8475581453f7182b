"""Each signature of a sealed file: who, intact, covering what, trusted by whom."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from asn1crypto import cms, x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificates
from pyhanko.sign.diff_analysis import DiffPolicy, SuspiciousModification
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.general import (
    NonexistentAttributeError,
    extract_certificate_info,
    find_unique_cms_attribute,
)
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import (
    PdfSignatureStatus,
    SignatureCoverageLevel,
    TimestampSignatureStatus,
)
from pyhanko_certvalidator.path import ValidationPath

from mlops_desktop.core.signature_levels import Level
from mlops_desktop.dossier.der import is_der
from mlops_desktop.dossier.time_proofs import Proofs, Stamp, context_of
from mlops_desktop.dossier.trust import Root, common_name
from mlops_desktop.dossier.verdict import Signature

_NONE = "none"
_OBJECT = re.compile(r"(?:Reference|IndirectObject)\((?:idnum=)?(\d+)[^)]*\)")
_WORD = re.compile(r"\w+")
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
    tokens: tuple[Stamp, ...] = ()
    proof: Stamp | None = None
    """The earliest trusted time stamp over it."""
    is_revoked: bool = False
    """Whether the data inside say that its chain was revoked by then."""

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


def examine(embedded: EmbeddedPdfSignature, proofs: Proofs, policy: DiffPolicy) -> Examined:
    """Check one signature; every fault of the libraries is raised as it comes.

    Its chain is judged as of the earliest time that a trusted stamp proves, else as of the time
    that the signer states.
    """
    stated = embedded.self_reported_timestamp
    tokens = tuple(proofs.tokens(embedded))
    trusted = [one for one in (*tokens, *proofs.after(embedded)) if one.is_trusted]
    proof = min(trusted, key=lambda one: one.at, default=None)
    moment = proof.at if proof else stated.astimezone(UTC) if stated else proofs.now
    context = context_of(proofs, moment)
    context.certificate_registry.register_multiple(embedded.other_embedded_certs)
    # Time stamps inside are judged apart, as of their own time.
    stamps = context_of(proofs, moment)
    status = validate_pdf_signature(
        embedded, context, stamps, diff_policy=policy, key_usage_settings=_USAGE
    )
    shown = _show(embedded, stated, proof)
    if status.trusted and shown.level != _NONE:
        level = proofs.reach(embedded, proof).baseline
        shown = replace(shown, level=level, eidas=_eidas(embedded.signer_cert))
    gone = status.revoked or proofs.knows_revoked(embedded, moment)
    return Examined(embedded, status, shown, tokens, proof, bool(gone))


_STATEMENTS = "1.3.6.1.5.5.7.1.3"
_COMPLIANCE = bytes.fromhex("060604008e460101")
"""QcCompliance, 0.4.0.1862.1.1, as it stands in the statements (EN 319 412-5, 4.2.1)."""


def _eidas(certificate: x509.Certificate) -> str:
    """Return what the certificate states of itself; whether it may is not known here."""
    for extension in certificate["tbs_certificate"]["extensions"]:
        if extension["extn_id"].dotted == _STATEMENTS:
            is_stated = _COMPLIANCE in extension["extn_value"].contents
            return "qualified_stated" if is_stated else "advanced"
    return "advanced"


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


def covers_file(status: PdfSignatureStatus | TimestampSignatureStatus) -> bool:
    """Tell whether not one byte stands outside."""
    return bool(getattr(status, "coverage", None) == SignatureCoverageLevel.ENTIRE_FILE)


def find_change(status: PdfSignatureStatus) -> str | None:
    """Return what was changed after the signature that it does not allow, or None."""
    if isinstance(status.diff_result, SuspiciousModification):
        return _plainly(str(status.diff_result))
    if status.docmdp_ok:
        return None
    level = status.modification_level
    return level.name if level else "not examined"


def _plainly(told: str) -> str:
    """Return the first line of the analysis with objects as numbers instead of Python's form."""
    first = _OBJECT.sub(r"\1", told.partition("\n")[0])
    return first.replace("{", "").replace("}", "")


def is_named(one: Examined) -> bool:
    """Tell whether the name shown is the certificate's, whatever titles one of them leaves out."""
    names = certified_name(one), one.shown.name
    words, shown = (set(_WORD.findall(name.casefold())) for name in names)
    return bool(shown) and (words <= shown or shown <= words)


def certified_name(one: Examined) -> str:
    """Return the name that the signer's certificate certifies."""
    return common_name(one.embedded.signer_cert)


def name_distrust(status: PdfSignatureStatus) -> str:
    """Return why the chain does not hold, in the words of the standard (EN 319 102-1)."""
    problem = status.trust_problem_indic
    return str(getattr(problem, "name", problem) or "no path")


def _show(
    embedded: EmbeddedPdfSignature, stated: datetime | None, proof: Stamp | None
) -> Signature:
    dictionary = embedded.sig_object
    level = Level.B.baseline if dictionary.get("/SubFilter") == _CADES else _NONE
    return Signature(
        name=str(dictionary.get("/Name", "")) or common_name(embedded.signer_cert),
        role=_claimed_role(embedded.signer_info),
        meaning=str(dictionary.get("/Reason", "")),
        level=level,
        at=stated.astimezone(UTC) if stated else None,
        proven_at=proof.at if proof else None,
        authority=proof.authority if proof else "",
    )


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
    if not is_der(der):
        return False
    if embedded.sig_object_type == "/DocTimeStamp":
        return _is_plain(embedded.signed_data, "v3")
    tokens = list(embedded.signer_info["unsigned_attrs"] or ())
    return _is_plain(embedded.signed_data, "v1") and all(map(_is_plain_token, tokens))


def _is_plain_token(attribute: cms.CMSAttribute) -> bool:
    """Tell whether an attribute that nothing signs is one time stamp, plain itself."""
    values = attribute["values"]
    return (
        attribute["type"].native == "signature_time_stamp_token"
        and len(values) == 1
        and values[0]["content_type"].native == "signed_data"
        and not values[0]["content"]["signer_infos"][0]["unsigned_attrs"].native
        and _is_plain(values[0]["content"], "v3")
    )


def _is_plain(data: cms.SignedData, version: str) -> bool:
    """Tell whether the parts of the CMS that its signature does not cover are as expected."""
    signers = data["signer_infos"]
    signer, certificates = signers[0], [one.chosen for one in data["certificates"]]
    digest = signer["digest_algorithm"].dump()
    algorithms = [algorithm.dump() for algorithm in data["digest_algorithms"]]
    issuers = {one.issuer.dump() for one in certificates}
    return (
        len(signers) == 1
        and len(signer["unsigned_attrs"] or ()) <= (version == "v1")
        and data["version"].native == version
        and signer["version"].native == "v1"
        and algorithms == [digest]
        and not data["crls"].native
        and signer["sid"].chosen["issuer"].dump() in issuers
    )


def has_strays(one: Examined) -> bool:
    """Tell whether the signature holds a certificate that is not on the trusted path.

    Nothing signs the set of certificates: what is not on the path may have been put there.
    """
    return _has_strays(one.status.validation_path, one.embedded.other_embedded_certs) or any(
        map(has_stamp_strays, one.tokens)
    )


def has_stamp_strays(stamp: Stamp) -> bool:
    """Tell the same of a time stamp."""
    others = extract_certificate_info(stamp.data).other_certs
    return _has_strays(stamp.status.validation_path, others)


def _has_strays(path: ValidationPath | None, others: Iterable[x509.Certificate]) -> bool:
    if path is None:
        return False
    known = {certificate.dump() for certificate in path.iter_certs(include_root=True)}
    return any(other.dump() not in known for other in others)

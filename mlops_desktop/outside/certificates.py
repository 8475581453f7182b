"""Certificates that are issued here: the workspace's authority and its persons (RFC 5280)."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import TypeAlias

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from mlops_desktop.core.errors import AppError
from mlops_desktop.outside.credentials import Credential, PrivateKey
from mlops_desktop.outside.public_keys import MIN_RSA_BITS, check_public_key

PublicKey: TypeAlias = rsa.RSAPublicKey | ec.EllipticCurvePublicKey
AUTHORITY_YEARS = 10
PERSON_YEARS = 3
_UNREADABLE = (
    ValueError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)
_YEAR = timedelta(days=365, hours=6)
_MAX_NAME = 64  # RFC 5280 appendix A, ub-common-name
_DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336
_NO_USAGE = dict.fromkeys(
    (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
        "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    ),
    False,
)  # fmt: skip


def new_rsa_key() -> rsa.RSAPrivateKey:
    """Return a new RSA key of 3072 bits; takes about half a second."""
    return rsa.generate_private_key(public_exponent=65537, key_size=MIN_RSA_BITS)


def new_p256_key() -> ec.EllipticCurvePrivateKey:
    """Return a new P-256 key; a seal by it forces PDF 2.0 onto a PDF/A-3 dossier."""
    return ec.generate_private_key(ec.SECP256R1())


def create_authority(name: str, at: datetime, key: PrivateKey | None = None) -> Credential:
    """Return a self-signed authority named ``name``, valid for ten years from ``at``.

    ``key`` is made (RSA-3072) unless it is given. Raises AppError ``certificate.name_refused`` or
    ``public_key.…``.
    """
    private = key or new_rsa_key()
    public = private.public_key()
    check_public_key(public)
    subject = x509.Name([_common_name(name)])
    own_id = x509.SubjectKeyIdentifier.from_public_key(public)
    builder = _builder(subject, subject, public, at, at + AUTHORITY_YEARS * _YEAR)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = _with_usage(builder, "key_cert_sign", "crl_sign").add_extension(
        own_id, critical=False
    )
    issuer_id = x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(own_id)
    builder = builder.add_extension(issuer_id, critical=False)
    return Credential(private, builder.sign(private, SHA256()), ())


def issue_person(
    authority: Credential, name: str, person: str, at: datetime, key: PrivateKey | None = None
) -> Credential:
    """Return a person's key with a certificate by ``authority``; as :func:`certify_key`.

    ``key`` is made (RSA-3072) unless it is given.
    """
    private = key or new_rsa_key()
    made = certify_key(authority, name, person, at, private.public_key())
    return Credential(private, made, (authority.certificate, *authority.chain))


def certify_key(
    authority: Credential, name: str, person: str, at: datetime, public: PublicKey
) -> x509.Certificate:
    """Return a certificate by ``authority`` for a person's public key, valid for three years.

    ``name`` is the printed name (CN), ``person`` the person's id (serialNumber). The certificate
    is for signing decisions and documents alone (digitalSignature, nonRepudiation; RFC 9336). It
    does not outlive the authority's. Raises AppError ``certificate.name_refused`` or
    ``public_key.…``.
    """
    issuer = authority.certificate
    check_public_key(public)
    subject = x509.Name(
        [_common_name(name), x509.NameAttribute(NameOID.SERIAL_NUMBER, _checked(person))]
    )
    end = min(at + PERSON_YEARS * _YEAR, issuer.not_valid_after_utc)
    builder = _builder(subject, issuer.subject, public, at, end)
    builder = builder.add_extension(
        x509.BasicConstraints(ca=False, path_length=None), critical=True
    )
    builder = _with_usage(builder, "digital_signature", "content_commitment")
    return _with_identifiers(builder, public, issuer).sign(authority.private, SHA256())


def fingerprint(certificate: x509.Certificate) -> str:
    """Return the SHA-256 of the certificate's DER form, in hexadecimal."""
    return sha256(certificate.public_bytes(Encoding.DER)).hexdigest()


def to_pem(certificate: x509.Certificate) -> str:
    """Return the certificate in PEM form, as events hold it."""
    return certificate.public_bytes(Encoding.PEM).decode("ascii")


def read_certificate(encoded: bytes | str) -> x509.Certificate:
    """Read a certificate in PEM or DER form; raises AppError ``certificate.unreadable``."""
    data = encoded.encode() if isinstance(encoded, str) else encoded
    is_pem = data.lstrip().startswith(b"-----")
    read = x509.load_pem_x509_certificate if is_pem else x509.load_der_x509_certificate
    try:
        certificate = read(data)
        # Both are parsed when asked for: later, a damaged one would be nobody's error.
        certificate.public_key(), certificate.extensions
    except _UNREADABLE:
        raise AppError("certificate.unreadable") from None
    return certificate


def check_may_sign(certificate: x509.Certificate, at: datetime) -> None:
    """Raise AppError unless the certificate is one for signatures, valid at ``at``.

    ``certificate.expired``, ``certificate.not_yet_valid``, ``certificate.unfit``,
    ``public_key.…``.
    """
    if at > certificate.not_valid_after_utc:
        raise AppError("certificate.expired", on=_day(certificate.not_valid_after_utc))
    if at < certificate.not_valid_before_utc:
        raise AppError("certificate.not_yet_valid", on=_day(certificate.not_valid_before_utc))
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        usage = None
    if usage and not (usage.digital_signature or usage.content_commitment):
        raise AppError("certificate.unfit")
    check_public_key(certificate.public_key())


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    public: PublicKey,
    start: datetime,
    end: datetime,
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer)
    builder = builder.public_key(public).serial_number(x509.random_serial_number())
    return builder.not_valid_before(start).not_valid_after(end)


def _with_usage(builder: x509.CertificateBuilder, *usages: str) -> x509.CertificateBuilder:
    usage = x509.KeyUsage(**{**_NO_USAGE, **dict.fromkeys(usages, True)})
    return builder.add_extension(usage, critical=True)


def _with_identifiers(
    builder: x509.CertificateBuilder, public: PublicKey, issuer: x509.Certificate
) -> x509.CertificateBuilder:
    # NSS, and with it poppler's pdfsig, trusts a signer only for e-mail.
    purposes = x509.ExtendedKeyUsage([_DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION])
    own_id = x509.SubjectKeyIdentifier.from_public_key(public)
    issuer_id = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    authority_id = x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(issuer_id)
    builder = builder.add_extension(purposes, critical=False)
    builder = builder.add_extension(own_id, critical=False)
    return builder.add_extension(authority_id, critical=False)


def _common_name(name: str) -> x509.NameAttribute[str]:
    return x509.NameAttribute(NameOID.COMMON_NAME, _checked(name))


def _checked(name: str) -> str:
    if not name.strip() or len(name) > _MAX_NAME or not name.isprintable():
        raise AppError("certificate.name_refused", name=ascii(name), most=_MAX_NAME)
    return name


def _day(moment: datetime) -> str:
    return moment.date().isoformat()

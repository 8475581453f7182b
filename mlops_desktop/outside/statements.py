"""Signed statements that other programs check: CMS signed data (RFC 5652) around any bytes."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from mlops_desktop.outside.credentials import Credential

_OPTIONS = (pkcs7.PKCS7Options.Binary, pkcs7.PKCS7Options.NoCapabilities)


def sign_statement(content: bytes, credential: Credential) -> bytes:
    """Return ``content`` with the signature and certificate of ``credential``, as PEM.

    `openssl cms -verify -inform PEM` checks it and gives the bytes back.
    """
    builder = pkcs7.PKCS7SignatureBuilder().set_data(content)
    builder = builder.add_signer(credential.certificate, credential.private, SHA256())
    return builder.sign(Encoding.PEM, list(_OPTIONS))

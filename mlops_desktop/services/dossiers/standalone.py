"""The verifier for people who do not install the program: one file, published with it."""

from dataclasses import dataclass
from hashlib import sha256

from mlops_desktop.dossier.standalone import read


@dataclass(frozen=True, slots=True)
class Verifier:
    """Its text, and the SHA-256 that dossiers of this release print."""

    text: str
    digest: str


def read_verifier() -> Verifier:
    """Return the verifier of this release."""
    data = read()
    return Verifier(data.decode("utf-8"), sha256(data).hexdigest())

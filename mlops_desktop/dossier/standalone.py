"""The stand-alone verifier that every dossier names with its digest."""

from mlops_desktop import paths

NAME = "verify_dossier.py"


def read() -> bytes:
    """Return the bytes of the verifier of this release."""
    return paths.resource(NAME).read_bytes()

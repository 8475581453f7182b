"""Base64 that has one form only: what does not come back the same is refused."""

from base64 import b64decode, b64encode


def to_base64(value: bytes) -> str:
    """Return standard base64 with padding (RFC 4648 section 4)."""
    return b64encode(value).decode("ascii")


def from_base64(text: str) -> bytes:
    """Read standard base64; raises ValueError for any other form of the same bytes.

    Python's own strict mode still accepts stray trailing bits, so the text is written again.
    """
    value = b64decode(text.encode("ascii"), validate=True)
    if to_base64(value) != text:
        raise ValueError("base64 with stray bits")
    return value

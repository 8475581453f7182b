"""Identifiers and salts from the operating system's random source."""

import secrets

import uuid_utils


def new_id() -> str:
    """Return a new UUIDv7 (RFC 9562): unique everywhere, ordered by time of making."""
    return str(uuid_utils.uuid7())


def new_salt() -> bytes:
    """Return 16 random bytes for a commitment."""
    return secrets.token_bytes(16)

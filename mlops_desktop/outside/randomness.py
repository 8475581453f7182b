"""Identifiers and salts from the operating system's random source."""

import secrets

import uuid_utils


def new_id() -> str:
    """Return a new UUIDv7 (RFC 9562): unique everywhere, ordered by time of making."""
    return str(uuid_utils.uuid7())


_VERSION = 14  # where a UUID says its version


def new_travelling_id() -> str:
    """Return a new id (UUIDv8) of a file that is opened by its passphrase alone."""
    id = new_id()
    return id[:_VERSION] + "8" + id[_VERSION + 1 :]


def is_travelling(id: str) -> bool:
    """Tell whether a file of this id is opened by its passphrase alone."""
    return id[_VERSION : _VERSION + 1] == "8"


def new_salt() -> bytes:
    """Return 16 random bytes for a commitment."""
    return secrets.token_bytes(16)

"""The Ed25519 key of this profile that signs a workspace's heads, encrypted in the user's home."""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mlops_desktop import paths
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.outside import cipher, private_files

_PURPOSE = "device-key"


def create_device_key(workspace: str, workspace_key: bytes) -> Ed25519PrivateKey:
    """Make and keep this profile's device key for ``workspace``, under its 32-byte key.

    Raises AppError ``device_key.exists``: a key that has signed is never overwritten.
    """
    private = Ed25519PrivateKey.generate()
    keep_device_key(workspace, workspace_key, private)
    return private


def keep_device_key(workspace: str, workspace_key: bytes, private: Ed25519PrivateKey) -> None:
    """Keep a device key that signs for ``workspace`` too; raises ``device_key.exists``."""
    key = cipher.derive_key(workspace_key, _PURPOSE)
    sealed = cipher.seal(private.private_bytes_raw(), key, _label(workspace))
    if not private_files.create(_path(workspace), sealed):
        raise AppError("device_key.exists")


def load_device_key(workspace: str, workspace_key: bytes) -> Ed25519PrivateKey:
    """Return this profile's device key for ``workspace``.

    Raises AppError ``device_key.missing``, or ``cipher.…`` when file and key do not belong
    together.
    """
    sealed = private_files.read(_path(workspace))
    if sealed is None:
        raise AppError("device_key.missing", recovery=Recovery.CONFIGURATION)
    key = cipher.derive_key(workspace_key, _PURPOSE)
    return Ed25519PrivateKey.from_private_bytes(cipher.unseal(sealed, key, _label(workspace)))


def forget_device_key(workspace: str) -> None:
    """Remove a device key that the workspace did not take in, so that it can be tried again."""
    private_files.remove(_path(workspace))


def desk_key(device: Ed25519PrivateKey) -> bytes:
    """Return the key under which this profile keeps what belongs to the device's workspace."""
    return cipher.derive_key(device.private_bytes_raw(), "desk")


def has_device_key(workspace: str) -> bool:
    """Tell whether this profile has a device key for ``workspace``."""
    return _path(workspace).exists()


def _label(workspace: str) -> str:
    return f"{_PURPOSE}/{workspace}"


def _path(workspace: str) -> Path:
    return paths.home() / "devices" / private_files.file_name(workspace, ".key")

"""The demo's own folder of keys, so that the user's keyring and home are never touched."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mlops_desktop.outside import cipher, private_files, workspace_key

HOME = "home"
KEY_FILE = "workspace-key.txt"
_HOME_VARIABLE = "MLOPS_DESKTOP_HOME"
_NO_KEYRING = ("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


def environment(folder: Path) -> dict[str, str]:
    """Return the variables under which a program opens the sample workspace of ``folder``."""
    key = private_files.read(folder / KEY_FILE) or b""
    return {
        _HOME_VARIABLE: str(folder / HOME),
        workspace_key.VARIABLE: key.decode("ascii").strip(),
    }


@contextmanager
def surroundings(folder: Path) -> Iterator[None]:
    """Let everything inside use the keys and the home of the sample workspace of ``folder``.

    The throw-away workspace key is made on first use; before and after are as they were.
    """
    folder = folder.resolve()
    if not (folder / KEY_FILE).exists():
        private_files.write(folder / KEY_FILE, cipher.new_key().hex().encode("ascii") + b"\n")
    wanted = environment(folder) | dict([_NO_KEYRING])
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value

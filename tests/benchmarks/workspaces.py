"""Workspaces that benchmarks measure on: real ones, encrypted, in a folder of their own."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mlops_desktop.outside.workspace_key import VARIABLE
from mlops_desktop.services import workspaces
from mlops_desktop.services.session import Session
from mlops_desktop.services.workspaces import NewWorkspace


@contextmanager
def own_folder() -> Iterator[Path]:
    """Give a folder that is the person's home meanwhile, and remove it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="mlops-bench-"))
    kept = {name: os.environ.get(name) for name in ("MLOPS_DESKTOP_HOME", VARIABLE)}
    os.environ["MLOPS_DESKTOP_HOME"] = str(folder / "home")
    os.environ[VARIABLE] = secrets.token_hex(32)
    try:
        yield folder
    finally:
        for name, value in kept.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
        shutil.rmtree(folder, ignore_errors=True)


def found_bank(place: Path) -> Session:
    """Create a workspace with its first person."""
    wanted = NewWorkspace(str(place), "Elbmark Bank AG", "Dr. Katrin Feddersen", "elbe-und-alster")
    return workspaces.create_workspace(wanted)

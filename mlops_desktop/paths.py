"""The only finder of resources, schemas and the user's folders: checkout, wheel, frozen bundle."""

import os
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import platformdirs

_APP = "mlops-desktop"


@cache
def _root() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen)
    package = Path(__file__).resolve().parent
    # A wheel carries the two folders inside the package, a checkout beside it.
    return package if (package / "resources").is_dir() else package.parent


def resource(*parts: str) -> Path:
    """Return the path of a file or folder below ``resources/``; it may not exist."""
    return _root().joinpath("resources", *parts)


def schema(name: str) -> Path:
    """Return the path of a file below ``schemas/``; it may not exist."""
    return _root() / "schemas" / name


def matplotlib_font(name: str) -> Path:
    """Return the path of a font that matplotlib brings along; it may not exist.

    Found without importing matplotlib, which would take a second.
    """
    spec = find_spec("matplotlib")
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0], "mpl-data", "fonts", "ttf", name)


def home() -> Path:
    """Return the folder of configuration, keys and last-seen heads, made private on first use.

    ``MLOPS_DESKTOP_HOME`` moves it; otherwise it is the platform's place for user data.
    """
    named = os.environ.get("MLOPS_DESKTOP_HOME")
    folder = Path(named) if named else Path(platformdirs.user_data_dir(_APP, appauthor=False))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder

"""No test reads or writes the user's own files, keyring, proxies or display."""

import atexit
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache"
_OURS = ("MLOPS_DESKTOP_HOME", "MLOPS_DESKTOP_WORKSPACE_KEY")
_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


def _private_runtime_folder() -> str:
    folder = tempfile.mkdtemp(prefix="mlops-run-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _prepare_process() -> None:
    """Set what libraries read once, at import."""
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    os.environ["MPLCONFIGDIR"] = str(CACHE / "matplotlib")
    os.environ.setdefault("MPLBACKEND", "agg")
    if sys.platform == "linux":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        if not Path(os.environ.get("XDG_RUNTIME_DIR", "/missing")).is_dir():
            os.environ["XDG_RUNTIME_DIR"] = _private_runtime_folder()
    for name in [*_PROXIES, *(name.upper() for name in _PROXIES), *_OURS]:
        os.environ.pop(name, None)


_prepare_process()


def _said() -> dict[str, str | None]:
    return {name: os.environ.get(name) for name in _OURS}


def _say_again(before: dict[str, str | None]) -> None:
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


@pytest.fixture(autouse=True)
def _no_variable_is_left() -> Iterator[None]:
    """A key left in the environment would open for the next test what must stay shut."""
    before = _said()
    yield
    left = sorted(name for name, value in _said().items() if value != before[name])
    _say_again(before)
    if left:
        pytest.fail(f"variables left changed: {', '.join(left)}", pytrace=False)


@pytest.fixture(autouse=True)
def home(_no_variable_is_left: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of configuration, keys and last-seen heads: a new one for each test."""
    folder = tmp_path / "home"
    monkeypatch.setenv("MLOPS_DESKTOP_HOME", str(folder))
    return folder

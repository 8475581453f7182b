"""A stand-in for Amazon's services: moto's server, in an environment of its own."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.canaries import canary
from tests.support.mlflow import free_port
from tests.support.surroundings import CACHE

REGION = "eu-central-1"
SECRET = canary("the secret key of an Amazon account", "canary-Speicherstadt-0815")


def _server() -> str:
    folder = CACHE / "moto"
    own = folder / ("Scripts/moto_server.exe" if sys.platform == "win32" else "bin/moto_server")
    assert own.exists(), f"no moto at {own}: run `make moto` once"
    return str(own)


def _wait_until_ready(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(f"{url}/moto-api/data.json", timeout=5):  # noqa: S310 - our own
                return
        except (urllib.error.URLError, OSError) as error:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("moto's server did not start") from error
        time.sleep(0.1)


@pytest.fixture(scope="session")
def moto_server() -> Iterator[str]:
    """The address of a server that stands in for Amazon's, one a run."""
    folder, port = Path(tempfile.mkdtemp(prefix="mlops-moto-")), free_port()
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    process = subprocess.Popen(
        [_server(), "-H", "127.0.0.1", "-p", str(port)],
        cwd=folder,
        env=kept | {"HOME": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_until_ready(url, process)
        yield url
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=10)
        process.kill()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def aws(moto_server: str, aws_account: Path) -> str:
    """The same server, with nothing in it, and an account's credentials that are none."""
    reset = urllib.request.Request(f"{moto_server}/moto-api/reset", method="POST")  # noqa: S310 - our own
    with urllib.request.urlopen(reset, timeout=10):  # noqa: S310 - as above
        pass
    return moto_server


@pytest.fixture
def aws_account(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """The SDK's own file with an account, and nothing of the machine's."""
    folder = tmp_path_factory.mktemp("aws")
    config = folder / "config"
    key = f"aws_access_key_id = only-for-tests\naws_secret_access_key = {SECRET}\n"
    config.write_text(f"[default]\n{key}[profile risk]\n{key}", "utf-8")
    told = {
        "AWS_CONFIG_FILE": str(config),
        "AWS_SHARED_CREDENTIALS_FILE": str(folder / "none"),
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    for name in ("AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    yield config
    config.unlink()

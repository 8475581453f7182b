"""A secret that is seen anywhere fails its test, one that is left anywhere fails the run."""

import sys
from base64 import b64encode

import pytest

from tests.support.canaries import canary, find
from tests.support.surroundings import ROOT

LEAKS = """
import logging, subprocess, sys, zlib
from mlops_desktop.core.errors import AppError
from mlops_desktop.outside.http_faults import Fault, HttpFault, Reason
from tests.support.canaries import canary
SECRET = canary("the passphrase", "Kanarie-geheim-99")

def test_log(): logging.getLogger("x").error("signed in with %s", SECRET)

def test_error(): AppError("source.x", told=f"{SECRET} is wrong")

def test_fault(): HttpFault(Fault.AUTH, Reason.ANSWERED, f"no: {SECRET}")

def test_command_line(): subprocess.run([sys.executable, "-c", "0", SECRET], check=True)

def test_event():
    from mlops_desktop.store import log
    try: log.append(None, [(1, b'{"name":"' + SECRET.encode() + b'"}')])
    except AttributeError: pass

def test_evidence():
    from datetime import datetime
    from mlops_desktop.store import evidence
    told = evidence.RawAnswer("ab", f"GET /?token={SECRET}", datetime.now(), b"{}")
    try: evidence.keep(None, [told])
    except AttributeError: pass

def test_dossier():
    from mlops_desktop.dossier import build
    try: build.require_proved(f"facts with {SECRET}")
    except AttributeError: pass

def test_nothing(tmp_path): (tmp_path / "kept.txt").write_text("Kanarie-geheim-9")
"""

LEFT = """
import zlib
from tests.support.canaries import canary
SECRET = canary("the passphrase", "Kanarie-geheim-99").encode()

def test_file(tmp_path): (tmp_path / "crash.log").write_bytes(b"trace " + SECRET)

def test_pdf(tmp_path):
    stream = zlib.compress(b"x" * 99 + SECRET)
    (tmp_path / "a.pdf").write_bytes(b"stream\\n" + stream + b"\\nendstream")

def test_plain_workspace(tmp_path):
    around = b"what a bank writes down; " * 9_999
    (tmp_path / "plain.mlops").write_bytes(b"SQLite format 3" + around + SECRET + around)

def test_end_of_a_sealed_one(tmp_path):
    import os
    (tmp_path / "sealed.mlops").write_bytes(os.urandom(200_000) + SECRET)

def test_nothing(tmp_path): (tmp_path / "kept.txt").write_text("Kanarie-geheim-9")
"""


def _run(pytester: pytest.Pytester, patch: pytest.MonkeyPatch, cases: str) -> pytest.RunResult:
    patch.setenv("PYTHONPATH", str(ROOT))
    pytester.makepyfile(cases)
    plugin = ("-p", "tests.support.canaries", "-p", "no:cacheprovider")
    return pytester.run(sys.executable, "-m", "pytest", "-q", "-rE", *plugin, timeout=60)


def test_a_secret_that_is_seen_fails_its_test(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = _run(pytester, monkeypatch, LEAKS)
    told = done.stdout.str()
    assert done.parseoutcomes() == {"passed": 8, "errors": 7}, told
    for place in (
        "the log (x)",
        "an AppError",
        "an HttpFault",
        "a command line",
        "an event",
        "evidence",
        "a dossier",
    ):
        assert f"the passphrase seen in {place}" in told


def test_a_secret_that_is_left_in_a_file_fails_the_run(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = _run(pytester, monkeypatch, LEFT)
    told = done.stdout.str()
    assert done.parseoutcomes() == {"passed": 5, "errors": 1}, told
    for name in ("crash.log", "a.pdf", "plain.mlops", "sealed.mlops"):
        assert name in told
    assert "kept.txt" not in told


@pytest.mark.parametrize("user", ["", "a", "ab", "abc", "jonas brandt"])
def test_a_secret_is_found_in_what_basic_authentication_sends(user: str) -> None:
    secret = canary("a password", "Kanarie-Basic-Auth-5")
    sent = b"Authorization: Basic " + b64encode(f"{user}:{secret}".encode())
    assert find(sent) == "a password"
    assert find(b"Kanarie-Basic") is None

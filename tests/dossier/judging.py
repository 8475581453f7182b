"""What the tests of the verifier share."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

from cryptography import x509

from mlops_desktop import paths
from mlops_desktop.dossier.verdict import Outcome, Step, Verdict
from mlops_desktop.dossier.verify import verify
from tests.dossier.conftest import NOW


def judge(pdf: bytes, roots: bytes | None) -> Verdict:
    return verify(pdf, roots, NOW)


def told(verdict: Verdict) -> tuple[Outcome, str | None]:
    failure = verdict.first_failure
    return verdict.outcome, failure.code if failure else None


def by_step(verdict: Verdict) -> dict[Step, bool | None]:
    return {check.step: check.ok for check in verdict.checks}


VERIFIER = paths.resource("verify_dossier.py")


def alone(pdf: bytes, roots: bytes | None, folder: Path) -> tuple[str, str, int]:
    """Return verdict, reason and exit code of the stand-alone verifier."""
    file, trust = folder / "dossier.pdf", folder / "roots.pem"
    file.write_bytes(pdf)
    trust.write_bytes(roots or b"")
    command = [sys.executable, "-I", str(VERIFIER), str(file), "--json"]
    command += ["--trust", str(trust)] if roots else []
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    assert not done.stderr, done.stderr.decode()
    found = json.loads(done.stdout)
    return found["verdict"], found["why"], done.returncode


def load_verifier() -> ModuleType:
    """Return the stand-alone verifier as a module."""
    specification = importlib.util.spec_from_file_location("verify_dossier", VERIFIER)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def judge_alone(pdf: bytes, roots: bytes | None) -> tuple[str, str]:
    """Return verdict and reason of the stand-alone verifier, in this process."""
    found, _ = _VERIFIER.judge(pdf, x509.load_pem_x509_certificates(roots) if roots else [])
    return found["verdict"], found["why"]


_VERIFIER = load_verifier()

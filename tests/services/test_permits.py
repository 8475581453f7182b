"""Permits: for one artefact, as long as what they rest on, checked by what a pipeline runs."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import jsonschema
import pytest

from mlops_desktop import paths
from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.outside.statements import sign_statement
from mlops_desktop.services import approvals, people
from mlops_desktop.services.decisions import Ballot
from mlops_desktop.services.ledger import verify_ledger
from mlops_desktop.services.permits.files import write_checker
from mlops_desktop.services.permits.issuing import Issued, PermitWish, issue_permit
from mlops_desktop.services.permits.showing import list_permits, show_permit
from tests.services.conftest import FOUNDER, Bank
from tests.services.steps import add_version, cast, register

ARTIFACT = b"model weights"
DIGEST = sha256(ARTIFACT).hexdigest()
FIRST, SECOND = "Jonas Brandt", "Miriam Sander"


def approved(bank: Bank, ballot: Ballot | None = None) -> str:
    model = register(bank)
    add_version(bank, model, artifact=f"sha256:{DIGEST}")
    asked = approvals.request_approval(bank.as_("Corinna Wolters"), model, "7", "production").id
    cast(bank, asked, FIRST, *([ballot] if ballot else []))
    cast(bank, asked, SECOND)
    return asked


def issue(bank: Bank, **wishes: object) -> Issued:
    wish = PermitWish("M-00001", "7", "production", **wishes)  # type: ignore[arg-type]
    return issue_permit(bank.session, wish, bank.unlock(FOUNDER))


@pytest.fixture
def gate(file_bank: Bank, tmp_path: Path) -> Path:
    if shutil.which("openssl") is None:
        pytest.skip("the checker needs the program openssl")
    approved(file_bank)
    issued = issue(file_bank)
    folder = tmp_path / "clone"
    write_checker(file_bank.session, folder / "gate")
    (folder / "permit.pem").write_bytes(issued.signed)
    (folder / "model.bin").write_bytes(ARTIFACT)
    return folder


def within_memory(folder: Path, *told: str) -> subprocess.CompletedProcess[str]:
    """Run a script with room for 512 MiB."""
    script = 'ulimit -v 524288 && exec "$@"'
    command = ["sh", "-c", script, "sh", sys.executable, *told]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def check(folder: Path, *told: str) -> subprocess.CompletedProcess[str]:
    arguments = told or ("permit.pem", "model.bin", "production")
    command = [sys.executable, "gate/check_permit.py", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_it_says_what_the_gate_allowed_and_stays_on_record(bank: Bank) -> None:
    asked = approved(bank)
    issued = issue(bank, days=3)
    permit = issued.permit
    assert permit is not None
    assert (permit.model, permit.version, permit.digest) == ("M-00001", "7", DIGEST)
    assert permit.expires - permit.issued == timedelta(days=3)
    assert [one.approval for one in permit.grounds] == [
        row.id for row in approvals.list_requests(bank.session) if row.key == asked
    ]
    (listed,) = list_permits(bank.session)
    assert (listed.id, listed.by, listed.version) == (permit.id, FOUNDER, "7")
    assert show_permit(bank.session, permit.id[:10])[1] == issued.signed
    assert verify_ledger(bank.session).first_failure is None


def test_nothing_is_signed_where_the_gate_says_no(bank: Bank) -> None:
    model = register(bank)
    add_version(bank, model, artifact=f"sha256:{DIGEST}")
    before = verify_ledger(bank.session).size
    issued = issue(bank)
    assert (issued.permit, issued.signed) == (None, b"")
    assert [one.rule for one in issued.answer.reasons] == ["approval_missing"]
    assert verify_ledger(bank.session).size == before


def test_another_artifact_is_refused_at_the_gate(bank: Bank) -> None:
    approved(bank)
    issued = issue(bank, digest="0" * 64)
    assert [one.rule for one in issued.answer.reasons] == ["artifact_differs"]


def test_a_version_without_digest_needs_the_artifact_named(bank: Bank) -> None:
    model = register(bank)
    add_version(bank, model, artifact="s3://models/7")
    asked = approvals.request_approval(bank.as_("Corinna Wolters"), model, "7", "production").id
    cast(bank, asked, FIRST)
    cast(bank, asked, SECOND)
    with pytest.raises(AppError, match=r"permit\.digest_missing"):
        issue(bank)
    with pytest.raises(AppError, match=r"permit\.digest_unfit"):
        issue(bank, digest="sha1:00")
    permit = issue(bank, digest=f"SHA256:{DIGEST.upper()}").permit
    assert permit is not None
    assert permit.digest == DIGEST


def test_it_ends_with_the_first_condition_still_open(bank: Bank) -> None:
    due = clock.today() + timedelta(days=2)
    approved(bank, Ballot(Decision.CONDITION, "If.", conditions=(("Bericht", due),)))
    permit = issue(bank, days=30).permit
    assert permit is not None
    assert permit.expires.date() == due
    assert [(one.text, one.is_met) for one in permit.conditions] == [("Bericht", False)]


@pytest.mark.parametrize("days", [0, 91])
def test_it_holds_for_one_to_ninety_days(bank: Bank, days: int) -> None:
    with pytest.raises(AppError, match=r"permit\.days_unfit"):
        issue(bank, days=days)


def test_only_devops_and_risk_management_issue_it(bank: Bank) -> None:
    approved(bank)
    wish = PermitWish("M-00001", "7", "production")
    with pytest.raises(AppError, match=r"authority\.issue_permit"):
        issue_permit(bank.as_(FIRST), wish, bank.unlock(FIRST))


def test_the_checker_lets_exactly_the_artifact_pass(gate: Path) -> None:
    done = check(gate)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "M-00001 version 7 may go to production\n"


def test_the_checker_refuses_what_is_not_meant(gate: Path) -> None:
    (gate / "other.bin").write_bytes(b"other weights")
    staging = check(gate, "permit.pem", "model.bin", "staging")
    other = check(gate, "permit.pem", "other.bin", "production")
    assert (staging.returncode, other.returncode) == (1, 1)
    assert "for production, not for staging" in staging.stderr
    assert "another artifact" in other.stderr


def test_the_checker_says_what_it_could_not_read(gate: Path) -> None:
    command = [sys.executable, "gate/check_permit.py"]
    for told in ([], ["permit.pem"], ["permit.pem", "no-such-file", "production"]):
        found = subprocess.run(
            [*command, *told], cwd=gate, capture_output=True, text=True, check=False
        )
        assert found.returncode == 1
        assert "Traceback" not in found.stderr
        assert "ENVIRONMENT" in found.stderr or "no-such-file" in found.stderr


def test_the_checker_reads_no_permit_that_is_none_and_artifacts_of_any_size(gate: Path) -> None:
    with (gate / "weights.bin").open("wb") as file:
        file.truncate(3 << 30)
    (gate / "endless.pem").symlink_to("/dev/zero")
    for told, said in (
        (("endless.pem", "model.bin", "production"), "no permit"),
        (("permit.pem", "weights.bin", "production"), "another artifact"),
    ):
        found = within_memory(gate, "gate/check_permit.py", *told)
        assert found.returncode == 1
        assert said in found.stderr


def test_the_checker_refuses_a_changed_permit(gate: Path) -> None:
    signed = (gate / "permit.pem").read_bytes().splitlines(keepends=True)
    for line in range(2, 14):  # what is said; the certificates behind it are not looked at
        assert signed[line] != signed[line].swapcase()
        changed = [*signed[:line], signed[line].swapcase(), *signed[line + 1 :]]
        (gate / "permit.pem").write_bytes(b"".join(changed))
        assert check(gate).returncode == 1


def test_the_checker_refuses_who_may_not_issue(file_bank: Bank, gate: Path) -> None:
    """A validator's certificate is by the same authority; that alone lets nothing pass."""
    content = json.dumps(_statement(gate)).encode()
    validator = next(one for one in people.list_people(file_bank.session) if one.name == FIRST)
    (gate / "permit.pem").write_bytes(sign_statement(content, file_bank.unlock(FIRST)(validator)))
    done = check(gate)
    assert done.returncode == 1
    assert "not signed by anybody" in done.stderr


def test_the_checker_refuses_an_expired_permit(file_bank: Bank, gate: Path) -> None:
    said = _statement(gate)
    said["predicate"]["expires"] = "2020-01-01T00:00:00.000Z"
    founder = next(one for one in people.list_people(file_bank.session) if one.name == FOUNDER)
    signed = sign_statement(json.dumps(said).encode(), file_bank.unlock(FOUNDER)(founder))
    (gate / "permit.pem").write_bytes(signed)
    done = check(gate)
    assert (done.returncode, "expired" in done.stderr) == (1, True)


def test_the_statement_is_as_its_schema_says(gate: Path) -> None:
    schema = json.loads(paths.schema("permit-1.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(_statement(gate))


@pytest.mark.parametrize("snippet", ["gitlab-ci.yml", "github-workflow.yml", "Jenkinsfile"])
def test_the_snippets_do_what_they_say(gate: Path, snippet: str) -> None:
    command = _command_of((gate / "gate" / snippet).read_text("utf-8"))
    told = {"PERMIT": "permit.pem", "ARTIFACT": "model.bin", "PATH": _path()}
    assert _run(command, gate, told | {"DEPLOY_TO": "production"}) == 0
    assert _run(command, gate, told | {"DEPLOY_TO": "staging"}) == 1


def _statement(gate: Path) -> dict[str, dict[str, str]]:
    command = ["openssl", "cms", "-verify", "-noverify", "-inform", "PEM", "-in", "permit.pem"]
    done = subprocess.run(command, cwd=gate, capture_output=True, check=True)
    found: dict[str, dict[str, str]] = json.loads(done.stdout)
    return found


def _command_of(snippet: str) -> str:
    found = re.search(r"python3 gate/check_permit\.py[^'\n]*", snippet)
    assert found is not None
    return found[0]


def _path() -> str:
    return f"{Path(sys.executable).parent}:/usr/bin:/bin"


def _run(command: str, folder: Path, told: dict[str, str]) -> int:
    shell: Sequence[str] = ("sh", "-e", "-c", command)
    return subprocess.run(shell, cwd=folder, env=told, check=False, capture_output=True).returncode

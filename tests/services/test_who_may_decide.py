"""The table: who tries, how he stands to it, where the request stands, and by which way he comes.

Nobody gets through by another way than the rules let him through; each refusal names its rule.
"""

from collections.abc import Iterator

import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.identity import Person
from mlops_desktop.core.standing import Status
from mlops_desktop.outside import person_keys
from mlops_desktop.outside.credentials import Credential
from mlops_desktop.services import approvals, decisions, ledger
from tests.cli.program import invoke
from tests.services.barred import ACTORS, Actor, Stage, set_stage
from tests.support.bank import Prepared

LET_THROUGH = "let through"
"""What stands where a rule would: the person was asked for his key."""


@pytest.fixture(scope="module")
def stage(prepared_file: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with set_stage(prepared_file, tmp_path_factory.mktemp("stage")) as made:
        yield made


def expected(actor: Actor, state: Status) -> str:
    return (actor.rule or LET_THROUGH) if state is Status.OPEN else "closed"


def by_service(stage: Stage, actor: Actor, request: str) -> str:
    def unlock(person: Person) -> Credential:
        raise AppError("test.let_through")

    session = stage.bank.as_(actor.name)
    with pytest.raises(AppError) as refused:
        decisions.decide(session, request, stage.ballot(actor), unlock)
    code = refused.value.code
    return LET_THROUGH if code == "test.let_through" else code.removeprefix("approval.refused_")


def by_command_line(stage: Stage, actor: Actor, request: str) -> str:
    behalf = ("--on-behalf-of", actor.behalf) if actor.behalf else ()
    done = invoke(
        "-w", stage.bank.place, "approvals", "decide", request, "--decision", "approve",
        "--as", actor.name, "--person-secret-env", "WRONG", *behalf, "--json",
    )  # fmt: skip
    code = str(done.error["code"])
    assert done.code == 2
    if code.startswith("person_key."):  # the wrong passphrase: the rules had nothing against him
        person_keys.release(stage.bank.session.workspace.id, stage.bank.ids[actor.name])
        return LET_THROUGH
    return code.removeprefix("approval.refused_")


@pytest.mark.parametrize("state", Status)
@pytest.mark.parametrize("actor", ACTORS, ids=str)
@pytest.mark.parametrize("way", [by_service, by_command_line], ids=["service", "command_line"])
def test_every_way_refuses_by_the_same_rule(
    stage: Stage, way: type, actor: Actor, state: Status, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WRONG", "geraten und falsch")
    request = stage.requests[state]
    assert approvals.show_request(stage.bank.session, request).status is state
    assert way(stage, actor, request) == expected(actor, state)


def test_who_may_still_sign_is_who_is_let_through(stage: Stage) -> None:
    able = approvals.signers_left(stage.bank.session, stage.requests[Status.OPEN])
    names = {person.name for person in able}
    for actor in ACTORS:
        if actor.behalf is None:
            assert (actor.name in names) == (actor.rule is None), actor


def test_after_all_these_attempts_the_ledger_holds(stage: Stage) -> None:
    verdict = ledger.verify_ledger(stage.bank.session)
    # That nobody kept the answer by which a version changed is the stage's own doing.
    assert [check.name for check in verdict.checks if not check.is_ok] == ["answers"]

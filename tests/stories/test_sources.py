"""A data scientist connects a registry, reads it, and takes what it tells into the inventory."""

import pytest

from tests.stories.conftest import Sit
from tests.stories.desk import Desk
from tests.support.bank import Bank
from tests.support.mlflow import MlflowServer, free_port

SOURCE = "mlflow-hamburg"


@pytest.fixture
def registry(mlflow_registry: MlflowServer) -> MlflowServer:
    """A real server with two models, one of them with a champion."""
    seed = mlflow_registry.seed
    seed.model("kreditscore", "Antragsscore im Ratenkredit", {"team": "risk"})
    run = seed.run(params={"depth": "6"}, metrics={"auc": 0.87})
    seed.version("kreditscore", run_id=run)
    seed.version("kreditscore", run_id=run)
    seed.alias("kreditscore", "champion", "2")
    seed.model("kuendigung")
    seed.version("kuendigung")
    return mlflow_registry


def describes_a_source(desk: Desk, address: str) -> None:
    desk.goes_to("Sources")
    desk.clicks("Connect a source…")
    desk.sees("Sources are only ever read. Nothing is written to them.")
    desk.fills(Name=SOURCE, Address=address)
    desk.clicks("Test")


def test_a_source_is_tested_read_and_a_candidate_taken_in(sit: Sit, registry: MlflowServer) -> None:
    desk = sit()
    describes_a_source(desk, registry.url)
    desk.sees("Result of the test", "reached", "Server version")
    desk.clicks("Connect")
    desk.sees(f"{SOURCE} is connected.", registry.url)
    desk.clicks("Synchronise")
    desk.sees(f"{SOURCE}: ", "entries read")
    desk.rests()

    desk.clicks("Show the candidates")
    desk.sees("Candidates 2")
    desk.opens("Candidates")
    desk.sees("kreditscore", "kuendigung")
    desk.chooses("kreditscore")
    desk.opens("Versions")
    desk.sees("champion")
    desk.clicks("Take into the inventory…")
    desk.sees("Take kreditscore into the inventory")
    desk.fills(Owner="Corinna Wolters", Tier="2")
    desk.clicks("Take in")
    desk.sees("The model is in the inventory.", "Candidates 1", "tier 2", "in production")


def test_a_second_reading_without_changes_says_so(sit: Sit, registry: MlflowServer) -> None:
    desk = sit()
    describes_a_source(desk, registry.url)
    desk.clicks("Connect")
    desk.clicks("Synchronise")
    desk.sees("entries read")
    desk.rests()
    desk.clicks("Synchronise")
    desk.sees("nothing has changed")


def test_a_wrong_address_is_explained_before_anything_is_connected(
    sit: Sit, file_bank: Bank
) -> None:
    desk = sit()
    describes_a_source(desk, f"http://127.0.0.1:{free_port()}")
    desk.sees("not reached", "What to do")
    desk.writes("Address", "mlflow.example.com")
    desk.clicks("Test")
    desk.sees("The address of the source cannot be used.", "Enter it as https://")
    desk.clicks("Cancel")
    desk.sees("No source is connected yet.")

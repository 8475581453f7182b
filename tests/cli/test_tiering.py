"""Tiers on the command line: templates, assessment, override, as of a day, as a person reads it."""

import json
from pathlib import Path

from mlops_desktop.core.events import codec
from tests.cli.conftest import Bank
from tests.cli.program import CARL
from tests.support.tiering import template

ANSWERS = ("--template", "small", "--answer", "large=low", "--answer", "hard=low")


def test_a_tier_from_template_to_override(bank: Bank, tmp_path: Path) -> None:
    shipped = bank.json("tiering", "templates", "list").document
    assert [(row["id"], row["status"]) for row in shipped] == [
        ("general@1", "shipped"),
        ("simple@1", "shipped"),
    ]
    file = tmp_path / "small.json"
    file.write_text(json.dumps(codec.to_tree(template())))
    assert bank.json("tiering", "templates", "add", str(file)).document["status"] == "draft"
    active = bank.json(
        "tiering", "templates", "activate", "small", "--as", CARL, "--person-secret-env", "CARL"
    ).document
    assert (active["status"], active["questions"][0]["choices"][2]["points"]) == ("active", 2)

    before = bank.json("tiering", "show", "PD Retail").document
    assert (before["tier"], before["basis"], before["answers"]) == (1, "by_hand", [])
    assert "set by hand, not assessed" in bank.run("tiering", "show", "PD Retail").out

    rated = bank.json("tiering", "assess", "PD Retail", *ANSWERS, "--reason", "jährlich").document
    assert (rated["tier"], rated["basis"], rated["inherent"]) == (4, "assessed", 4)
    assert rated["materiality"] == {"grade": "low", "points": 0}
    assert rated["answers"][0]["question"] == "large"
    assert rated["template"]["version"] == 1
    assert rated["rerating_due"]

    until = ("--tier", "2", "--reason", "neu", "--until", "2099-12-31")
    held = bank.json("tiering", "override", "PD Retail", *until).document
    assert (held["tier"], held["inherent"], held["override"]["expired"]) == (2, 4, False)
    assert held["history"][-1]["is_increase"] is True
    row = bank.json("models", "show", "PD Retail").document
    assert (row["tier"], row["tier_basis"], row["tier_until"]) == (2, "overridden", "2099-12-31")
    assert len(bank.json("models", "list", "--filter", "tier:2").document) == 1
    ended = bank.json("tiering", "override", "PD Retail", "--end").document
    assert (ended["tier"], ended["override"]) == (4, None)
    told = bank.run("tiering", "show", "PD Retail").out
    assert "jährlich" in told
    assert "overridden" in told
    assert bank.json("tiering", "templates", "archive", "small").document["status"] == "archived"


def test_bad_input_is_refused_with_its_place(bank: Bank, tmp_path: Path) -> None:
    assert bank.run("tiering", "templates", "add", "simple").code == 0
    assert (
        bank.run(
            "tiering",
            "templates",
            "activate",
            "simple",
            "--as",
            CARL,
            "--person-secret-env",
            "CARL",
        ).code
        == 0
    )
    simple = ("tiering", "assess", "PD Retail", "--template", "simple")
    refused = bank.json(*simple, "--answer", "impact")
    assert (refused.code, refused.error["code"]) == (2, "tiering.answer_malformed")
    assert bank.json(*simple, "--answer", "impact=small").error["where"] == "use"
    general = bank.json("tiering", "assess", "PD Retail", "--answer", "x=y")
    assert (general.code, general.error["code"]) == (2, "tiering.template_not_found")
    file = tmp_path / "bad.json"
    file.write_text('{"id": "x"}')
    assert bank.json("tiering", "templates", "add", str(file)).error["where"] == "$"
    missing = bank.json(
        "tiering", "override", "PD Retail", "--reason", "x", "--until", "2099-01-01"
    )
    assert missing.error["code"] == "tiering.tier_refused"

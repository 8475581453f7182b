"""Fields of the workspace's own by commands alone."""

from tests.cli.conftest import Bank
from tests.cli.program import BERTA

_DORA = ("--kind", "choice", "--label", "DORA critical", "--label-de", "DORA-kritisch", "--covered",
         "--choice", "yes=Yes|Ja", "--choice", "no=No|Nein")  # fmt: skip


def test_a_field_is_defined_filled_filtered_amended_and_archived(bank: Bank) -> None:
    made = bank.json("fields", "define", "dora", *_DORA).document
    assert (made["id"], made["kind"], made["covered"], made["models"]) == (
        "dora",
        "choice",
        True,
        0,
    )
    bank.json("fields", "define", "budget", "--kind", "number", "--label", "Budget")
    bank.json("models", "edit", "1", "--field", "dora=Ja", "--field", "budget=12.5")
    (dora, budget) = bank.json("models", "show", "1").document["custom"]
    assert (dora["name"], dora["value"], dora["text"]) == ("dora", "yes", "Yes")
    assert (budget["kind"], budget["value"], budget["archived"]) == ("number", "12.5", False)
    assert "DORA critical" in bank.run("models", "show", "1").out
    for line in ("field:dora=ja", "field:budget>12", 'field:"DORA critical=yes"'):
        assert len(bank.json("models", "list", "--filter", line).document) == 1, line
    amended = bank.json("fields", "amend", "dora", "--choice", "no=No|Nein", "--help-text", "Why")
    assert [one["offered"] for one in amended.document["choices"]] == [True, False]
    assert amended.document["help"] == {"en": "Why", "de": None}
    assert bank.json("fields", "archive", "budget", "--reason", "x").document["archived"] is True
    listed = bank.json("fields", "list").document
    assert [(one["id"], one["archived"]) for one in listed] == [("dora", False), ("budget", True)]
    assert bank.json("fields", "reinstate", "budget").document["archived"] is False


def test_what_is_refused_says_where(bank: Bank) -> None:
    bank.json("fields", "define", "dora", *_DORA)
    wrong = bank.json("models", "edit", "1", "--field", "dora=perhaps")
    assert (wrong.code, wrong.error["code"], wrong.error["where"]) == (
        2, "model.field_refused", "custom.dora",
    )  # fmt: skip
    assert "yes, no" in wrong.error["remedy"]
    for arguments, code in (
        (("models", "edit", "1", "--field", "dora"), "model.setting_malformed"),
        (("models", "edit", "1", "--field", "none=1"), "field.not_found"),
        (("models", "list", "--filter", "field:none=1"), "field.not_found"),
        (("models", "list", "--filter", "field:dora>1"), "filter.value_refused"),
        (("models", "list", "--filter", "field:="), "filter.value_refused"),
        (("fields", "show", "none"), "field.not_found"),
        (("fields", "define", "x", "--kind", "choice", "--label", "x", "--choice", "yes"),
         "field.choice_malformed"),
        (("fields", "archive", "dora", "--as", BERTA), "authority.define_field"),
    ):  # fmt: skip
        done = bank.json(*arguments)
        assert (done.code, done.error["code"]) == (2, code), arguments

"""Legal entities on the command line: recorded, named by a model, in approvals and at the gate."""

from tests.cli.conftest import Bank
from tests.cli.program import ANNA, BERTA, CARL, OLGA

AG, LUX = "Elbmark Bank AG", "Elbmark Bank Luxembourg S.A."


def group(bank: Bank) -> None:
    lei = ("--lei", "549300DTUYXVMJXZNY75")
    for texts in (
        ("--title", AG, "--short-name", "AG", "--country", "DE", *lei),
        (
            "--title",
            LUX,
            "--short-name",
            "Lux",
            "--country",
            "lu",
            "--parent",
            "AG",
            "--effective",
            "2020-01-01",
        ),
    ):
        done = bank.json("entities", "add", *texts, "--as", ANNA)
        assert done.code == 0, done.out


def test_entities_are_added_edited_closed_listed_and_shown(bank: Bank) -> None:
    group(bank)
    wrong = bank.json("entities", "add", "--title", "X", "--lei", "549300DTUYXVMJXZNY76")
    assert (wrong.code, wrong.error["code"], wrong.error["where"]) == (
        2, "entity.lei_refused", "lei",
    )  # fmt: skip
    edited = bank.json("entities", "edit", "LE-00002", "--region", "Kirchberg").document
    assert (edited["parent"], edited["country"], edited["region"]) == (AG, "LU", "Kirchberg")
    bank.json("entities", "close", "LE-00002", "--reason", "verkauft", "--effective", "2024-01-31")
    assert [row["title"] for row in bank.json("entities", "list").document] == [AG]
    past = bank.json("entities", "show", "LE-00002", "--as-at", "2019-12-31")
    assert past.error["code"] == "item.not_known_then"
    whole = bank.json("entities", "list", "--scope", "all").document
    assert [row["state"] for row in whole] == ["active", "closed"]


def test_an_approval_for_one_entity_is_refused_by_the_gate_for_another(bank: Bank) -> None:
    group(bank)
    bank.json("models", "edit", "PD Retail", "--used-by", f"{AG}, Lux", "--as", OLGA)
    unknown = bank.json(
        "models", "edit", "PD Retail", "--developed-by", "Elbmark Lux", "--as", OLGA
    )
    assert (unknown.code, unknown.error["where"]) == (2, "developed_by")
    assert LUX in unknown.error["meaning"]
    asked = bank.json("approvals", "request", "PD Retail", "v7", "--entity", "AG", "--as", OLGA)
    assert asked.document["entities"] == [AG]
    for name in (BERTA, CARL):
        decide = (
            "--decision",
            "approve",
            "--as",
            name,
            "--person-secret-env",
            name.split()[0].upper(),
        )
        done = bank.json("approvals", "decide", asked.document["id"], *decide)
        assert done.code == 0, done.out
    gate = ("gate", "PD Retail", "v7", "--environment", "production")
    refused = bank.json(*gate)
    assert (refused.code, [one["rule"] for one in refused.document["reasons"]]) == (
        1, ["entity_missing"],
    )  # fmt: skip
    assert bank.json(*gate, "--entity", AG).code == 0
    assert bank.json(*gate, "--entity", "Lux").code == 1
    opened = ("deployments", "open", "PD Retail", "v7", "--entity")
    (row,) = bank.json(*opened, AG, "--as", OLGA).document
    assert row["entity"] == AG
    bank.json(*opened, "Lux", "--basis", "Abgleich", "--as", OLGA)
    rows = bank.json("exceptions", "list").document
    shown = [bank.json("exceptions", "show", str(one["id"])).document for one in rows]
    told = {(one["rule"], one["entity"]) for one in shown}
    assert ("use_outside_purpose", LUX) in told
    model = bank.json("models", "show", "PD Retail").document
    assert [(one["name"], one["approval"]) for one in model["entities"]] == [
        (AG, "approved"), (LUX, "never_approved"),
    ]  # fmt: skip
    found = bank.json("models", "list", "--filter", "usedby:lux").document
    assert [row["name"] for row in found] == ["PD Retail"]
    text = bank.run("models", "show", "PD Retail").out
    assert LUX in text
    assert AG in bank.run("approvals", "show", str(asked.document["id"])).out

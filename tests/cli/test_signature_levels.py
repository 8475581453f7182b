"""Levels, lifting, tokens and scans through the command line, with an authority over HTTP."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Bank
from tests.cli.program import ANNA, BERTA, invoke
from tests.support.certomancer_pki import Pki, serving

_SECRET = ("--person-secret-env", "BERTA", "--as", BERTA)


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pki]:
    with serving(tmp_path_factory.mktemp("pki")) as found:
        yield found


@pytest.fixture
def tsa(pki: Pki, tmp_path: Path) -> tuple[str, ...]:
    root = tmp_path / "tsa.pem"
    root.write_bytes(pki.root)
    return ("--tsa", pki.tsa, "--tsa-trust", str(root), "--fetch")


def test_a_dossier_is_issued_at_lta_verified_lifted_and_told_of_on_paper(
    bank: Bank, tsa: tuple[str, ...], tmp_path: Path
) -> None:
    assert bank.json("trust", "show").document["tsa"] is None
    arranged = bank.json("trust", "set", *tsa, "--as", ANNA)
    assert (arranged.code, arranged.document["may_fetch"]) == (0, True)
    assert bank.run("trust", "show").out.startswith("Time stamps by")
    listed = tmp_path / "bank.crl"
    published = bank.json(
        "trust", "revocations", "--authority-secret-env", "ANNA", "--out", str(listed)
    )
    assert "BEGIN X509 CRL" in published.document["list"]
    assert listed.read_text() == published.document["list"]
    out = tmp_path / "d.pdf"
    model = str(bank.json("models", "list").document[0]["id"])
    ordered = ("dossier", "export", "--model", model, "--out", str(out), "--signer", ANNA)
    done = bank.json(*ordered, "--level", "lta", *_SECRET)
    assert (done.code, done.document["level"]) == (0, "lta"), done.out
    signed = bank.json(
        "dossier", "countersign", str(out), "--as", ANNA, "--person-secret-env", "ANNA"
    )
    assert (signed.code, signed.document["level"]) == (0, "b")
    lifted = bank.json("dossier", "extend", str(out))
    assert (lifted.code, lifted.document["level"]) == (0, "B-LTA")
    page = tmp_path / "page.pdf"
    page.write_bytes(b"%PDF-1.4 scanned")
    scanned = bank.json(
        "dossier", "attach-scan", done.document["id"], str(page), "--signed-by", BERTA,
        "--on", "2026-11-02",
    )  # fmt: skip
    assert scanned.document["is_electronic_signature"] is False
    found = bank.json("dossier", "verify", str(out))
    assert (found.code, found.document["verdict"]) == (0, "valid")
    told = [(one["name"], one["level"], one["eidas"]) for one in found.document["signatures"]]
    assert told == [(BERTA, "B-LTA", "advanced"), (ANNA, "B-LTA", "advanced")]
    assert [(one["name"], one["signed_on"]) for one in found.document["scans"]] == [
        (BERTA, "2026-11-02")
    ]
    shown = bank.run("dossier", "verify", str(out)).out
    for words in ("PROVED SINCE", "B-LTA", "on paper, scanned", "no electronic signature", "eIDAS"):
        assert words in shown
    assert bank.json("trust", "set", "--none", "--as", ANNA).document["tsa"] is None


def test_an_auditor_lifts_his_copy_and_what_fails_says_so(
    bank: Bank, tsa: tuple[str, ...], tmp_path: Path
) -> None:
    out, copy = tmp_path / "d.pdf", tmp_path / "copy.pdf"
    model = str(bank.json("models", "list").document[0]["id"])
    order = ("dossier", "export", "--model", model, "--out", str(out), *_SECRET)
    refused = bank.json(*order, "--level", "t")
    assert (refused.code, refused.error["code"]) == (2, "trust_services.no_authority")
    away = bank.json(*order, "--level", "t", "--tsa", "http://127.0.0.1:9/", *tsa[2:])
    assert (away.code, away.error["code"]) == (3, "trust_service.away")
    assert not out.exists()
    assert bank.json(*order).code == 0
    root = tmp_path / "root.pem"
    assert bank.run("dossier", "authority", "--out", str(root)).code == 0
    lift = ("dossier", "extend", str(out), "--out", str(copy), "--level", "t", "--json")
    lifted = invoke(*lift, "--trust", str(root), *tsa)
    assert (lifted.code, lifted.document["level"]) == (0, "B-T"), lifted.out
    found = invoke("dossier", "verify", str(copy), "--trust", str(root), "--json")
    assert (found.code, found.document["verdict"]) == (1, "indeterminate")
    assert found.document["signatures"][0]["level"] == "B-B"
    again = invoke(*lift, "--trust", str(root), *tsa)
    assert (again.code, again.error["code"]) == (2, "dossier.file_exists")


def test_a_token_takes_all_three_options_and_a_library(bank: Bank) -> None:
    enrol = ("people", "enrol", "Karla Karte", "--person-secret-env", "CARL")
    half = bank.run(*enrol, "--token", "card")
    assert half.code == 2
    assert "--token-module" in half.err
    whole = ("--token-module", "/nowhere/maker.so", "--token", "card", "--token-key", "sign")
    refused = bank.json(*enrol, *whole, "--authority-secret-env", "ANNA")
    assert (refused.code, refused.error["code"]) == (3, "token.library_missing")
    assert "Karla Karte" not in [one["name"] for one in bank.json("people", "list").document]

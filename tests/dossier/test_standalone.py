"""The verifier for people who do not install us: one file, the same verdict on every attack."""

import ast
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mlops_desktop.core.signature_levels import Level
from mlops_desktop.core.wording import Words
from mlops_desktop.dossier.countersign import countersign
from mlops_desktop.dossier.seal import seal
from mlops_desktop.dossier.verdict import Outcome
from mlops_desktop.ledger.checkpoint import Checkpoint, sign
from mlops_desktop.ledger.note_key import NoteKey
from mlops_desktop.outside.certificates import issue_person, new_p256_key
from mlops_desktop.outside.credentials import Credential
from tests.dossier.conftest import PLANNED, STATEMENT, statement_of
from tests.dossier.judging import VERIFIER, alone, judge, load_verifier
from tests.dossier.sample import at
from tests.support.trust_services import TimeAuthority

HONEST = Path(__file__).parent / "fixtures/sealed-2026-11-28.pdf"


def test_it_needs_nothing_but_the_standard_library_and_cryptography() -> None:
    imported = {
        (node.module or "").split(".")[0] if isinstance(node, ast.ImportFrom) else name.name
        for node in ast.walk(ast.parse(VERIFIER.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }
    assert imported - sys.stdlib_module_names == {"cryptography"}


def test_an_honest_dossier_is_valid_for_who_trusts_the_root(
    sealed: bytes, roots: bytes, tmp_path: Path
) -> None:
    assert alone(sealed, roots, tmp_path) == ("valid", "", 0)
    assert alone(sealed, None, tmp_path)[::2] == ("untrusted", 1)
    earlier = HONEST.read_bytes(), HONEST.with_suffix(".pem").read_bytes()
    assert alone(*earlier, tmp_path) == ("valid", "", 0)
    assert alone(earlier[0], roots, tmp_path)[::2] == ("untrusted", 1)


def test_what_is_no_dossier_is_said_to_be_none(draft: bytes, roots: bytes, tmp_path: Path) -> None:
    assert alone(b"hello", roots, tmp_path)[::2] == ("not_a_dossier", 2)
    assert alone(draft, roots, tmp_path) == ("changed", "there is no seal", 1)


def test_a_bit_changed_anywhere_is_never_valid(sealed: bytes, roots: bytes, tmp_path: Path) -> None:
    places = [int(len(sealed) * part / 16) for part in range(1, 16)]
    seal_at = sealed.rindex(b"/Contents <") + 12
    places += [seal_at + step for step in range(0, 2400, 300)]
    for place in places:
        data = bytearray(sealed)
        data[place] ^= 0x20 if place >= seal_at else 1
        if bytes(data) == sealed or judge(bytes(data), roots).outcome is Outcome.VALID:
            continue
        assert alone(bytes(data), roots, tmp_path)[0] != "valid", place


def test_what_was_appended_is_seen(sealed: bytes, roots: bytes, tmp_path: Path) -> None:
    verdict, why, _ = alone(sealed + b"\n%%EOF\n", roots, tmp_path)
    assert verdict in {"changed", "damaged"}, why
    assert alone(sealed[:-20], roots, tmp_path)[0] in {"changed", "damaged"}


@pytest.mark.parametrize("name", [b"evidence.json sha256:", b"facts sha256:"])
def test_a_digest_of_the_metadata_is_covered(
    sealed: bytes, roots: bytes, name: bytes, tmp_path: Path
) -> None:
    place = sealed.index(name) + len(name)
    other = b"0" if sealed[place : place + 1] != b"0" else b"1"
    changed = sealed[:place] + other + sealed[place + 1 :]
    assert alone(changed, roots, tmp_path)[0] == "changed"


def test_a_head_that_one_of_several_devices_signed_is_signed() -> None:
    check, name, size = load_verifier(), "bank", 7
    root, devices = bytes(32), [Ed25519PrivateKey.generate() for _ in range(3)]
    keys = [NoteKey.of(name, one).to_text() for one in devices]
    note = sign(Checkpoint(name, size, root), name, devices[1])
    check.check_head({"note": note, "keys": keys}, size, root)
    check.check_head({"note": note, "keys": [keys[1]]}, size, root)
    with pytest.raises(check.Wrong, match="lacks the signature"):
        check.check_head({"note": note, "keys": [keys[0], keys[2]]}, size, root)
    broken = note[:-8] + ("AAAA" if note[-8:-4] != "AAAA" else "BBBB") + note[-4:]
    with pytest.raises(check.Wrong, match="broken"):
        check.check_head({"note": broken, "keys": keys}, size, root)
    with pytest.raises(check.Wrong, match="not the one named"):
        check.check_head({"note": note, "keys": keys}, size + 1, root)


def test_countersigned_is_valid_too(
    first: bytes, both: bytes, roots: bytes, tmp_path: Path
) -> None:
    assert alone(first, roots, tmp_path) == ("valid", "", 0)
    assert alone(both, roots, tmp_path) == ("valid", "", 0)
    damaged = bytearray(both)
    damaged[len(both) // 2] ^= 1
    assert alone(bytes(damaged), roots, tmp_path)[0] in {"changed", "damaged"}


def test_a_curve_may_sign_after_an_rsa_key(
    planned: bytes,
    signer: Credential,
    authority: Credential,
    english: Words,
    roots: bytes,
    tmp_path: Path,
) -> None:
    curve = issue_person(authority, PLANNED[0].name, "p", at("2026-01-02"), new_p256_key())
    sealed = seal(planned, signer, STATEMENT, english)
    signed = countersign(sealed, 1, curve, statement_of(PLANNED[0], 8), english)
    assert b"/Version /2.0" in signed[len(sealed) :]
    assert alone(signed, roots, tmp_path) == ("valid", "", 0)


@pytest.mark.parametrize(
    "change",
    [{"/Lang": b"xx"}, {"/Version": "/1.7"}, {"/OpenAction": {}}, {"/Extensions": {"/ISO_": []}}],
)
def test_nothing_else_of_the_catalogue_may_change(change: dict[str, object]) -> None:
    module = load_verifier()
    plain = {"/Type": "/Catalog", "/Extensions": {"/ESIC": {}}}
    curves = {"/Version": "/2.0", "/Extensions": {"/ESIC": {}, "/ISO_": module.CURVES}}

    def pdf(catalogue: object) -> SimpleNamespace:
        return SimpleNamespace(trailer={"/Root": 7}, object=lambda number: catalogue)

    assert module.check_catalogue(pdf(plain), pdf(plain | curves), {7: ()}) == {7}
    assert module.check_catalogue(pdf(plain), pdf(plain), {8: ()}) == set()
    with pytest.raises(module.Wrong):
        module.check_catalogue(pdf(plain), pdf(plain | curves | change), {7: ()})


@pytest.mark.parametrize("level", [Level.T, Level.LTA])
def test_time_stamps_are_named_but_not_judged(
    draft: bytes,
    signer: Credential,
    authority: Credential,
    english: Words,
    roots: bytes,
    tmp_path: Path,
    level: Level,
) -> None:
    tsa = TimeAuthority(at("2026-01-01"))
    means = tsa.means(level, STATEMENT.at, authority)
    pdf = seal(draft, signer, STATEMENT, english, means)
    verdict, why, code = alone(pdf, roots + tsa.pem, tmp_path)
    assert (verdict, code) == ("indeterminate", 1)
    assert "time stamps inside" in why
    for place in range(len(draft) + 500, len(pdf), (len(pdf) - len(draft)) // 5):
        data = bytearray(pdf)
        data[place] ^= 1
        assert alone(bytes(data), roots + tsa.pem, tmp_path)[0] != "valid"
    faked = pdf + pdf[len(draft) :]
    assert alone(faked, roots, tmp_path)[0] in {"changed", "damaged"}


def test_it_reads_no_further_than_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    alone = load_verifier()
    monkeypatch.setattr(alone, "MOST_IN_FILE", 100)
    (tmp_path / "endless.pdf").symlink_to("/dev/zero")
    monkeypatch.setattr(sys, "argv", ["verify_dossier.py", str(tmp_path / "endless.pdf"), "--json"])
    assert alone.main() == 1
    told = json.loads(capsys.readouterr().out)
    assert told["verdict"] == "indeterminate"
    assert "larger than 100 bytes" in told["why"]
    monkeypatch.setattr(sys, "argv", ["verify_dossier.py", str(tmp_path / "none.pdf")])
    with pytest.raises(SystemExit, match=r"none\.pdf: No such file"):
        alone.main()


def test_it_unpacks_no_more_than_it_says(sealed: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = load_verifier()
    assert alone.judge(sealed, [])[0]["verdict"] == "untrusted"
    monkeypatch.setattr(alone, "MOST_IN_ALL", 5_000)  # each of its streams is smaller
    told, code = alone.judge(sealed, [])
    assert (told["verdict"], code) == ("damaged", 1)
    assert "larger than 5000 bytes together" in told["why"]

"""An output never takes the place of the workspace, nor a list that of a signed dossier."""

from pathlib import Path

from tests.cli.conftest import Bank


def test_a_draft_does_not_replace_what_is_no_pdf(bank: Bank, tmp_path: Path) -> None:
    workspace = tmp_path / "other.mlops"
    workspace.write_bytes(b"SQLite format 3\0 or a cipher of it")
    order = ("dossier", "export", "--model", "1", "--draft", "--overwrite", "--out")
    refused = bank.json(*order, str(workspace))
    assert (refused.code, refused.error["code"]) == (2, "file.not_replaced")
    assert workspace.read_bytes().startswith(b"SQLite")
    out = tmp_path / "draft.pdf"
    out.touch()
    assert bank.json(*order, str(out)).code == 0
    assert bank.json(*order, str(out)).code == 0


def test_a_printed_list_replaces_only_an_unsigned_pdf(bank: Bank, tmp_path: Path) -> None:
    out = tmp_path / "list.pdf"
    assert bank.json("models", "list", "--print", str(out)).code == 0
    assert bank.json("models", "list", "--print", str(out)).code == 0
    for name, code in (("other.mlops", "list_print.not_pdf"), ("other.pdf", "file.not_replaced")):
        other = tmp_path / name
        other.write_bytes(b"a workspace")
        refused = bank.json("models", "list", "--print", str(other))
        assert (refused.code, refused.error["code"]) == (2, code)
        assert other.read_bytes() == b"a workspace"
    out.write_bytes(out.read_bytes() + b"/ByteRange [0 1 2 3]")
    signed = bank.json("models", "list", "--print", str(out))
    assert (signed.code, signed.error["code"]) == (2, "file.signed_not_replaced")


def test_a_table_of_resources_replaces_only_csv(bank: Bank, tmp_path: Path) -> None:
    other = tmp_path / "other.mlops"
    other.write_bytes(b"a workspace")
    refused = bank.json("resources", "--csv", str(other), "--overwrite")
    assert (refused.code, refused.error["code"]) == (2, "file.not_replaced")
    assert other.read_bytes() == b"a workspace"


def test_a_text_replaces_only_text(bank: Bank, tmp_path: Path) -> None:
    out, other = tmp_path / "root.pem", tmp_path / "other.mlops"
    other.write_bytes(b"SQLite format 3\0")
    assert bank.run("dossier", "authority", "--out", str(out)).code == 0
    assert bank.run("dossier", "authority", "--out", str(out)).code == 0
    refused = bank.json("dossier", "authority", "--out", str(other))
    assert (refused.code, refused.error["code"]) == (2, "file.text_not_replaced")
    assert other.read_bytes() == b"SQLite format 3\0"

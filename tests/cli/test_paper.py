"""Lists go to paper from the command line: the same columns, every row, what was asked."""

from pathlib import Path

import pypdfium2

from tests.cli.conftest import Bank


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_a_list_is_printed_beside_its_answer(bank: Bank, tmp_path: Path) -> None:
    out = tmp_path / "models.pdf"
    asked = ("models", "list", "--scope", "all", "--filter", "owner:olga")
    plain = bank.run(*asked)
    done = bank.run(*asked, "--print", str(out))
    assert (done.code, done.out) == (plain.code, plain.out)
    text = text_of(out)
    for said in (
        "Model inventory",
        "PD Retail",
        "Filter: owner:olga; all, closed and retired ones too",
        "not sealed",
    ):
        assert said in text, said
    assert all(head in text for head in ("Name", "State", "Tier", "Owner", "Next review"))
    assert bank.run(*asked, "--print", str(out), "--lang", "de").out == plain.out
    german = ("Modellinventar", "Risikoklasse", "Zustand", "alle, auch abgeschlossene")
    assert all(said in text_of(out) for said in german)
    assert "--" not in text_of(out)
    day = bank.run("models", "list", "--as-of", "2020-01-01", "--print", str(out), "--json")
    assert day.document == []
    assert "As of 1 Jan 2020" in text_of(out)
    assert "0 rows" in text_of(out)


def test_only_lists_are_printed_and_where_nothing_can_be_written_it_is_said(
    bank: Bank, tmp_path: Path
) -> None:
    assert bank.run("models", "show", "M-00001", "--print", str(tmp_path / "x.pdf")).code == 2
    assert not (tmp_path / "x.pdf").exists()
    done = bank.json("models", "list", "--print", str(tmp_path / "no" / "x.pdf"))
    assert (done.code, done.error["code"]) == (3, "file.not_written")

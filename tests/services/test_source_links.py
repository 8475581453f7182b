"""A fact leads below its source's configured address, and nowhere else."""

from pathlib import Path

import pytest

from mlops_desktop.services.source_links import link_to

BASE = "https://mlflow.elbmark.example/ml"


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("#/experiments/1/runs/ab", f"{BASE}/#/experiments/1/runs/ab"),
        ("/jobs/konten?run=1", f"{BASE}/jobs/konten?run=1"),
        ("Läufe/ä b", f"{BASE}/L%C3%A4ufe/%C3%A4%20b"),
        ("//evil.example/x", f"{BASE}/evil.example/x"),
        ("https://evil.example/x", None),
        ("javascript:alert(1)", f"{BASE}/javascript:alert(1)"),
        ("../../admin", None),
        ("a/../../../b", None),
        ("a\\..\\b", None),
        ("a\u202eb", None),
        ("a\nb", None),
        ("", None),
        (None, None),
    ],
)
def test_only_below_the_address(path: str | None, link: str | None) -> None:
    assert link_to(BASE, path) == link


def test_without_an_address_or_with_one_of_another_kind_there_is_none() -> None:
    assert link_to(None, "x") is None
    assert link_to("recording:mlflow", "x") is None
    assert link_to("postgresql://scores.example/risk", "x") is None


def test_a_folder_gives_what_lies_in_it(tmp_path: Path) -> None:
    inside, outside = tmp_path / "lager", tmp_path / "geheim.txt"
    inside.mkdir()
    (inside / "läufe.ndjson").write_text("{}", encoding="utf-8")
    outside.write_text("x", encoding="utf-8")
    assert link_to(str(inside), "läufe.ndjson") == (inside / "läufe.ndjson").resolve().as_uri()
    assert link_to(str(inside), "../geheim.txt") is None
    assert link_to(str(inside), str(outside)) is None
    assert link_to(str(inside), "fehlt.ndjson") is None
    (inside / "weg").symlink_to(outside)
    assert link_to(str(inside), "weg") is None

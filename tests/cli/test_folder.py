"""A folder by commands: added with a mapping, tested, read, and what was refused said by name."""

from pathlib import Path

from tests.cli.conftest import Bank
from tests.sources.folders import Inbox

JUNIT = "pytest-9.2_2026-11-23_junit.xml"
MAPPING = ("--set", "column.value=Wert", "--set", "column.time=Tag", "--set", "model=PD Retail")


def test_a_folder_is_added_tested_and_read(bank: Bank, tmp_path: Path) -> None:
    inbox = Inbox(tmp_path / "eingang")
    inbox.capture(JUNIT)
    inbox.put("psi.csv", "Tag;Wert\n01.07.2026;0,1\n")
    url = str(inbox.root)
    unknown = bank.json("sources", "add", "folder", "in", "--url", url, "--set", "colour=red")
    assert unknown.document["error"]["code"] == "source.unknown_setting"
    assert bank.run("sources", "add", "folder", "in", "--url", url, *MAPPING).code == 0
    tested = bank.json("sources", "test", "in")
    assert (tested.code, tested.document["visible"]) == (0, {"junit": "1", "table": "1"})
    counts = bank.json("sources", "sync", "in").document["in"]
    assert (counts["read"], counts["new"], counts["refusals"]) == (2, 2, [])
    inbox.put("kaputt.xml", "<testsuite>\n<")
    tested = bank.json("sources", "test", "in")
    assert (tested.code, tested.document["ok"]) == (3, False)
    assert "kaputt.xml:2" in tested.document["failures"][0]["detail"]
    again = bank.run("sources", "sync", "in")
    assert again.code == 0
    assert "refused: kaputt.xml:2 (unclosed token): The file is damaged." in again.out
    kinds = {one["id"]: one for one in bank.json("sources", "kinds").document}
    assert kinds["folder"]["address"] == "path"

"""Reports by the command line, as cron calls it."""

from pathlib import Path

from tests.cli.conftest import Bank


def test_what_is_due_is_drafted_once_and_exit_codes_tell(bank: Bank, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    plan = ("report", "plan", "add", "board", "--every", "working-day", "--after", "0")
    dates = ("--dated", "due-day", "--lang", "de", "--to", "Dr. Harms", "--folder", str(out))
    added = bank.json(*plan, *dates, "--title", "An den Vorstand")
    assert (added.code, added.document["kind"]) == (0, "board")
    assert added.document["recipients"] == ["Dr. Harms"]
    ran = bank.json("report", "run", "board")
    assert (ran.code, ran.document[0]["outcome"]) == (0, "drafted")
    assert [Path(name).name for name in ran.document[0]["files"]] == [
        path.name for path in out.iterdir()
    ]
    again = bank.json("report", "run", "board").document
    assert [one["outcome"] for one in again] == ["done_before"]
    assert bank.json("report", "run", "--due").code == 0
    (drafted,) = bank.json("report", "list").document
    assert (drafted["plan"], drafted["kind"], drafted["language"]) == ("board", "board", "de")
    (shown,) = bank.json("report", "plan", "list").document
    assert (shown["to_draft"], bool(shown["next_due"])) == ([], True)
    assert bank.run("report", "plan", "show", "board").out.count("An den Vorstand") == 1
    changed = bank.json("report", "plan", "change", "board", "--after", "3", "--reason", "später")
    assert changed.document["after"] == 3

    lost = bank.json("report", "plan", "add", "lost", "--dated", "due-day")
    assert lost.code == 0
    refused = bank.json("report", "run", "lost")
    assert (refused.code, refused.document[0]["error"]["code"]) == (2, "report.no_folder")
    some = bank.json("report", "plan", "add", "other", "--dated", "due-day", "--folder", str(out))
    assert some.code == 0
    mixed = bank.json("report", "run", "lost", "other")
    assert (mixed.code, [one["outcome"] for one in mixed.document]) == (1, ["failed", "drafted"])
    assert "report.no_folder" not in bank.run("report", "run", "lost").out  # told in words
    assert bank.json("report", "run", "nobody").error["code"] == "report.unknown_plan"
    assert bank.json("report", "plan", "end", "lost").document["ended"] is True


def test_a_validation_is_drafted_as_a_document(bank: Bank, tmp_path: Path) -> None:
    opened = bank.json(
        "validations", "open", "--model", "M-00001", "--title", "Erstvalidierung", "--cause",
        "initial", "--owner", "Berta Büche", "--due", "2096-12-15",
    ).document  # fmt: skip
    out = tmp_path / "draft.docx"
    wanted = ("report", "draft", "validation", opened["id"], "--out", str(out), "--lang", "de")
    done = bank.json(*wanted)
    assert (done.code, done.document["kind"], out.exists()) == (0, "validation", True)
    assert bank.json(*wanted).error["code"] == "dossier.file_exists"
    missing = ("report", "draft", "meeting", "K-00001", "--out", str(tmp_path / "m.docx"))
    assert bank.json(*missing).error["code"] == "meeting.not_found"

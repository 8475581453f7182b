"""Starting: what is imported, and what happens without a command."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click import Context

from mlops_desktop.cli.app import root
from mlops_desktop.cli.commands import Group
from mlops_desktop.cli.display import has_display
from tests.cli.program import invoke, spawn
from tests.support.surroundings import ROOT

HEAVY = {"sqlalchemy", "alembic", "PySide6", "matplotlib", "reportlab", "pandas", "cryptography"}
IMPORTED = """
import sys
class Watch:
    def __init__(self): self.seen = []
    def find_spec(self, name, path=None, target=None):
        self.seen.append(name.split(".")[0])
        if name == "PySide6":
            print(sorted(set(self.seen))); sys.stdout.flush(); raise SystemExit(0)
watch = Watch()
sys.meta_path.insert(0, watch)
from mlops_desktop.__main__ import main
main(sys.argv[1:])
print(sorted(set(watch.seen)))
"""


def imported(*arguments: str) -> set[str]:
    """Return the packages a start imports, up to Qt's first."""
    command = [sys.executable, "-c", IMPORTED, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1].replace("'", '"')))


@pytest.mark.parametrize("arguments", [("--help",), ("models", "--help"), ("--version",)])
def test_help_imports_nothing_heavy(arguments: tuple[str, ...]) -> None:
    found = imported(*arguments)
    assert "click" in found
    assert found & HEAVY == set()


@pytest.mark.parametrize("arguments", [(), ("-w", "x"), ("--workspace=x",)])
def test_the_window_imports_qt_first(arguments: tuple[str, ...]) -> None:
    found = imported(*arguments)
    assert "PySide6" in found
    assert found & (HEAVY | {"click"}) == {"PySide6"}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
def test_without_a_display_the_window_says_so() -> None:
    nothing = dict.fromkeys(("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"), "")
    done = spawn(env=nothing)
    assert (done.code, done.out) == (3, "")
    assert "no display" in done.err


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
def test_a_display_is_one_of_three(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert not has_display()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert has_display()


def test_every_command_has_a_help_of_its_own() -> None:
    context = Context(root)
    for noun in root.list_commands(context):
        group = root.get_command(context, noun)
        names = group.list_commands(context) if isinstance(group, Group) else ()
        for line in ((noun,), *((noun, name) for name in names)):
            done = invoke(*line, "--help")
            assert done.code == 0
            assert "Common options:" in done.out
            assert "[default: CURRENT]" not in done.out  # as it is typed: current


def test_the_nouns_of_the_contract_are_there() -> None:
    words = "init people models candidates sources approvals dossier ledger demo self-check"
    wanted = words.split()
    assert set(wanted) <= set(root.list_commands(Context(root)))


def test_common_options_stand_before_or_after_the_command() -> None:
    place = ("-w", "/no/where.mlops")
    for line in (("--json", *place, "models", "list"), ("models", "--json", *place, "list")):
        assert invoke(*line).error["where"] == "/no/where.mlops"
    assert invoke("models", "list", *place, "--json").error["where"] == "/no/where.mlops"
    later = invoke("-w", "/no/other", "models", "list", *place, "--json")
    assert later.error["where"] == "/no/where.mlops"


def test_an_installation_proves_itself() -> None:
    done = invoke("self-check", "--json")
    document = done.document
    assert [one["id"] for one in document["steps"]] == [
        "workspace",
        "ledger",
        "languages",
        "chart",
        "dossier",
    ]
    assert (done.code, document["ok"]) == (0, True), document


def test_the_sample_bank_is_not_built_over_something(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep")
    done = invoke("demo", "--out", str(tmp_path), "--no-window", "--json")
    assert (done.code, done.error["code"]) == (2, "demo.folder_in_use")
    assert [file.name for file in tmp_path.iterdir() if file.name != "home"] == ["mine.txt"]

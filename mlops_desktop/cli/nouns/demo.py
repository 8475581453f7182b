"""A sample bank to look at."""

import sys
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlops_desktop.cli.answer import DONE, NO, Answer, Document
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Command
from mlops_desktop.cli.display import has_display
from mlops_desktop.cli.printing import print_answer
from mlops_desktop.cli.progress import progress
from mlops_desktop.cli.text import pairs, section

if TYPE_CHECKING:
    from mlops_desktop.services.demo import DemoResult

_FOLDER = "mlops-desktop-demo"


@click.command("demo", cls=Command)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help=f"A new or empty folder; ./{_FOLDER} unless said.",
)
@click.option("--no-window", is_flag=True, help="Do not open the window; nor does --json.")
@click.option("--lang", type=click.Choice(["en", "de"]), default="en", show_default=True)
@pass_call
def command(call: Call, out: Path | None, no_window: bool, lang: str) -> Answer | int:
    """Build a sample bank, export and verify a signed dossier, open the window.

    Needs no network. Its keys are throw-away, lie in its folder and nowhere else.
    """
    from mlops_desktop.services.demo import build_demo, surroundings

    folder = out or _free_folder()
    with progress() as report:
        result = build_demo(folder, report, lang)
    answer = Answer(_document(result), _text(result), DONE if _is_good(result) else NO)
    if no_window or call.as_json or call.show_window is None or not has_display():
        return answer
    print_answer(answer, as_json=False)
    with surroundings(folder):
        return call.show_window(str(result.place)) or answer.code


def _free_folder() -> Path:
    names = (Path(_FOLDER if number == 1 else f"{_FOLDER}-{number}") for number in count(1))
    return next(folder for folder in names if not folder.exists())


def _is_good(result: "DemoResult") -> bool:
    return result.is_sound and result.verdict == "valid" and result.altered_verdict == "changed"


def _document(result: "DemoResult") -> Document:
    from mlops_desktop.services.wording import read_words

    words = read_words("en")
    return {
        "ok": _is_good(result),
        "folder": str(result.folder),
        "workspace": str(result.place),
        "home": str(result.home),
        "key_file": str(result.key_file),
        "people_file": str(result.people_file),
        "dossier": str(result.dossier),
        "verdict": result.verdict,
        "altered": str(result.altered),
        "altered_verdict": result.altered_verdict,
        "drawer": [str(path) for path in result.drawer],
        "extract": str(result.extract),
        "events": result.events,
        "is_sound": result.is_sound,
        "people": list(result.people),
        "waiting": [
            {"role": one.role.value, "person": one.person, "text": one.text(words)}
            for one in result.waiting
        ],
    }


def _text(result: "DemoResult") -> str:
    from mlops_desktop.services.wording import read_words

    words = read_words("en")
    told = pairs(
        [
            ("Workspace", result.place),
            ("Its key", f"{result.key_file} (throw-away, made for this folder)"),
            ("Persons", f"{result.people_file} (with their throw-away passphrases)"),
            ("Ledger", f"{result.events} events, {'sound' if result.is_sound else 'NOT SOUND'}"),
            ("Dossier", f"{result.dossier}\n{result.verdict}"),
            ("Altered copy", f"{result.altered}\n{result.altered_verdict} (one byte differs)"),
            ("Earlier", "\n".join(str(path) for path in result.drawer)),
            ("Extract", f"{result.extract}\nopened by Henning Groß's passphrase alone"),
        ]
    )
    waiting = pairs((one.person, one.text(words)) for one in result.waiting)
    opening = section("Open it again", _opening(result))
    return told + section("What waits for whom", waiting) + opening


def _opening(result: "DemoResult") -> str:
    """Return what to type into this system's shell."""
    start = f"mlops-desktop -w '{result.place}'"
    if sys.platform == "win32":
        home = f"$env:MLOPS_DESKTOP_HOME = '{result.home}'"
        key = f"$env:MLOPS_DESKTOP_WORKSPACE_KEY = (Get-Content '{result.key_file}').Trim()"
        return f"{home}\n{key}\n{start}"
    home = f"export MLOPS_DESKTOP_HOME='{result.home}'"
    key = f"export MLOPS_DESKTOP_WORKSPACE_KEY=$(cat '{result.key_file}')"
    return f"{home}\n{key}\n{start}"

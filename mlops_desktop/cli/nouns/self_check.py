"""Proves an installation."""

import platform
from typing import TYPE_CHECKING

import click

from mlops_desktop import __version__
from mlops_desktop.cli.answer import DONE, NO, Answer, Document
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Command
from mlops_desktop.cli.failures import failure_of
from mlops_desktop.cli.printing import print_line

if TYPE_CHECKING:
    from mlops_desktop.services.self_check import Checked


@click.command("self-check", cls=Command)
@pass_call
def command(call: Call) -> Answer:
    """Prove this installation: database, languages, a chart, a signed and verified PDF.

    Works in a temporary folder with throw-away keys; needs neither keyring nor display. Exit 1
    where a step fails.
    """
    from mlops_desktop.services.self_check import run_checks

    about = f"MLOps Desktop {__version__}, Python {platform.python_version()}"
    if not call.as_json:
        print_line(f"{about}, {platform.platform()}\nThrow-away keys in a folder of its own.")
    found: list[Document] = []
    for checked in run_checks():
        found.append(_document(checked))
        if not call.as_json:
            print_line(_line(checked))
    ok = all(one["ok"] for one in found)
    document: Document = {
        "ok": ok,
        "version": __version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "steps": found,
    }
    text = "Everything works." if ok else "Something does not work here."
    return Answer(document, text, DONE if ok else NO)


def _document(checked: "Checked") -> Document:
    failure = failure_of(checked.error) if checked.error is not None else None
    detail = checked.detail if failure is None else f"{failure.message} {failure.remedy}"
    return {"id": checked.name, "ok": failure is None, "detail": detail}


def _line(checked: "Checked") -> str:
    told = _document(checked)
    return f"{'ok    ' if told['ok'] else 'FAILED'}  {checked.name:<10}  {told['detail']}"

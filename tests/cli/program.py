"""The program as a script sees it: arguments in; exit code, stdout and stderr out."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import click
from click.testing import CliRunner

from mlops_desktop.cli.app import run
from tests.support.canaries import canary, look
from tests.support.surroundings import ROOT

KEY = canary("a workspace's key", "c0ffee2a" * 8)
PASSPHRASES = {
    name: canary(f"the passphrase of {name}", secret)
    for name, secret in {
        "ANNA": "Kanarie-amsel-drossel-1",
        "BERTA": "Kanarie-buche-eiche-22",
        "CARL": "Kanarie-clasen-kai-333",
    }.items()
}
ANNA, BERTA, CARL, OLGA = "Anna Amsel", "Berta Büche", "Carl Clasen", "Olga Owner"


@dataclass(frozen=True)
class Done:
    """What a command left: exit code, answer, messages."""

    code: int
    out: str
    err: str

    def __post_init__(self) -> None:
        """Look for secrets in whatever was printed."""
        look("the output", self.out)
        look("the error output", self.err)

    @property
    def document(self) -> Any:
        """The one JSON document on stdout; fails for anything else there."""
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, Any]:
        """The error of the document, its keys checked."""
        assert self.err == ""
        (name,) = self.document
        assert name == "error"
        error: dict[str, Any] = self.document["error"]
        assert {"code", "message", "remedy", "where"} <= set(error)
        assert error["message"], error
        assert error["remedy"], error
        return error


class _Entry(click.Command):
    """Lets click's runner call what ``__main__`` calls."""

    def main(self, *_: Any, **given: Any) -> Any:
        sys.exit(run(list(given["args"])))


def invoke(*arguments: str, charset: str = "utf-8") -> Done:
    """Run a command line in this process, with streams of that encoding."""
    result = CliRunner(charset=charset).invoke(_Entry("mlops-desktop"), list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return Done(result.exit_code, result.stdout, result.stderr)


def start(
    *arguments: str, env: Mapping[str, str] | None = None, **settings: Any
) -> subprocess.Popen[bytes]:
    """Start the program as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "mlops_desktop", *arguments],
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **settings,
    )


def spawn(*arguments: str, env: Mapping[str, str] | None = None) -> Done:
    """Run the program as a process of its own, to its end."""
    process = start(*arguments, env=env, stdin=subprocess.DEVNULL)
    out, err = process.communicate(timeout=100)
    encoding = (env or {}).get("PYTHONIOENCODING", "utf-8")
    return Done(process.returncode, out.decode(encoding), err.decode(encoding))

"""``python -m tests.benchmarks [NAME …] [--write]``: measure, and keep the tables in the docs.

Every file of this folder with a function ``measure`` is a benchmark; its first docstring line says
what it measures. ``--write`` replaces the table between the marks of its name in
``docs/benchmarks.md``.
"""

import argparse
import importlib
import pkgutil
import platform
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

from tests import benchmarks
from tests.benchmarks.measuring import table

_DOCUMENT = Path(__file__).parents[2] / "docs" / "benchmarks.md"


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmarks named, or all; 1 where one is over its limit."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    found = _find()
    parser.add_argument("names", nargs="*", help=f"of {', '.join(found)}; all of them without one")
    parser.add_argument("--write", action="store_true", help="keep the tables in the docs")
    given = parser.parse_args(arguments)
    if unknown := set(given.names) - set(found):
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    is_over = False
    for name in given.names or found:
        lines = found[name].measure()
        shown = f"`python -m tests.benchmarks {name}`, {_circumstances()}\n\n{table(lines)}"
        print(f"## {_title(found[name])}\n\n{shown}\n", flush=True)
        if given.write:
            _write(name, shown)
        is_over = is_over or any("over" in line.verdict for line in lines)
    return int(is_over)


def _find() -> dict[str, ModuleType]:
    modules = (
        importlib.import_module(f"{benchmarks.__name__}.{found.name}")
        for found in pkgutil.iter_modules(benchmarks.__path__)
        if not found.name.startswith("_")
    )
    named = {module.__name__.rpartition(".")[2]: module for module in modules}
    return {name: module for name, module in named.items() if hasattr(module, "measure")}


def _title(module: ModuleType) -> str:
    return (module.__doc__ or "").partition("\n")[0]


def _circumstances() -> str:
    day = datetime.now(UTC).date().isoformat()
    return f"{day}, {platform.system()}, Python {platform.python_version()}"


def _write(name: str, text: str) -> None:
    document = _DOCUMENT.read_text(encoding="utf-8")
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    if begin not in document:
        raise SystemExit(f"{_DOCUMENT} has no place for it: {begin} … {end}")
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    made = pattern.sub(lambda _: f"{begin}\n{text}\n{end}", document)
    _DOCUMENT.write_text(made, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())

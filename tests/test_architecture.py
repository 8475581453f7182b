"""The house's rules that no other tool checks, and the directions that import-linter does."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest

import mlops_desktop
from tests.support.surroundings import ROOT

PACKAGE = Path(mlops_desktop.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
LOCKS = [ROOT / "requirements.lock", *sorted((ROOT / "tests" / "peers").glob("*.lock"))]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
OUTSIDE_WORLD = {"asyncio", "http", "io", "logging", "os", "pathlib", "random", "secrets", "shutil"}
OUTSIDE_WORLD |= {"socket", "sqlite3", "ssl", "subprocess", "tempfile", "threading", "time"}
LONGEST_FILE = 300
LONGEST_FUNCTION = 30


@dataclass(frozen=True)
class Read:
    """What the rules ask of a file: the modules it imports, its functions and their lines."""

    imports: tuple[str, ...]
    functions: tuple[tuple[str, int], ...]


@cache
def read(file: Path) -> Read:
    nodes = list(ast.walk(ast.parse(file.read_text("utf-8"))))
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef)]
    sizes = (
        (f"{file.relative_to(ROOT)}:{node.lineno} {node.name}", size(node)) for node in functions
    )
    return Read(tuple(name for node in nodes for name in imported_by(node)), tuple(sizes))


def imported_by(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield node.module


def size(function: ast.FunctionDef) -> int:
    """Return the number of a function's lines, its docstring not counted."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_imports_point_down_only() -> None:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as run; run()",
    ]
    done = subprocess.run(
        [*command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_core_is_standard_library_only_and_does_no_io() -> None:
    allowed = sys.stdlib_module_names - OUTSIDE_WORLD
    strange = {
        f"{file.name}: {name}"
        for file in sorted((PACKAGE / "core").rglob("*.py"))
        for name in read(file).imports
        if name.split(".")[0] not in allowed and not name.startswith("mlops_desktop.core")
    }
    assert strange == set()


def test_every_library_that_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = [line for extra in project["optional-dependencies"].values() for line in extra]
    declared = {
        re.split(r"[\[<>=; ]", line)[0].lower().replace("_", "-")
        for line in (*project["dependencies"], *extras)
    }
    brought = metadata.packages_distributions()
    used = {name.split(".")[0] for file in FILES for name in read(file).imports}
    undeclared = {
        name
        for name in used - sys.stdlib_module_names - {"mlops_desktop", "shiboken6"}
        if not declared & {found.lower().replace("_", "-") for found in brought.get(name, [name])}
    }
    assert undeclared == set()


def test_only_the_jobs_of_the_window_make_threads() -> None:
    makers = {"threading", "concurrent", "multiprocessing", "asyncio"}
    strange = {
        str(file.relative_to(PACKAGE))
        for file in FILES
        if any(name.split(".")[0] in makers for name in read(file).imports)
    }
    assert strange <= {"ui/jobs.py"}


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    sizes = {file: len(file.read_text("utf-8").splitlines()) for file in FILES}
    assert {str(file): size for file, size in sizes.items() if size > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    told = {name: lines for file in FILES for name, lines in read(file).functions}
    assert {name: lines for name, lines in told.items() if lines > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_has_hashes_and_no_download_address(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert not re.search(r"https?:|file:|find-links|index-url|\s@\s", text)
    pinned = re.findall(r"^[\w.-]+(?:\[[\w,]+\])?==", text, re.MULTILINE)
    starts = re.findall(r"^[a-zA-Z0-9].*$", text, re.MULTILINE)
    hashed = re.findall(r"^[a-zA-Z0-9].*==.*\\\n    --hash=sha256:", text, re.MULTILINE)
    assert len(pinned) == len(starts) == len(hashed) > 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8"))
    inside = [link for link in links if "://" not in link]
    assert [link for link in inside if not (page.parent / link).exists()] == []


def test_qt_takes_no_reference_of_none() -> None:
    """PySide6 6.12.0 loses one with every call, until Python 3.11 aborts after some 5,200."""
    if sys.version_info >= (3, 12):
        pytest.skip("None is immortal from Python 3.12 on: it has no count to lose")
    from PySide6.QtCore import QObject

    thing, before = QObject(), sys.getrefcount(None)
    for _ in range(3000):
        thing.setObjectName("x")
        thing.property("nothing")
    assert abs(sys.getrefcount(None) - before) < 100

"""Sources by name: files of the package, and entry points of other distributions."""

import ast
from importlib import import_module
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.outside.http_faults import Fault, Reason
from mlops_desktop.services.sources import list_kinds
from mlops_desktop.services.wording import LANGUAGES, read_words
from mlops_desktop.sources import catalog
from mlops_desktop.sources.base import (
    Connection,
    Credentials,
    Description,
    SignatureReader,
    Source,
)
from mlops_desktop.sources.observations import FailureCode


def _install(monkeypatch: pytest.MonkeyPatch, *points: tuple[str, str]) -> None:
    found = EntryPoints(EntryPoint(name, value, catalog.GROUP) for name, value in points)
    monkeypatch.setattr(catalog, "entry_points", found.select)


def _open(kind: str) -> Source:
    connection = Connection("one", kind, "https://mlflow.example")
    return catalog.open_source(connection, Credentials(), lambda: False)


def test_the_files_of_the_package_are_sources() -> None:
    assert "mlflow" in catalog.list_kinds()
    source = _open("mlflow")
    source.close()
    assert isinstance(source, SignatureReader)
    for kind in catalog.list_kinds():
        assert kind == kind.lower()
        assert isinstance(catalog.describe(kind), Description), f"{kind} is no source"


def test_another_distribution_adds_one(monkeypatch: pytest.MonkeyPatch) -> None:
    _install(monkeypatch, ("bank-register", "mlops_desktop.sources.mlflow:open_source"))
    assert "bank-register" in catalog.list_kinds()
    _open("bank-register").close()


@pytest.mark.parametrize(
    ("points", "kind", "code"),
    [
        ([], "excel", "source.unknown_kind"),
        ([], "base", "source.unknown_kind"),
        ([("mlflow", "evil:open")], "mlflow", "source.kind_twice"),
        ([("a", "x:y"), ("a", "z:y")], "a", "source.kind_twice"),
        ([("a", "no_such_module_anywhere:open")], "a", "source.plugin_broken"),
    ],
)
def test_refuses_what_is_not_one_source(
    monkeypatch: pytest.MonkeyPatch, points: list[tuple[str, str]], kind: str, code: str
) -> None:
    _install(monkeypatch, *points)
    with pytest.raises(AppError) as refused:
        _open(kind)
    assert refused.value.code == code


def test_an_extension_that_breaks_on_opening_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    _install(monkeypatch, ("bank-register", "builtins:len"))
    with pytest.raises(AppError, match=r"source\.plugin_broken"):
        _open("bank-register")


def test_a_broken_extension_takes_no_other_kind_away(monkeypatch: pytest.MonkeyPatch) -> None:
    _install(monkeypatch, ("a", "no_such_module_anywhere:open"))
    kinds = list_kinds()
    assert "mlflow" in kinds
    assert "a" not in kinds


def _codes_raised() -> set[str]:
    root = Path(catalog.__file__).parent
    files = [*root.rglob("*.py"), *(root.parent / "outside").glob("http*.py")]
    calls = [
        node
        for file in files
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "AppError"
    ]
    return {call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)}  # type: ignore[misc]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_failure_and_error_has_its_words(language: str) -> None:
    words = read_words(language)
    parts = ("message", "meaning", "remedy")
    codes = _codes_raised()
    assert "source.bad_ca_file" in codes
    wanted = {f"failures.{code}.{part}" for code in FailureCode for part in parts}
    wanted |= {f"errors.{code}.{part}" for code in codes for part in parts}
    wanted |= {f"failures.reasons.{reason}" for reason in Reason}
    assert not wanted - words.sentences.keys()


def test_faults_of_the_client_are_failures_of_a_source() -> None:
    assert {fault.value for fault in Fault} == {code.value for code in FailureCode}


def test_every_kind_that_is_offered_can_be_opened() -> None:
    for name in catalog._built_in().values():
        assert callable(import_module(f"mlops_desktop.sources.{name}").open_source)

"""What the package hands on: each part is named for the type checker and found when asked for."""

import ast
from pathlib import Path

import pytest

from mlops_desktop.services import dossiers

_PACKAGE = "mlops_desktop.services.dossiers."
_SOURCE = ast.parse(Path(dossiers.__file__).read_text("utf-8"))
_TYPED = {
    (node.module.removeprefix(_PACKAGE), one.name)
    for node in ast.walk(_SOURCE)
    if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(_PACKAGE)
    for one in node.names
}
_FOUND = {(module, name) for module, names in dossiers._PARTS.items() for name in names}


def test_the_table_and_the_types_name_the_same_parts_and_nothing_does_so_again() -> None:
    assert _TYPED == _FOUND
    assert not hasattr(dossiers, "__all__")


@pytest.mark.parametrize("name", sorted(name for _, name in _FOUND))
def test_each_part_is_found_when_it_is_asked_for(name: str) -> None:
    assert getattr(dossiers, name).__name__ == name

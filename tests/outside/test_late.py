"""A library is imported with its first use, and asked for each name once."""

import sys

import pytest

from mlops_desktop.outside.late import Late


def test_a_library_is_imported_when_a_name_of_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    library = Late("colorsys")
    assert "colorsys" not in sys.modules
    assert library.rgb_to_hsv is library.rgb_to_hsv
    assert "colorsys" in sys.modules
    with pytest.raises(AttributeError):
        _ = library.no_such_name

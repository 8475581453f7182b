"""A label of a dossier is made of words of both languages, and stands once where they agree."""

import pytest

from mlops_desktop.services.dossiers.labels import label_in_both


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("versions.of", "A-00001, Version 7"),
        ("due_label.approval", "A-00001, version 7\nA-00001, Version 7"),
    ],
)
def test_what_both_languages_write_alike_stands_once(key: str, told: str) -> None:
    assert label_in_both(key, what="A-00001", request="A-00001", version="7") == told

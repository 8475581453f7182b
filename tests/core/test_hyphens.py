"""Where a line may end inside a word."""

import pytest

from mlops_desktop.core.hyphens import SOFT_HYPHEN, with_hyphens


@pytest.mark.parametrize(
    ("word", "parts"),
    [("Risikoklasse", "Risi-ko-klasse"), ("Beurteilung", "Beur-tei-lung"), ("Nachweise", "")],
)
def test_a_word_ends_a_line_before_what_is_spoken_together(word: str, parts: str) -> None:
    assert with_hyphens(word).replace(SOFT_HYPHEN, "-") == (parts or word)

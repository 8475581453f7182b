import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.wording import Words
from tests.core.strategies import texts

WORDS = Words(
    "en",
    {
        "plain": "Nothing to fill: 100 %",
        "told": "{person} has {n} models",
        "models.one": "{n} model",
        "models.other": "{n} models",
    },
)


@given(texts, st.integers())
def test_parameters_are_shown_as_they_are(person: str, n: int) -> None:
    assert WORDS.text("told", person=person, n=n) == f"{person} has {n} models"


def test_what_a_parameter_holds_is_never_read_as_a_place() -> None:
    assert WORDS.text("told", person="{n}", n=3) == "{n} has 3 models"


def test_a_missing_parameter_shows_its_place_instead_of_failing() -> None:
    assert WORDS.text("told", n=3) == "{person} has 3 models"


def test_text_without_places_stays_as_it_is() -> None:
    assert WORDS.text("plain", n=1) == "Nothing to fill: 100 %"


@pytest.mark.parametrize(
    "place", ["{person.__class__}", "{person[0]}", "{person.upper}", "{0}", "{}", "{a b}"]
)
def test_a_sentence_reaches_no_attribute_or_item_of_a_parameter(place: str) -> None:
    words = Words("en", {"told": f"by {place}"})
    with pytest.raises(ValueError, match="plain parameter"):
        words.text("told", person="Jonas Brandt")


@pytest.mark.parametrize(("number", "told"), [(0, "0 models"), (1, "1 model"), (2, "2 models")])
def test_counting(number: int, told: str) -> None:
    assert WORDS.count("models", number) == told


def test_an_unknown_sentence_is_an_error_of_the_program() -> None:
    assert "nowhere" not in WORDS
    with pytest.raises(KeyError):
        WORDS.text("nowhere")


@pytest.mark.parametrize(
    ("number", "told"),
    [(0, "es fehlen 0 Freigaben"), (1, "es fehlt 1 Freigabe"), ("1", "es fehlt 1 Freigabe"),
     (11, "es fehlen 11 Freigaben"), ("1.000", "es fehlen 1.000 Freigaben")],
    ids=repr,
)  # fmt: skip
def test_a_sentence_agrees_with_its_number(number: int | str, told: str) -> None:
    words = Words("de", {"left": "es {n:fehlt|fehlen} {n} {n:Freigabe|Freigaben}"})
    assert words.text("left", n=number) == told


def test_a_form_of_a_missing_number_is_that_of_many() -> None:
    words = Words("en", {"left": "{n} {n:model|models}"})
    assert words.text("left") == "{n} models"

"""Both sides of a conflict in words: what was done and what each field is called."""

import pytest

from mlops_desktop.services.copies.sharing import Sides
from mlops_desktop.ui.pages.sharing.said import side_groups
from mlops_desktop.ui.window import Window

REQUEST = Sides(
    mine={"step": "withdraw", "reason": "Selbst gefunden."},
    theirs={"step": "answer", "details.answer": "Im Archiv."},
)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", {"Step": ("Withdrawn", "Answered"), "Answer": ("nothing", "Im Archiv.")}),
        ("de", {"Schritt": ("Zurückgezogen", "Beantwortet"), "Antwort": ("nichts", "Im Archiv.")}),
    ],
)
def test_an_item_moved_twice_is_told_in_its_own_words(
    window: Window, language: str, told: dict[str, tuple[str, str]]
) -> None:
    window.context.language.use(language)
    groups = side_groups(window.context, REQUEST, "request")
    said = {group.title: tuple(fact.value for fact in group.facts) for group in groups}
    assert {name: said[name] for name in told} == told


def test_a_step_without_a_word_stands_as_it_is(window: Window) -> None:
    sides = Sides(mine={"step": "2"}, theirs={"step": "1"})
    (group,) = side_groups(window.context, sides, "approval")
    assert [fact.value for fact in group.facts] == ["2", "1"]


def test_only_what_differs_is_told(window: Window) -> None:
    same = {"details.line": "Privatkunden", "details.vendor": "Eigenbau"}
    sides = Sides(mine={**same, "details.vendor": "Haus"}, theirs=same)
    (group,) = side_groups(window.context, sides, "model")
    assert [fact.value for fact in group.facts] == ["Haus", "Eigenbau"]
    (group,) = side_groups(window.context, Sides(same, same), "model")
    assert (group.lead, group.facts) == ("Both sides say the same.", ())

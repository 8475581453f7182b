"""What the cover says of a model's standing at a glance."""

from dataclasses import replace

import pytest

from mlops_desktop.core.wording import Words
from mlops_desktop.dossier.content import Section
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.pages.cover import _states
from mlops_desktop.dossier.pages.sheet import Sheet
from mlops_desktop.services.wording import read_words
from tests.dossier.sample import INVENTORY, code, content, with_facts


def _cover(language: str, state: str, approval: str) -> list[str]:
    standing = {"state": state, "approval": approval}
    changed = tuple(
        code(one.name, standing[one.name]) if one.name in standing else one
        for one in INVENTORY[0].fields
    )
    inventory: tuple[Section, ...] = (replace(INVENTORY[0], fields=changed), *INVENTORY[1:])
    made = with_facts(content(language), inventory=inventory)
    words: Words = read_words(language)
    told = _states(Sheet(made.document, made.facts, Language(words), ()))
    return [said for _, said in told]


@pytest.mark.parametrize("approval", ["approved", "interim", "conditional", "approved_in_part"])
@pytest.mark.parametrize(
    ("language", "told"), [("en", "its use is suspended"), ("de", "der Einsatz ist ausgesetzt")]
)
def test_an_approval_of_a_suspended_model_does_not_stand_alone(
    language: str, told: str, approval: str
) -> None:
    assert told in " ".join(_cover(language, "suspended", approval))
    assert told not in " ".join(_cover(language, "production", approval))
    assert told not in " ".join(_cover(language, "suspended", "expired"))

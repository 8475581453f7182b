"""The chapter on business goals: a goal that nothing measures is not met."""

from mlops_desktop.core.asof import NOW
from mlops_desktop.core.items.kinds import kind_named
from mlops_desktop.dossier.content import Chapter, Missing, Reason
from mlops_desktop.services import models
from mlops_desktop.services.dossiers.chapters import business_goals
from mlops_desktop.services.items import Given, open_item
from mlops_desktop.services.wording import LANGUAGES, read_words
from tests.services.conftest import Bank
from tests.services.steps import register
from tests.services.test_oversight_chapters import spoken, words_of


def told(bank: Bank) -> Chapter:
    sheet = models.show_model(bank.session, "1")
    with bank.session.workspace.read() as view:
        return business_goals.build(view, sheet, NOW)


def test_a_goal_stands_with_its_use_and_is_unmeasured_until_it_is_measured(bank: Bank) -> None:
    register(bank)
    assert told(bank).parts == Missing(Reason.NONE)
    texts = {"title": "Vertrieb", "approved_use": "Vergabe", "owner": "Corinna Wolters"}
    goal = {"kpi": "Abschlussquote", "direction": "at_least", "target": "2.5", "unit": "%"}
    open_item(bank.session, kind_named("use_case"), Given(texts | goal, ("1",)))
    found = told(bank)
    said = {one.text for one in spoken(found)}
    assert {"Abschlussquote", "goal.at_least", "2.5", "metric.unmeasured", "use_cases"} <= said
    for language in LANGUAGES:
        words = read_words(language)
        missing = {one for one in words_of(found) if f"dossier.{one}" not in words}
        assert missing == set()

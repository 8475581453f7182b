"""What a session was answered holds until it writes."""

import sqlalchemy as sa

from mlops_desktop.core.events.models import ModelEdited, ModelRegistered
from mlops_desktop.core.inventory import ModelDetails
from mlops_desktop.store.tables.projected import models
from tests.store.desks import ACTOR, Desk


class Question:
    """Asks for a model's tier, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, connection: sa.Connection, model: str) -> int | None:
        self.asked += 1
        return connection.execute(sa.select(models.c.tier).where(models.c.id == model)).scalar()


def test_the_same_question_is_sent_once_until_rows_are_written(desk: Desk) -> None:
    desk.record(*(ModelRegistered(name, ModelDetails(name=name, tier=2)) for name in "ab"))
    question = Question()
    with desk.workspace.write(ACTOR) as work:
        assert [work.ask(question, model) for model in "aabba"] == [2] * 5
        assert question.asked == 2
        work.record(ModelEdited("a", ModelDetails(tier=1)))
        assert work.ask(question, "a") == 2  # nothing is written yet, and no query sees it
        work.flush()
        assert [work.ask(question, model) for model in "ab"] == [1, 2]
        assert question.asked == 4


def test_a_reading_asks_each_question_once(desk: Desk) -> None:
    desk.record(ModelRegistered("a", ModelDetails(name="a", tier=2)))
    question = Question()
    with desk.workspace.read() as view:
        assert [view.ask(question, "a") for _ in range(3)] == [2] * 3
    assert question.asked == 1


def test_what_is_erased_is_asked_for_again(desk: Desk) -> None:
    desk.record(ModelRegistered("a", ModelDetails(name="a", tier=2)))
    question = Question()
    with desk.workspace.write(ACTOR) as work:
        work.ask(question, "a")
        work.erase([])
        assert (work.ask(question, "a"), question.asked) == (2, 2)

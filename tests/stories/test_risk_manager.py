"""A risk manager keeps the inventory; what was said yesterday stays to be read."""

from datetime import timedelta

from mlops_desktop.core import clock
from tests.stories.conftest import Sit
from tests.stories.desk import Desk

OLD, NEW = "Bepreisung von Ratenkrediten", "Bepreisung und Limitvergabe"


def register_a_model(desk: Desk) -> None:
    desk.clicks("Register a model…")
    desk.fills(
        Name="Antragsscore Ratenkredit",
        Owner="Corinna Wolters",
        Developer="Mateusz Kowalczyk",
        Tier="1",
        Intended_use=OLD,
    )
    desk.clicks("Register")
    desk.sees("The model is in the inventory.", "M-00001", OLD)


def edit_it(desk: Desk) -> None:
    desk.clicks("Edit…")
    desk.sees("Edit Antragsscore Ratenkredit", "This change")
    desk.fills(Intended_use=NEW, Reason="Auch Limite werden jetzt damit vergeben.")
    desk.clicks("Save")
    desk.sees("The change is recorded.", NEW)


def test_the_old_value_is_found_as_of_yesterday(sit: Sit) -> None:
    desk = sit()
    register_a_model(desk)
    tomorrow = clock.now() + timedelta(days=1)
    with clock.reading(lambda: tomorrow):
        edit_it(desk)
        desk.sees_no(OLD)
        desk.clicks("Now")
        yesterday = desk.window.context.language.date(clock.today() - timedelta(days=1))
        desk.clicks(f"Yesterday: {yesterday}")
        desk.sees(f"You see {yesterday} as it was known that day.", OLD)
        desk.sees_no(NEW)


def test_while_a_past_day_is_shown_nothing_can_be_changed(sit: Sit) -> None:
    desk = sit()
    register_a_model(desk)
    desk.clicks("Now")
    desk.clicks("Show")
    desk.sees("Nothing can be changed here.")
    assert not desk.can("Register a model…")
    assert not desk.can("Edit…")
    desk.presses("Ctrl+N")
    desk.presses("F2")
    assert desk.front() is desk.window
    desk.presses("Ctrl+Shift+P")
    desk.types("Edit")
    desk.sees("Edit…  (F2)")
    desk.presses("Return")
    desk.waits_for(lambda: desk.front() is desk.window, "something opened for a past day")
    desk.rests()
    assert desk.front() is desk.window
    desk.presses("Escape")
    desk.clicks("Back to now")
    desk.sees_no("Nothing can be changed here.")
    assert desk.can("Edit…")


def test_a_name_that_is_taken_is_said_beside_its_field(sit: Sit) -> None:
    desk = sit()
    register_a_model(desk)
    desk.clicks("Register a model…")
    desk.fills(Name="antragsscore ratenkredit")
    desk.clicks("Register")
    desk.sees("M-00001", "Name")
    desk.clicks("Cancel")
    assert len(desk.rows()) == 1

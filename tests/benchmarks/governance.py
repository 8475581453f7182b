"""What governs a large inventory, the same in every run: findings, validations, exceptions."""

from datetime import date, timedelta
from random import Random

import sqlalchemy as sa

from mlops_desktop.core.erasable import Erasable, commit
from mlops_desktop.core.events.exceptions import ExceptionDetails, ExceptionOpened, ExceptionRule
from mlops_desktop.core.events.findings import (
    FindingDetails,
    FindingMoved,
    FindingOpened,
    Severity,
)
from mlops_desktop.core.events.validations import (
    ValidationDetails,
    ValidationMoved,
    ValidationOpened,
)
from mlops_desktop.core.validations import Area, Cause, Light
from mlops_desktop.outside.randomness import new_id, new_salt
from mlops_desktop.services.session import Session
from mlops_desktop.store.tables.projected import models, people
from mlops_desktop.store.unit_of_work import WriteSession

_TOPICS = ("PSI above its limit", "Proxy data not noted", "Segment too small", "No back-test")


def govern(session: Session, first: date) -> None:
    """Give each model a finding or a validation, a third of them both, and every fifth a breach.

    Days lie within two years from ``first``; a quarter of the findings is closed, and two thirds
    of the validations are done.
    """
    random = Random(7)  # noqa: S311 - the same items every time
    with session.workspace.write(session.actor) as work:
        keys = work.connection.execute(sa.select(models.c.id)).scalars().all()
        owners = work.connection.execute(sa.select(people.c.id)).scalars().all()
        for at, key in enumerate(keys):
            owner, due = random.choice(owners), first + timedelta(days=random.randrange(730))
            if at % 3 != 1:
                _find(work, key, random.choice(_TOPICS), owner, due, closes=at % 4 == 0)
            if at % 3 != 2:
                _validate(work, key, owner, due, is_done=at % 3 == 0)
            if at % 5 == 0:
                broken = ExceptionDetails(rule=random.choice([*ExceptionRule]), owner=owner)
                work.record(ExceptionOpened(new_id(), (key,), broken))


def _find(
    work: WriteSession, model: str, topic: str, owner: str, due: date, *, closes: bool
) -> None:
    id, grade = new_id(), list(Severity)[due.toordinal() % len(Severity)]
    details = FindingDetails(title=_text(topic), severity=grade, owner=owner, due=due)
    work.record(FindingOpened(id, (model,), details))
    if closes:
        work.record(FindingMoved(id, "remedy", FindingDetails()))
        work.record(FindingMoved(id, "close", FindingDetails()))


def _validate(work: WriteSession, model: str, owner: str, due: date, *, is_done: bool) -> None:
    id = new_id()
    details = ValidationDetails(
        title=_text("Periodic validation"), cause=Cause.PERIODIC, owner=owner, due=due
    )
    work.record(ValidationOpened(id, (model,), details))
    for area in Area if is_done else ():
        work.record(ValidationMoved(id, "judge", ValidationDetails(area=area, light=Light.GREEN)))
    if is_done:
        work.record(ValidationMoved(id, "report", ValidationDetails(report="sha256:aa")))
        work.record(ValidationMoved(id, "approve_report", ValidationDetails()))


def _text(text: str) -> Erasable:
    return commit(text, new_salt())

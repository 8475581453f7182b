"""A large inventory, the same in every run: models as a bank keeps them, recorded as events."""

from datetime import date, timedelta
from random import Random

from mlops_desktop.core.erasable import Erasable, commit
from mlops_desktop.core.events.models import ModelRegistered
from mlops_desktop.core.events.people import PersonEnrolled
from mlops_desktop.core.identity import Role
from mlops_desktop.core.inventory import ModelDetails, Origin
from mlops_desktop.outside.randomness import new_id, new_salt
from mlops_desktop.services.session import Session

_KINDS = ("PD Retail", "LGD Corporate", "Fraud Card", "EAD Revolving", "Credit Scoring", "VaR")
_COUNTRIES = ("DE", "FR", "UK", "US", "PL")
_FIRST = ("Anna", "Bernd", "Corinna", "Zoe", "Mateusz", "Jonas", "Miriam", "Katrin")
_LAST = ("Smith", "Wolters", "Kowalczyk", "Brandt", "Sander", "Feddersen", "Lindqvist", "Okafor")
_WORDS = [
    "credit",
    "default",
    "calibration",
    "segment",
    "exposure",
    "portfolio",
    "rating",
    "basel",
    "gdpr",
    "retail",
    "corporate",
    "stress",
    "macro",
    "economic",
    "forecast",
    "validation",
    "sample",
    "observed",
    "scorecard",
    "logistic",
    "boosting",
]
_FIRST_DAY = date(2026, 1, 1)


def fill(session: Session, number: int) -> None:
    """Register so many models, their owners enrolled before."""
    random = Random(42)  # noqa: S311 - the same inventory every time
    with session.workspace.write(session.actor) as work:
        owners = [new_id() for _ in range(len(_FIRST) * len(_LAST))]
        for at, owner in enumerate(owners):
            name = f"{_FIRST[at % len(_FIRST)]} {_LAST[at // len(_FIRST)]}"
            work.record(PersonEnrolled(owner, _text(name), (Role.OWNER,)))
        for at in range(number):
            work.record(ModelRegistered(new_id(), _details(random, at, owners)))


def _text(text: str) -> Erasable:
    return commit(text, new_salt())


def _details(random: Random, at: int, owners: list[str]) -> ModelDetails:
    kind = random.choice(_KINDS)
    return ModelDetails(
        name=f"{kind} {random.choice(_COUNTRIES)} {at:07d}",
        description=_text(" ".join(random.choices(_WORDS, k=18))),
        origin=random.choice((Origin.IN_HOUSE, Origin.VENDOR)),
        methodology=random.choice(("logistic regression", "gradient boosting", "scorecard")),
        business_line=random.choice(("Privatkunden", "Firmenkunden", "Treasury")),
        owner=random.choice(owners),
        tier=random.randint(1, 4),
        next_review=_FIRST_DAY + timedelta(days=random.randrange(730)),
    )

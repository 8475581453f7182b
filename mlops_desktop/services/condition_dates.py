"""When what is set with a decision can be due: never before the decision that sets it."""

from collections.abc import Iterable
from datetime import date

from mlops_desktop.core.date_rules import Relation, check_day


def check_dues(
    terms: Iterable[tuple[str, date | None]], decided: date, where: str = "condition"
) -> None:
    """Raise ``date.before_held`` or ``date.implausible`` for a condition or an obligation."""
    for _, due in terms:
        if due is not None:
            check_day(where, due, Relation.NOT_BEFORE, decided)

"""What a check of data found, in the words and figures of whoever made it."""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from mlops_desktop.core.events.checks import CheckCase, Verdict

_NOT_NULL = "expect_column_values_to_not_be_null"
_MOSTLY = re.compile(r"\bmostly ([0-9.]+)")
_ORDER = tuple(Verdict)


def worst(verdicts: Iterable[Verdict]) -> Verdict | None:
    """Return the worst of some verdicts, None where nothing was checked."""
    return min(verdicts, key=_ORDER.index, default=None)


def completeness(case: CheckCase) -> tuple[Decimal, Decimal] | None:
    """Return the share of values that are there and the share asked for, both in percent.

    Only restates what the source said: Great Expectations tells the share that is missing.
    """
    is_share = case.method == "unexpected_percent" and case.name.startswith(_NOT_NULL)
    asked = _MOSTLY.search(case.threshold or "")
    if not is_share or case.value is None:
        return None
    try:
        found = 100 - Decimal(case.value)
        wanted = Decimal(asked[1]) * 100 if asked else Decimal(100)
    except InvalidOperation:
        return None
    return found, wanted

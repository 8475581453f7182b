"""What came of a sheet that was taken in, all or nothing."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mlops_desktop.cli.answer import DONE, NO, Answer, Document
from mlops_desktop.cli.text import section, table

if TYPE_CHECKING:
    from mlops_desktop.services.sheet_rows import Refusal


def taken_answer(
    noun: str,
    number: int,
    refused: "Iterable[Refusal]",
    *,
    is_recorded: bool,
    refused_code: int = NO,
) -> Answer:
    """Return how many rows came in, or would; exit 1 with every refusal where one was refused.

    ``refused_code`` is another exit for that.
    """
    refusals = [_refusal(one) for one in refused]
    document: Document = {noun: number, "recorded": is_recorded, "refusals": refusals}
    if refusals:
        rows = [list(one.values()) for one in refusals]
        told = "Nothing was taken over." + section("Refused", table(("ROW", "COLUMN", "WHY"), rows))
        return Answer(document, told, refused_code)
    told = f"{number} {noun} " + ("taken over." if is_recorded else "would come.")
    return Answer(document, told, DONE)


def _refusal(one: "Refusal") -> Document:
    """Return a refused row with its column and why."""
    from mlops_desktop.services.wording import explain

    return {"row": one.row, "column": one.column, "why": explain(one.error)[0]}

"""What was refused of a sheet, as documents."""

from typing import TYPE_CHECKING

from mlops_desktop.cli.answer import Document

if TYPE_CHECKING:
    from mlops_desktop.services.sheet_rows import Refusal


def refusal_document(one: "Refusal") -> Document:
    """Return a refused row with its column and why."""
    from mlops_desktop.services.wording import explain

    return {"row": one.row, "column": one.column, "why": explain(one.error)[0]}

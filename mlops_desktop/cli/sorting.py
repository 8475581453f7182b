"""The option that says by which column a list of models is ordered."""

from dataclasses import replace
from typing import TYPE_CHECKING

from mlops_desktop.core.errors import AppError

if TYPE_CHECKING:
    from mlops_desktop.services.rows import ModelFilter

_OWN = "field:"


def sorted_by(wanted: "ModelFilter", text: str | None) -> "ModelFilter":
    """Return a filter in the order asked for; raises ``filter.unknown_column``.

    ``field:NAME`` is a field of the workspace's own.
    """
    from mlops_desktop.services.rows import SortBy

    if text is None:
        return wanted
    if text.startswith(_OWN):
        return replace(wanted, sort_field=text.removeprefix(_OWN).strip())
    try:
        return replace(wanted, sort=SortBy(text.replace("-", "_")))
    except ValueError:
        known = ", ".join((*SortBy, f"{_OWN}…"))
        raise AppError("filter.unknown_column", where="--sort", column=text, known=known) from None

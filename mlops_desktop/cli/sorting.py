"""The option that says by which column a list of models is ordered."""

from typing import TYPE_CHECKING

from mlops_desktop.core.errors import AppError

if TYPE_CHECKING:
    from mlops_desktop.services.rows import SortBy


def read_sort(text: str | None) -> "SortBy":
    """Return the order asked for, by number unless said; raises ``filter.unknown_column``."""
    from mlops_desktop.services.rows import SortBy

    if text is None:
        return SortBy.NUMBER
    try:
        return SortBy(text.replace("-", "_"))
    except ValueError:
        known = ", ".join(SortBy)
        raise AppError("filter.unknown_column", where="--sort", column=text, known=known) from None

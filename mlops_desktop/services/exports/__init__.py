"""The inventory as a table: exactly what is visible, as CSV, Excel or JSON."""

from mlops_desktop.services.exports.content import (
    ALL_COLUMNS,
    Wish,
    gather,
    has_column,
)
from mlops_desktop.services.exports.writing import Exported, export_models

__all__ = ["ALL_COLUMNS", "Exported", "Wish", "export_models", "gather", "has_column"]

"""Dossiers: gathered from the ledger, printed, sealed, recorded; and verified anywhere.

Each part is imported when it is first asked for: what lies here is read without a PDF library too,
and the window's first list would wait seconds for those.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from mlops_desktop.core.signature_levels import Level

if TYPE_CHECKING:
    from mlops_desktop.services.dossiers.countersigning import Countersigned, countersign_dossier
    from mlops_desktop.services.dossiers.difference import Compared, diff_dossiers
    from mlops_desktop.services.dossiers.drafting import Drafted, draft_dossier
    from mlops_desktop.services.dossiers.export import (
        Exported,
        Order,
        Prepared,
        Scope,
        export_dossier,
        list_dossiers,
        prepare_dossier,
        seal_dossier,
    )
    from mlops_desktop.services.dossiers.extending import Extended, extend_dossier, extend_file
    from mlops_desktop.services.dossiers.orders import Period, Population, read_period
    from mlops_desktop.services.dossiers.scans import ScannedPage, ScanRow, attach_scan, list_scans
    from mlops_desktop.services.dossiers.verification import render_pages, verify_dossier

__all__ = [
    "Compared",
    "Countersigned",
    "Drafted",
    "Exported",
    "Extended",
    "Level",
    "Order",
    "Period",
    "Population",
    "Prepared",
    "ScanRow",
    "ScannedPage",
    "Scope",
    "attach_scan",
    "countersign_dossier",
    "diff_dossiers",
    "draft_dossier",
    "export_dossier",
    "extend_dossier",
    "extend_file",
    "list_dossiers",
    "list_scans",
    "prepare_dossier",
    "read_period",
    "render_pages",
    "seal_dossier",
    "verify_dossier",
]

_PARTS = {
    "countersigning": (
        "Countersigned",
        "countersign_dossier",
    ),
    "difference": (
        "Compared",
        "diff_dossiers",
    ),
    "drafting": (
        "Drafted",
        "draft_dossier",
    ),
    "export": (
        "Exported",
        "Order",
        "Prepared",
        "Scope",
        "export_dossier",
        "list_dossiers",
        "prepare_dossier",
        "seal_dossier",
    ),
    "extending": (
        "Extended",
        "extend_dossier",
        "extend_file",
    ),
    "orders": (
        "Period",
        "Population",
        "read_period",
    ),
    "scans": (
        "ScannedPage",
        "ScanRow",
        "attach_scan",
        "list_scans",
    ),
    "verification": (
        "render_pages",
        "verify_dossier",
    ),
}


def __getattr__(name: str) -> object:
    for module, names in _PARTS.items():
        if name in names:
            found: object = getattr(import_module(f"{__name__}.{module}"), name)
            globals()[name] = found
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

"""The fields that no inventory record may leave out: OSFI Guideline E-23 (2027), Appendix 1."""

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.dossier.content import Facts

#: Reference and field name, in the order of the guideline. 01 to 06 hold for every identified
#: model, 07 to 17 for every model of non-negligible risk.
OSFI_APPENDIX_1: tuple[tuple[str, str], ...] = (
    ("E23-A1-01", "model_id"),
    ("E23-A1-02", "name"),
    ("E23-A1-02", "description"),
    ("E23-A1-03", "tier"),
    ("E23-A1-04", "owner"),
    ("E23-A1-05", "developer"),
    ("E23-A1-06", "origin"),
    ("E23-A1-07", "version"),
    ("E23-A1-08", "deployed_at"),
    ("E23-A1-09", "validator"),
    ("E23-A1-10", "approver"),
    ("E23-A1-11", "dependencies"),
    ("E23-A1-12", "data_sources"),
    ("E23-A1-13", "approved_uses"),
    ("E23-A1-14", "limitations"),
    ("E23-A1-15", "last_review"),
    ("E23-A1-16", "monitoring_status"),
    ("E23-A1-17", "next_review"),
)


def require_complete(facts: Facts) -> None:
    """Raise ``dossier.field_left_out`` unless the record has a row for every required field."""
    present = {field.name for section in facts.inventory for field in section.fields}
    for reference, name in OSFI_APPENDIX_1:
        if name not in present:
            raise AppError(
                "dossier.field_left_out", recovery=Recovery.BUG, field=name, reference=reference
            )

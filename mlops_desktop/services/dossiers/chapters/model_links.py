"""The models this one feeds, is fed by, challenges, … (E23-A1-11, SS1/23 P1.2)."""

from mlops_desktop.core.asof import AsOf
from mlops_desktop.dossier.content import Cell, Chapter, Grid, Kind, Missing, Part, Value
from mlops_desktop.dossier.content import Reason as Gap
from mlops_desktop.services.model_links import Linked, read_links
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.store.unit_of_work import ReadSession

ORDER = 9
_COLUMNS = ("link_kind", "link_model", "link_since", "link_note")


def build(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> Chapter:
    """Return every model linked directly, in both directions."""
    rows = tuple(map(_row, read_links(view, sheet.row.key, as_of)))
    part = Part("model_links", grid=Grid(_COLUMNS, rows))
    return Chapter("model_links", (part,) if rows else Missing(Gap.NONE_YET))


def _row(one: Linked) -> tuple[Cell, ...]:
    named = f"{one.model.id} {one.model.name}".strip()
    note: Cell = (Value(Kind.TEXT, one.note),) if one.note else Missing(Gap.NOT_RECORDED)
    return (
        (Value(Kind.CODE, one.code),),
        (Value(Kind.TEXT, named),),
        (Value(Kind.DATE, one.since[:10]),),
        note,
    )

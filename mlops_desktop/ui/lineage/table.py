"""The same as a table: every node with what it comes from and where it goes."""

from dataclasses import dataclass

from mlops_desktop.core.lineage import Node
from mlops_desktop.core.numerals import with_minus
from mlops_desktop.services.lineage import Stop
from mlops_desktop.ui.charts.taking import Rows
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.lineage.reading import Read
from mlops_desktop.ui.lineage.said import Face, face_of
from mlops_desktop.ui.table import Column
from mlops_desktop.ui.widgets.chips import Status


@dataclass(frozen=True, slots=True)
class StopLine:
    """A node in the table."""

    id: str
    stop: Stop
    face: Face
    before: str
    after: str


def lines_of(context: Context, read: Read) -> tuple[StopLine, ...]:
    """Return every node, upstream first."""
    faces = {
        stop.node: face_of(context, stop.facts, read.incidents.get(stop.node, ()))
        for stop in read.lineage.stops
    }
    before: dict[Node, list[str]] = {}
    after: dict[Node, list[str]] = {}
    for flow in read.lineage.flows:
        before.setdefault(flow.target, []).append(faces[flow.source].name)
        after.setdefault(flow.source, []).append(faces[flow.target].name)
    return tuple(
        StopLine(
            f"{stop.node.kind.value}/{stop.node.key}",
            stop,
            faces[stop.node],
            ", ".join(before.get(stop.node, ())),
            ", ".join(after.get(stop.node, ())),
        )
        for stop in read.lineage.stops
    )


def columns(context: Context) -> tuple[Column[StopLine], ...]:
    """Return the columns."""

    def steps(line: StopLine) -> str:
        far = line.stop.distance
        return with_minus(f"{far:+d}") if far else "0"

    def state(line: StopLine) -> str:
        return line.face.status.word if line.face.status else line.face.under

    def status(line: StopLine) -> Status | None:
        return line.face.status

    return (
        Column("steps", "lineage.column.steps", steps, 13, numeric=True),
        Column("kind", "lineage.column.kind", lambda line: line.face.kind, 14),
        Column("name", "lineage.column.name", lambda line: line.face.name, 28, strong=True,
               flexible=True),
        Column("id", "lineage.column.id", lambda line: line.stop.facts.id, 16, muted=True),
        Column("state", "lineage.column.state", state, 24, status=status),
        Column("from", "lineage.column.from", lambda line: line.before, 24, sortable=False),
        Column("to", "lineage.column.to", lambda line: line.after, 24, sortable=False),
    )  # fmt: skip


def data_of(context: Context, read: Read) -> Rows:
    """Return nodes and flows with a head, to be pasted elsewhere."""
    heads = ("steps", "kind", "name", "id", "state", "from", "to")
    rows: list[tuple[str, ...]] = [tuple(context.say(f"lineage.column.{head}") for head in heads)]
    for line in lines_of(context, read):
        state = line.face.status.word if line.face.status else line.face.under
        cells = (str(line.stop.distance), line.face.kind, line.face.name, line.stop.facts.id,
                 state, line.before, line.after)  # fmt: skip
        rows.append(cells)
    return tuple(rows)


SORTS = {
    "steps": lambda line: line.stop.distance,
    "kind": lambda line: line.face.kind,
    "name": lambda line: line.face.name.casefold(),
    "id": lambda line: line.stop.facts.id,
    "state": lambda line: line.face.status.word if line.face.status else line.face.under,
}

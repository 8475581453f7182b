"""What the view asks of services, in the read lane, laid out so that nothing lies on another."""

from collections.abc import Mapping
from dataclasses import dataclass

from mlops_desktop.core.layout import Placed, place
from mlops_desktop.core.lineage import Node, NodeKind
from mlops_desktop.services.incidents import marked_nodes
from mlops_desktop.services.lineage import Asked, Flow, Lineage, Stop, trace_lineage
from mlops_desktop.services.session import Session

MOST_NODES = 240
"""More would be too small to read; the table holds all."""


@dataclass(frozen=True, slots=True)
class Read:
    """A part of the history, where its nodes stand, and which of them bad data reaches."""

    lineage: Lineage
    shown: tuple[Stop, ...]
    flows: tuple[Flow, ...]
    """Those between nodes that stand in the graph."""
    placed: Placed[Node]
    incidents: Mapping[Node, tuple[str, ...]]

    @property
    def further(self) -> int:
        """How many nodes do not stand in the graph."""
        return len(self.lineage.stops) - len(self.shown)

    @property
    def models(self) -> int:
        """How many models there are among the nodes."""
        return len(self.lineage.of(NodeKind.MODEL))


def read_lineage(session: Session, asked: Asked) -> Read:
    """Trace, and lay out the nearest nodes; raises as ``trace_lineage``."""
    lineage = trace_lineage(session, asked)
    nearest = sorted(lineage.stops, key=lambda stop: abs(stop.distance))[:MOST_NODES]
    kept = {stop.node for stop in nearest}
    shown = tuple(stop for stop in lineage.stops if stop.node in kept)
    edges = [(flow.source, flow.target) for flow in lineage.flows]
    placed = place([stop.node for stop in shown], edges)
    flows = tuple(one for one in lineage.flows if one.source in kept and one.target in kept)
    return Read(lineage, shown, flows, placed, marked_nodes(session, asked.as_of))

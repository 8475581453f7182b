"""What a node of the history of data says: its kind, its name, how it stands."""

from dataclasses import dataclass

from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.lineage import NodeKind
from mlops_desktop.core.pipelines import Outcome
from mlops_desktop.services.lineage import NodeFacts, outcome
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.models.said import say_code, say_moment, state_status
from mlops_desktop.ui.widgets.chips import Mood, Status

ICONS: dict[NodeKind, str] = {
    NodeKind.DATASET: "dataset",
    NodeKind.PIPELINE: "pipelines",
    NodeKind.PIPELINE_RUN: "clock",
    NodeKind.VERSION: "history",
    NodeKind.MODEL: "models",
    NodeKind.DEPLOYMENT: "export",
    NodeKind.SERVING: "export",
    NodeKind.USE_CASE: "person",
    NodeKind.APPLICATION: "command",
}
OUTCOME_MOODS: dict[Outcome, Mood] = {
    Outcome.FAILED: "bad",
    Outcome.ABORTED: "warn",
    Outcome.RUNNING: "info",
    Outcome.SUCCEEDED: "good",
    Outcome.UNTOLD: "idle",
}


@dataclass(frozen=True, slots=True)
class Face:
    """A node in words: its kind, its name, a line below, and a state where it has one."""

    kind: str
    name: str
    under: str
    status: Status | None = None
    incidents: str = ""

    @property
    def said(self) -> str:
        """The whole of it as one sentence part."""
        parts = (self.kind, self.name, self.under, self.status.word if self.status else "")
        return ", ".join(part for part in parts if part)


def face_of(context: Context, facts: NodeFacts, incidents: tuple[str, ...] = ()) -> Face:
    """Return how a node is shown; one downstream of bad data says so before anything else."""
    kind = context.say(f"lineage.kind.{facts.node.kind.value}")
    name = _name(context, facts)
    status = _status(context, facts)
    if incidents:
        own = status.word if status is not None else ""
        status = Status("bad", " · ".join(filter(None, (", ".join(incidents), own))))
    return Face(kind, name, _under(context, facts), status, ", ".join(incidents))


def say_flow(
    context: Context, ends: tuple[Face, Face], told: tuple[str, ...], is_back: bool
) -> str:
    """Return from where to where a flow leads, for what, and whether it closes a circle."""
    names = " → ".join(face.name for face in ends)
    back = context.say("charts.leads_back") if is_back else ""
    return "\n".join(filter(None, (names, ", ".join(told), back)))


def _name(context: Context, facts: NodeFacts) -> str:
    if facts.node.kind is NodeKind.VERSION:
        return facts.id.replace("@", " v" if facts.name[:1].isdigit() else " ")
    if facts.node.kind is NodeKind.DEPLOYMENT:
        return " · ".join(filter(None, (facts.name, _environment(context, facts))))
    return facts.name or facts.id


def _under(context: Context, facts: NodeFacts) -> str:
    """Return what distinguishes it from others of its name."""
    match facts.node.kind:
        case NodeKind.MODEL | NodeKind.USE_CASE | NodeKind.APPLICATION:
            return facts.id
        case NodeKind.DEPLOYMENT:
            return _served(context, facts)
        case NodeKind.SERVING:
            return _environment(context, facts)
        case NodeKind.PIPELINE | NodeKind.PIPELINE_RUN:
            ended = facts.until or facts.since
            return say_moment(context, ended) if ended else facts.source
        case NodeKind.DATASET if len(facts.digests) > 1:
            return context.say("lineage.states", n=len(facts.digests))
        case NodeKind.DATASET:
            return facts.state or facts.source
        case _:
            return facts.source


def _environment(context: Context, facts: NodeFacts) -> str:
    return say_code(context, "environment", facts.state) if facts.state else ""


def _served(context: Context, facts: NodeFacts) -> str:
    if facts.until:
        return context.say("lineage.until", day=say_moment(context, facts.until)[:10])
    return ""


def _status(context: Context, facts: NodeFacts) -> Status | None:
    how = outcome(facts)
    if how is not None:
        word = context.say(f"pipelines.outcome.{how.value}")
        return Status(OUTCOME_MOODS[how], word)
    if facts.is_missing:
        return Status("warn", context.say("lineage.missing"))
    match facts.node.kind:
        case NodeKind.MODEL:
            return state_status(context, State(facts.state))
        case NodeKind.DEPLOYMENT if facts.until is None and facts.since:
            day = say_moment(context, facts.since)[:10]
            return Status("good", context.say("lineage.still", day=day))
        case NodeKind.USE_CASE | NodeKind.APPLICATION:
            return Status("info", context.say(f"item.{facts.node.kind.value}.stage.{facts.state}"))
        case _:
            return None

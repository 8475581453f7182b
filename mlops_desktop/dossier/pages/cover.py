"""The cover: what this is, of which date, made by whom, and room for the seal."""

from reportlab.platypus import Flowable, NextPageTemplate, PageBreak

from mlops_desktop.core.approval_state import HOLDING
from mlops_desktop.core.lifecycle import State
from mlops_desktop.dossier.content import Kind, Missing, Value
from mlops_desktop.dossier.evidence import facts_digest
from mlops_desktop.dossier.logo import read_logo
from mlops_desktop.dossier.pages.sheet import Sheet, Story
from mlops_desktop.dossier.typeset import fonts
from mlops_desktop.dossier.typeset.flow import Space, Text
from mlops_desktop.dossier.typeset.ink import (
    ACCENT,
    HAIRLINE,
    INK,
    MUTED,
    draw_lines,
    draw_text,
    shorten,
)
from mlops_desktop.dossier.typeset.lines import Line, Style, wrap
from mlops_desktop.dossier.typeset.logo import Logo
from mlops_desktop.dossier.typeset.qr import QrCode
from mlops_desktop.dossier.typeset.table import CELL, Column, Table
from mlops_desktop.dossier.typeset.tagging import Element, artifact, marked

_ORIGIN = Style(fonts.BOLD, 10, 14, INK)
_KIND = Style(fonts.BOLD, 10, 14, MUTED)
_NAME = Style(fonts.BOLD, 27, 33, ACCENT)
_ID = Style(fonts.REGULAR, 13, 18, INK)
_LABEL = Style(fonts.REGULAR, 8, 11.2, MUTED)
_STATE_LABEL = Style(fonts.REGULAR, 7.4, 10, MUTED)
_STATE = Style(fonts.BOLD, 10.5, 13.5, INK)

#: In points; a module is then half a millimetre, which a telephone reads from paper.
_CODE_SIZE = 64.0
_LOGO_HEIGHT = 40.0
_MOST_LINES = 4
MONITORED = "monitoring_status"
_STATES = ("state", "tier", "approval", MONITORED)
_SUSPENDED = frozenset({State.SUSPENDED.value})
_GRANTED = frozenset({*(one.value for one in HOLDING), "conditional"})
"""An approval that holds and of which no use is made: beside it alone, it says too much."""
_MONITORED = (Value(Kind.CODE, "standing.monitoring_status"),)


def build(sheet: Sheet) -> Story:
    """Return the cover and the end of its page."""
    facts = sheet.facts
    logo = [Logo(read_logo(sheet.logo), _LOGO_HEIGHT)] if sheet.logo else []
    room = 64 - sum(one.height + one.spaceAfter for one in logo)
    return [
        NextPageTemplate("body"),
        _code(sheet),
        *logo,
        Text(sheet.document.workspace, _ORIGIN, after=room, most=2, right=_CODE_SIZE + 16),
        Text(sheet.say(f"scope.{sheet.document.scope}"), _KIND, after=6),
        Text(sheet.language.either(facts.model_name), _NAME, after=6, most=3),
        *_identity(sheet),
        _about(sheet),
        PageBreak(),
    ]


def title(sheet: Sheet) -> Story:
    """Return how a part of a bundle begins: the model with its states, without a cover."""
    name = Text(sheet.facts.model_name, _NAME, after=6, most=3)
    return [Text(sheet.say("scope.model_part"), _KIND, after=6), name, *_identity(sheet)]


def _identity(sheet: Sheet) -> Story:
    """Return the model's number and its states; of several models there are none."""
    states, number = _states(sheet), Text(sheet.facts.model_id, _ID, after=22, most=1)
    if states:
        return [number, _States(states), Space(22)]
    return [number] if sheet.facts.model_id else []


def _code(sheet: Sheet) -> QrCode:
    """Return the code that leads from a paper to its file: the document's id and facts' digest."""
    digest = facts_digest(sheet.facts)
    text = f"urn:uuid:{sheet.document.id}\nsha256:{digest}"
    told = sheet.say("cover.code", id=sheet.document.id, digest=digest)
    return QrCode(text, told, _CODE_SIZE)


def _states(sheet: Sheet) -> list[tuple[str, str]]:
    fields = [field for section in sheet.facts.inventory for field in section.fields]
    found = [field for name in _STATES for field in fields if field.name == name]
    language = sheet.language
    told = {field.name: field.values for field in found}
    if MONITORED in told and (standing := monitoring_of(sheet)) is not None:
        told[MONITORED] = standing[:1]
    shown = {name: language.values(said) for name, said in told.items()}
    if _has(told.get("state"), _SUSPENDED) and _has(told.get("approval"), _GRANTED):
        shown["approval"] = sheet.say("cover.suspended", approval=shown["approval"])
    return [(language.term("field", name), said) for name, said in shown.items()]


def _has(said: tuple[Value, ...] | Missing | None, codes: frozenset[str]) -> bool:
    return isinstance(said, tuple) and any(value.text in codes for value in said)


def monitoring_of(sheet: Sheet) -> tuple[Value, ...] | None:
    """Return how the metrics stand by the summary, then what a person recorded otherwise."""
    summary = next((one for one in sheet.facts.chapters if one.name == "summary"), None)
    if summary is None or isinstance(summary.parts, Missing):
        return None
    grids = (part.grid for part in summary.parts if part.name == "summary_standing")
    rows = (row for grid in grids if grid is not None for row in grid.rows)
    found = next((row[1] for row in rows if row[0] == _MONITORED), None)
    return None if isinstance(found, Missing) else found


def _about(sheet: Sheet) -> Table:
    document, facts, language = sheet.document, sheet.facts, sheet.language
    rows = (
        ("as_at", language.day(facts.as_of.as_at)),
        ("as_known", _as_known(sheet)),
        ("document", document.id),
        ("created", language.moment(document.created_at)),
        ("created_by", document.created_by),
        ("classification", document.classification),
        ("language", sheet.say(f"languages.{document.language}")),
        ("facts_digest", language.digest(facts_digest(facts))),
        ("generator", document.generator),
    )
    columns = (Column("", 0.29, _LABEL), Column("", 0.71, CELL))
    return Table(columns, [(sheet.say(f"cover.{k}"), v) for k, v in rows], titles=False)


def _as_known(sheet: Sheet) -> str:
    of, language = sheet.facts.as_of, sheet.language
    events = language.count("cover.events", of.position)
    return sheet.say("as_known_value", moment=language.moment(of.as_known), events=events)


class _States(Flowable):
    """The states that decide at a glance, in words, side by side."""

    def __init__(self, states: list[tuple[str, str]]) -> None:
        super().__init__()
        self.states = states
        self.height = 54.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size: the longest state decides, the usual ones take two lines."""
        self.width = width
        room = width / max(len(self.states), 1) - 16
        most = max((len(self._lines(state, room)) for _, state in self.states), default=0)
        self.height = 54.0 + max(most - 2, 0) * _STATE.leading
        return width, self.height if self.states else 0.0

    def draw(self) -> None:
        """Draw a cell a state."""
        canvas = self.canv
        room = self.width / max(len(self.states), 1)
        with artifact(canvas):
            self._draw_lines(room)
        for index, (label, state) in enumerate(self.states):
            left = index * room + (10 if index else 0)
            with marked(canvas, Element("P")):
                short = shorten(label, _STATE_LABEL, room - 16)
                draw_text(canvas, short, left, self.height - 16, _STATE_LABEL)
                text = canvas.beginText()
                text.setFillColor(_STATE.colour)
                lines = self._lines(state, room - 16)
                corner = (left, self.height - 21)
                draw_lines(text, lines, corner, _STATE, width=room - 16)
                canvas.drawText(text)

    def _lines(self, state: str, room: float) -> tuple[Line, ...]:
        return wrap(state, _STATE, room)[:_MOST_LINES]

    def _draw_lines(self, room: float) -> None:
        canvas = self.canv
        canvas.setStrokeColor(HAIRLINE)
        canvas.setLineWidth(0.6)
        canvas.line(0, self.height, self.width, self.height)
        canvas.line(0, 0, self.width, 0)
        for index in range(1, len(self.states)):
            canvas.line(index * room, 8, index * room, self.height - 8)

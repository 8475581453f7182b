"""Links: the models this one feeds, is fed by, challenges, …; Enter goes to the other."""

from collections.abc import Callable
from dataclasses import dataclass

from mlops_desktop.services.model_links import Linked
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.models.said import say_day
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.pages.models.tabs.base import Tab
from mlops_desktop.ui.table import Column
from mlops_desktop.ui.widgets.buttons import ActionButton, Button
from mlops_desktop.ui.widgets.empty import EmptyState
from mlops_desktop.ui.widgets.flow import Flow
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.short_table import ShortTable

_MOST_ROWS = 16


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A link in the table; the same two models can be linked in more than one way."""

    linked: Linked

    @property
    def id(self) -> str:
        """What tells a line from the others of a model."""
        return f"{self.linked.code}:{self.linked.model.id}"


class LinksTab(Tab):
    """Links to other models in both directions, on the day shown."""

    title = "links.tab"
    order = 62

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        keys = {
            "other": lambda line: line.linked.model.id,
            "since": lambda line: line.linked.since,
            "changed": lambda line: line.linked.updated_at,
        }
        self._lead = Label(tone="muted", wrap=True)
        self.table = ShortTable(context, "model.links", self.title, _columns, keys)
        self._nothing = EmptyState(icon="models")
        self._open = Button("", self._open_chosen, icon="right")
        self._lines: dict[str, LinkLine] = {}
        for part in (self._lead, self.table):
            self.column.addWidget(part)
        self.column.addLayout(self._buttons())
        self.column.addWidget(self._nothing, 1)
        self.column.addStretch()
        self.table.opened.connect(self._go)
        self.table.current_changed.connect(self._let_open)

    def show_model(self, shown: Shown) -> None:
        """Show every model linked to ``shown``."""
        lines = tuple(map(LinkLine, shown.links))
        self._lines = {line.id: line for line in lines}
        for part in (self._lead, self.table, self._open):
            part.setVisible(bool(lines))
        self._nothing.setVisible(not lines)
        self._lead.setText(self.context.say("links.lead"))
        self._open.setText(self.context.say("links.open"))
        self._nothing.set_sentence(self.context.say("links.none"))
        self.table.set_rows(lines)
        self.table.fit_rows(len(lines), _MOST_ROWS)
        self._let_open()

    def chosen(self) -> Linked | None:
        """Return the link a person stands on, if it is still there."""
        line = self._lines.get(self.table.current_id())
        return line.linked if line is not None else None

    def _buttons(self) -> Flow:
        row, actions = Flow(), self.context.actions
        row.addWidget(ActionButton(actions.action("model.link"), icon="add"))
        row.addWidget(ActionButton(actions.action("model.unlink"), icon="stop"))
        row.addWidget(self._open)
        return row

    def _let_open(self, _line: LinkLine | None = None) -> None:
        """Let the other model be gone to where a link is chosen; say why not where none is."""
        is_chosen = self.chosen() is not None
        needs = "" if is_chosen else self.context.say("links.needs_chosen")
        self._open.setEnabled(is_chosen)
        self._open.setToolTip(needs)
        self._open.setAccessibleDescription(needs)

    def _open_chosen(self) -> None:
        if (linked := self.chosen()) is not None:
            self.context.show_page("models", linked.model.id)

    def _go(self, line: LinkLine) -> None:
        self.context.show_page("models", line.linked.model.id)


def _columns(context: Context) -> tuple[Column[LinkLine], ...]:
    def relation(line: LinkLine) -> str:
        return context.say(f"dossier.codes.{line.linked.code}")

    def other(line: LinkLine) -> str:
        return f"{line.linked.model.id} {line.linked.model.name}"

    return (
        Column("relation", "dossier.column.link_kind", relation, 16, sortable=False, key=True),
        Column("other", "dossier.column.link_model", other, 28, strong=True, flexible=True),
        Column(
            "since", "dossier.column.link_since", _day(context, "since"), 10, whole=True, key=True
        ),
        Column("changed", "links.changed", _day(context, "updated_at"), 10, muted=True, whole=True),
        Column("note", "dossier.column.link_note", _note, 24, sortable=False, key=True),
    )


def _day(context: Context, name: str) -> Callable[[LinkLine], str]:
    return lambda line: say_day(context, getattr(line.linked, name))


def _note(line: LinkLine) -> str:
    return line.linked.note or ""

"""The list of the page: what it is about, what happened, and the value on both days."""

from collections.abc import Callable
from datetime import date

from mlops_desktop.core.numerals import MINUS
from mlops_desktop.services.changes import Area, ChangeLine, What
from mlops_desktop.services.imports.vocabulary import name_of, word_of
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.governance.said import say_kind, say_stage, say_title
from mlops_desktop.ui.table import Column, EmptyText, ListQuery, ListSpec
from mlops_desktop.ui.widgets.chips import Mood, Status

SCOPES = ("", *(area.value for area in Area))
_OWN_FIGURES = frozenset({"all_models"})
_MOODS: dict[What, Mood] = {
    What.ADDED: "info",
    What.RETIRED: "idle",
    What.CHANGED: "info",
    What.OPENED: "warn",
    What.DECIDED: "info",
    What.CLOSED: "good",
    What.REOPENED: "bad",
    What.MORE: "info",
    What.FEWER: "info",
    What.SAME: "idle",
}


def say_area(context: Context, line: ChangeLine) -> str:
    """Return what a line is about; of an item its kind."""
    if line.row is not None:
        return say_kind(context, line.row.kind)
    return context.say(f"changes.about.{line.area}")


def say_name(context: Context, line: ChangeLine) -> str:
    """Return what the thing is called."""
    if line.row is not None:
        return say_title(context, line.row)
    if line.label:
        return context.say("changes.version", model=line.name, version=line.label)
    if line.area is not Area.FIGURES:
        return line.name
    part = "changes" if line.name in _OWN_FIGURES else "portfolio"
    return context.say(f"{part}.figure.{line.name}")


def say_change(context: Context, line: ChangeLine) -> str:
    """Return which field changed; nothing where the whole thing came."""
    if not line.field:
        return ""
    if line.area in (Area.MODELS, Area.TIERS):
        return name_of(line.field, context.language.code)
    return context.say(f"changes.field.{line.field}")


def say_value(context: Context, line: ChangeLine, text: str) -> str:
    """Return a value as lists show it: codes in words, days and numbers in the locale's form."""
    if not text:
        return ""
    if line.area is Area.FIGURES:
        return context.language.number(int(text))
    if line.area is Area.APPROVALS:
        return context.say(f"approvals.status.{text}")
    if line.row is not None and line.field == "stage":
        return say_stage(context, line.row.kind, text)
    try:
        return context.language.date(date.fromisoformat(text))
    except ValueError:
        return word_of(line.field, text, context.language.code)


def say_difference(context: Context, line: ChangeLine) -> str:
    """Return by how much a figure moved, with its sign."""
    if line.difference is None:
        return ""
    number = context.language.number(abs(line.difference))
    sign = "+" if line.difference > 0 else MINUS if line.difference < 0 else "±"
    return f"{sign}{number}"


def say_after(context: Context, line: ChangeLine) -> str:
    """Return what is now, and in brackets by how much a figure moved."""
    now, moved = say_value(context, line, line.after), say_difference(context, line)
    return f"{now} ({moved})" if line.difference else now


def change_columns(context: Context) -> tuple[Column[ChangeLine], ...]:
    """Return the columns of the list: only a figure has a difference, it stands beside the new."""
    say, head = context.say, "changes.column"
    return (
        Column("area", f"{head}.area", lambda line: say_area(context, line), 11),
        Column("what", f"{head}.what", lambda line: say(f"changes.what.{line.what}"), 13,
               status=lambda line: Status(_MOODS[line.what], say(f"changes.what.{line.what}"))),
        Column("number", f"{head}.number", lambda line: line.number, 8, muted=True),
        Column("name", f"{head}.name", lambda line: say_name(context, line), 20, strong=True,
               flexible=True),
        Column("field", f"{head}.field", lambda line: say_change(context, line), 14,
               named=True),
        Column("before", f"{head}.before", lambda line: say_value(context, line, line.before), 15,
               named=True),
        Column("after", f"{head}.after", lambda line: say_after(context, line), 15, named=True),
    )  # fmt: skip


def saved_columns(context: Context) -> tuple[Column[ChangeLine], ...]:
    """Return the columns of a file, where a program reads the difference by itself."""
    *kept, _ = change_columns(context)
    head = "changes.column"
    return (
        *kept,
        Column("after", f"{head}.after", lambda line: say_value(context, line, line.after)),
        Column("difference", f"{head}.difference", lambda line: say_difference(context, line)),
    )


LIST = ListSpec(
    "changes",
    "changes.title",
    change_columns,
    EmptyText("changes.nothing", icon="history"),
    actions=("changes.go",),
)


class ChangeShelf:
    """Answers the list from what was compared: chosen and sorted at hand, in the read lane."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.lines: tuple[ChangeLine, ...] = ()
        self.scope = ""

    def page(
        self, query: ListQuery, offset: int, limit: int, progress: Progress
    ) -> tuple[ChangeLine, ...]:
        """Return one page of lines, in the order they were compared unless asked otherwise."""
        return self.fitting(query)[offset : offset + limit]

    def count(self, query: ListQuery, progress: Progress) -> int:
        """Return how many lines the query has in all."""
        return len(self._chosen(query.filter))

    def fitting(self, query: ListQuery) -> tuple[ChangeLine, ...]:
        """Return every line that fits, in the order asked for."""
        found = self._chosen(query.filter)
        key = self._key(query.sort)
        return tuple(sorted(found, key=key, reverse=query.descending)) if key else found

    def count_scopes(self) -> dict[str, int]:
        """Return how much differs in each scope; the areas together make up all."""
        moved = [line.area for line in self.lines if line.what is not What.SAME]
        return {"": len(moved), **{area.value: moved.count(area) for area in Area}}

    def count_figures(self) -> int:
        """Return how many figures their scope shows, those that stayed the same among them."""
        return sum(line.area is Area.FIGURES for line in self.lines)

    def _chosen(self, text: str) -> tuple[ChangeLine, ...]:
        words, columns = text.casefold().split(), change_columns(self._context)
        found = tuple(filter(self._is_in_scope, self.lines))
        if not words:
            return found
        said = (" ".join(column.text(line) for column in columns).casefold() for line in found)
        pairs = zip(found, said, strict=True)
        return tuple(line for line, told in pairs if all(map(told.__contains__, words)))

    def _is_in_scope(self, line: ChangeLine) -> bool:
        return line.area == self.scope if self.scope else line.what is not What.SAME

    def _key(self, sort: str) -> Callable[[ChangeLine], str] | None:
        column = next((one for one in change_columns(self._context) if one.id == sort), None)
        if column is None:
            return None
        return lambda line: column.text(line).casefold()

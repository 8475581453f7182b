"""What differs between two dossiers, or between one and now: a line each, to read and save."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.dossiers.difference import (
    Compared,
    ComparedNow,
    LineText,
    Side,
    diff_dossiers,
    diff_with_now,
    write_csv,
    write_lines,
)
from mlops_desktop.services.dossiers.verification import export_authority
from mlops_desktop.services.session import Session
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.saving import ask_where, save_text
from mlops_desktop.ui.table import Column, EmptyText, ListPane, ListQuery, ListSpec
from mlops_desktop.ui.widgets.chips import Mood, Status
from mlops_desktop.ui.widgets.detail import DetailPane

Found = Compared | ComparedNow
_FIELDS = ("section", "thing", "field", "change", "before", "after")
_MOODS: dict[str, Mood] = {"added": "good", "removed": "bad", "changed": "warn"}
_WIDTHS = {"section": 15, "thing": 13, "field": 18, "before": 15, "after": 15}


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """A differing line in words, and what became of it."""

    id: str
    change: str
    said: LineText


class Differences:
    """Answers the list from what was compared; every typed word must occur in a line."""

    def __init__(self) -> None:
        self.lines: tuple[DifferenceLine, ...] = ()

    def page(
        self, query: ListQuery, offset: int, limit: int, progress: Progress
    ) -> tuple[DifferenceLine, ...]:
        """Return a piece of the lines, in the order of the dossier unless sorted."""
        found = list(self._fitting(query))
        if query.sort in _FIELDS:
            found.sort(key=lambda line: _cell(line, query.sort), reverse=query.descending)
        return tuple(found[offset : offset + limit])

    def count(self, query: ListQuery, progress: Progress) -> int:
        """Return how many lines fit."""
        return len(self._fitting(query))

    def _fitting(self, query: ListQuery) -> tuple[DifferenceLine, ...]:
        words = query.filter.casefold().split()
        told = ((line, " ".join(_cell(line, name) for name in _FIELDS)) for line in self.lines)
        return tuple(line for line, said in told if all(word in said for word in words))


class ComparisonPane(DetailPane):
    """Compares in the background and shows what differs."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, ("dossier.save_difference",))
        self._shelf = Differences()
        self.found: Found | None = None
        self.list: ListPane[DifferenceLine] = ListPane(context, _SPEC, self._shelf)
        self.add_tab("dossiers.difference.title", self.list, scrolls=False)
        context.language_changed.connect(self._say)
        self.hide()

    def compare(self, before: Path, after: Path | None, trust: bytes | None) -> None:
        """Compare two files, or one with what is known now."""
        session = self._context.session

        def compare(progress: Progress) -> Found:
            roots = export_authority(session).encode("ascii") + (trust or b"")
            return _compare(session, before, after, roots)

        self._forget()
        name = self._context.say("dossiers.difference.job")
        self._context.jobs.submit_network(name, compare, self._show, self._fail)
        running = Status("info", self._context.say("dossiers.difference.running"))
        self.set_head(name, "", (running,))

    def save(self) -> None:
        """Ask where to, and write every line as CSV."""
        found, language = self.found, self._context.language.code
        if found is not None:
            model = found.before.evidence.facts.model_id or "dossier"
            name = self._context.say("dossiers.difference.file", model=model)
            title = self._context.say("dossiers.action.save_difference")
            mark = "\ufeff" if language == "de" else ""
            ask_where(self.window(), title, f"{name}.csv", lambda path: save_text(
                self._context, path, lambda: mark + write_csv(found, language)))  # fmt: skip

    def _forget(self) -> None:
        self.found, self._shelf.lines = None, ()
        self.list.reload()

    def _show(self, found: Found) -> None:
        self.found = found
        self._say()
        self._context.actions.refresh()

    def _fail(self, error: AppError) -> None:
        self.set_head(self._context.say("dossiers.difference.title"))
        self.bar.show_error(error)

    def _say(self) -> None:
        found, context = self.found, self._context
        if found is None:
            return
        said = write_lines(found, context.language.code)
        pairs = zip(found.differences, said, strict=True)
        self._shelf.lines = tuple(
            DifferenceLine(str(at), one.change.value, line) for at, (one, line) in enumerate(pairs)
        )
        facts = found.before.evidence.facts
        after = _side(context, found.after) if isinstance(found, Compared) else context.say(
            "dossiers.difference.now")  # fmt: skip
        under = context.say(
            "dossiers.difference.sides", before=_side(context, found.before), after=after
        )
        number = context.language.words.count("dossiers.difference.count", len(said))
        chip = Status("warn" if said else "good", number)
        self.set_head(f"{facts.model_id} {facts.model_name}".strip(), under, (chip,))
        self.list.reload()


def _compare(session: Session, before: Path, after: Path | None, roots: bytes) -> Found:
    if after is None:
        return diff_with_now(session, before, roots)
    found = diff_dossiers(before, after, roots)
    is_backwards = _when(found.before) > _when(found.after)
    return diff_dossiers(after, before, roots) if is_backwards else found


def _when(side: Side) -> tuple[date, datetime]:
    of = side.evidence.facts.as_of
    return of.as_at, of.as_known


def _side(context: Context, side: Side) -> str:
    day = context.language.date(side.evidence.facts.as_of.as_at)
    return context.say("dossiers.difference.side", name=side.path.name, day=day)


def _cell(line: DifferenceLine, name: str) -> str:
    return str(getattr(line.said, name)).casefold()


def _columns(context: Context) -> tuple[Column[DifferenceLine], ...]:
    def column(name: str) -> Column[DifferenceLine]:
        def said(line: DifferenceLine) -> str:
            return str(getattr(line.said, name)).replace("\n", ", ")

        title = f"dossiers.difference.{name}"
        flexible = name == "after"
        return Column(name, title, said, _WIDTHS[name], strong=name == "field", flexible=flexible)

    def change(line: DifferenceLine) -> Status:
        return Status(_MOODS[line.change], line.said.change)

    became: Column[DifferenceLine] = Column(
        "change", "dossiers.difference.change", lambda line: line.said.change, 12, status=change
    )
    before, after = column("before"), column("after")
    return (column("section"), column("thing"), column("field"), became, before, after)


_SPEC = ListSpec(
    "dossiers:difference",
    "dossiers.difference.title",
    _columns,
    EmptyText("dossiers.difference.none", icon="verify"),
)

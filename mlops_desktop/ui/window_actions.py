"""The actions that belong to no page: go, look, language, theme, quit."""

from collections.abc import Callable
from typing import Protocol

from mlops_desktop.ui.actions import Action
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.page import PageSpec
from mlops_desktop.ui.prefs import TEXT_SIZES, ThemeMode
from mlops_desktop.ui.text import later
from mlops_desktop.ui.welcome import Ways


class Shell(Protocol):
    """What the actions need of the window."""

    def open_palette(self) -> None: ...
    def open_menu(self) -> None: ...
    def open_recent(self) -> None: ...
    def focus_page(self) -> None: ...
    def focus_filter(self) -> None: ...
    def print_list(self) -> None: ...
    def choose_day(self) -> None: ...
    def compare_days(self) -> None: ...
    def close(self) -> bool: ...


def window_actions(
    shell: Shell, context: Context, pages: tuple[PageSpec, ...], ways: Ways
) -> tuple[Action, ...]:
    """Return the rows of the window itself."""
    return (
        *_ways_in(shell, context, ways),
        *_places(context, pages),
        Action(
            "palette", later("Find or do…"), shell.open_palette, "Ctrl+Shift+P", "search", menu="Go"
        ),
        Action("menu", later("Open the menu"), shell.open_menu, "F10", "menu"),
        Action("focus", later("Go into the page"), shell.focus_page, "F6", "right", menu="Go"),
        Action(
            "filter", later("Filter the list"), shell.focus_filter, "Ctrl+F", "filter", menu="Edit"
        ),
        Action(
            "print",
            "list_prints.window.action",
            shell.print_list,
            "Ctrl+P",
            "print",
            menu="File",
            enabled=lambda: context.is_open,
        ),
        *_days(shell, context, {spec.id for spec in pages}),
        *_looks(context),
        Action("quit", later("Quit"), lambda: _close(shell), "Ctrl+Q", "quit", menu="File"),
    )


def _ways_in(shell: Shell, context: Context, ways: Ways) -> tuple[Action, ...]:
    def call(way: Callable[[Context], None]) -> Callable[[], None]:
        return lambda: way(context)

    demo, new = later("Open the demo"), later("New workspace…")
    file, team = later("Open a file…"), later("Join a team…")
    return (
        Action("workspace.demo", demo, call(ways.open_demo), "", "overview", menu="File"),
        Action("workspace.new", new, call(ways.make_new), "Ctrl+Shift+N", "add", menu="File"),
        Action("workspace.open", file, call(ways.choose_file), "", "open", menu="File"),
        *_of_an_open_workspace(shell, context, call(ways.leave)),
        Action("workspace.join", team, call(ways.join_team), "", "sources", menu="File"),
    )


def _of_an_open_workspace(
    shell: Shell, context: Context, leave: Callable[[], None]
) -> tuple[Action, ...]:
    def is_open() -> bool:
        return context.is_open

    again, close = later("Open again…"), later("Close the workspace")
    return (
        Action(
            "workspace.recent",
            again,
            shell.open_recent,
            "Ctrl+O",
            icon="open",
            menu="File",
        ),
        Action(
            "workspace.again",
            "recent.again",
            context.read_again.emit,
            "Ctrl+R",
            icon="sync",
            menu="View",
            enabled=is_open,
        ),
        Action("workspace.close", close, leave, icon="close", menu="File", enabled=is_open),
    )


def _close(shell: Shell) -> None:
    shell.close()


def _places(context: Context, pages: tuple[PageSpec, ...]) -> tuple[Action, ...]:
    def go(id: str) -> Callable[[], None]:
        return lambda: context.show_page(id)

    return tuple(
        Action(
            f"go.{spec.id}",
            spec.title,
            go(spec.id),
            f"Ctrl+{number}" if number < 10 else "",
            spec.icon,
            menu="Go",
            enabled=lambda: context.is_open,
        )
        for number, spec in enumerate(pages, start=1)
    )


def _days(shell: Shell, context: Context, pages: set[str]) -> tuple[Action, ...]:
    def is_open() -> bool:
        return context.is_open

    def can_compare() -> bool:
        return context.is_open and "changes" in pages

    def is_past() -> bool:
        return context.is_open and not context.as_of.is_now

    def show_now() -> None:
        context.show_as_of(None)

    name = "as_of.action"
    return (
        Action("as_of.choose", f"{name}.choose", shell.choose_day, "Ctrl+D", "calendar",
               menu="View", enabled=is_open),
        Action("as_of.now", f"{name}.now", show_now, "Ctrl+Shift+D", "clock", menu="View",
               enabled=is_past),
        Action("as_of.compare", f"{name}.compare", shell.compare_days, "Ctrl+Alt+D", "columns",
               menu="View", enabled=can_compare),
    )  # fmt: skip


def _looks(context: Context) -> tuple[Action, ...]:
    modes: tuple[tuple[ThemeMode, str], ...] = (
        ("auto", later("Colours as the system")),
        ("light", later("Light colours")),
        ("dark", later("Dark colours")),
        ("contrast", "looks.contrast"),
    )
    tongues = (("en", "English"), ("de", "Deutsch"))
    return (
        *(_theme_action(context, mode, title) for mode, title in modes),
        *(_text_action(context, percent) for percent in TEXT_SIZES),
        _motion_action(context),
        *(_language_action(context, code, title) for code, title in tongues),
    )


def _theme_action(context: Context, mode: ThemeMode, title: str) -> Action:
    def use() -> None:
        context.prefs.theme = mode
        context.theme.use(mode)

    def is_used() -> bool:
        return context.prefs.theme == mode

    return Action(f"theme.{mode}", title, use, "", "theme", menu="View", checked=is_used)


def _text_action(context: Context, percent: int) -> Action:
    def use() -> None:
        context.prefs.text_percent = percent
        context.theme.use_text(percent)

    def is_used() -> bool:
        return context.prefs.text_percent == percent

    title = f"looks.text_{percent}"
    return Action(f"text.{percent}", title, use, "", "theme", menu="View", checked=is_used)


def _motion_action(context: Context) -> Action:
    def switch() -> None:
        context.prefs.reduced_motion = not context.prefs.reduced_motion
        context.theme.use_motion(context.prefs.reduced_motion)

    def is_used() -> bool:
        return context.prefs.reduced_motion

    title = "looks.reduced_motion"
    return Action("motion.reduced", title, switch, "", "theme", menu="View", checked=is_used)


def _language_action(context: Context, code: str, title: str) -> Action:
    def use() -> None:
        context.prefs.language = code
        context.language.use(code)

    def is_used() -> bool:
        return context.language.code == code

    return Action(f"language.{code}", title, use, "", "language", menu="View", checked=is_used)

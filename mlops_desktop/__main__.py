"""Starts the program: without a command the window, otherwise the command line."""

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code; ``argv`` is without the program's name."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    is_window, place = _window_asked(arguments)
    if is_window:
        return _show_window(place)
    from mlops_desktop.cli.app import run

    return run(arguments, _open_window)


def _window_asked(arguments: list[str]) -> tuple[bool, str | None]:
    """Tell whether the window is asked for, and on which workspace."""
    match arguments:
        case []:
            return True, None
        case ["-w" | "--workspace", place]:
            return True, place
        case [option] if option.startswith("--workspace="):
            return True, option.partition("=")[2]
        case _:
            return False, None


def _show_window(place: str | None) -> int:
    from mlops_desktop.cli.display import has_display, tell_no_display

    if not has_display():
        return tell_no_display()
    return _open_window(place)


def _open_window(place: str | None) -> int:
    from mlops_desktop.ui import app

    return app.run(place)


if __name__ == "__main__":
    sys.exit(main())

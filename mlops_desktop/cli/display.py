"""Whether a window can be shown here. Imports nothing heavy: it is asked before Qt is there."""

import os
import sys


def has_display() -> bool:
    """Tell whether a window can be shown: a desktop's session, or a named Qt platform."""
    if sys.platform != "linux":
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def tell_no_display() -> int:
    """Say that there is no display and what to do; return the exit code."""
    from mlops_desktop.cli.failures import failure_of
    from mlops_desktop.cli.printing import prepare_streams, print_message
    from mlops_desktop.core.errors import AppError, Recovery

    prepare_streams()
    error = AppError("display.missing", recovery=Recovery.CONFIGURATION)
    answer = failure_of(error).answer()
    print_message(answer.text)
    return answer.code

"""Runs one command: parse, do, print, and give back the exit code."""

from collections.abc import Sequence

import click

from mlops_desktop import __version__
from mlops_desktop.cli.answer import DONE, Answer
from mlops_desktop.cli.call import Call, ShowWindow
from mlops_desktop.cli.commands import Nouns
from mlops_desktop.cli.failures import failure_of
from mlops_desktop.cli.printing import prepare_streams, print_answer, print_message

NAME = "mlops-desktop"


@click.group(cls=Nouns, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name=NAME)
def root() -> None:
    """Model risk management on a tamper-evident ledger.

    Without a command the window opens. Exit codes: 0 yes or done, 1 the answer is no, 2 the
    input is wrong and nothing was changed, 3 the surroundings failed and nothing was lost.
    """


def run(arguments: Sequence[str], show_window: ShowWindow | None = None) -> int:
    """Run one command line and return its exit code; prints, and raises nothing.

    ``show_window`` opens the window, for the command that ends with it.
    """
    prepare_streams()
    call = Call(show_window=show_window)
    try:
        answer = root.main(list(arguments), prog_name=NAME, standalone_mode=False, obj=call)
    except (Exception, KeyboardInterrupt) as error:
        return _tell(error, as_json=call.as_json or _asks_json(arguments))
    if isinstance(answer, Answer):
        print_answer(answer, as_json=call.as_json)
        return answer.code
    return answer if isinstance(answer, int) else DONE


def _asks_json(arguments: Sequence[str]) -> bool:
    """Tell whether JSON is asked for, even where the line was not understood to its end."""
    given = list(arguments)
    options = given[: given.index("--")] if "--" in given else given
    return "--json" in options


def _tell(error: BaseException, *, as_json: bool) -> int:
    answer = failure_of(error).answer()
    if as_json:
        print_answer(answer, as_json=True)
    elif isinstance(error, click.exceptions.NoArgsIsHelpError):
        print_message(error.format_message())
    else:
        print_message(answer.text)
    return answer.code

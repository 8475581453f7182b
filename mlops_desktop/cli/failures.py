"""From anything that went wrong to a message, a document and an exit code."""

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import click

from mlops_desktop.cli.answer import FAILED, INTERRUPTED, WRONG_INPUT, Answer, Document
from mlops_desktop.cli.text import visible
from mlops_desktop.core.errors import AppError, Recovery

DEBUG = "MLOPS_DESKTOP_DEBUG"
_DATABASES = frozenset({"sqlalchemy", "psycopg", "sqlcipher3"})


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong, what it means, what to do, where in the input, and the exit code."""

    code: str
    message: str
    meaning: str
    remedy: str
    where: str | None
    exit: int

    def document(self) -> Document:
        """Return the document ``{error: …}``."""
        told = {
            "code": self.code,
            "message": self.message,
            "meaning": self.meaning,
            "remedy": self.remedy,
            "where": self.where,
        }
        return {"error": told}

    def answer(self) -> Answer:
        """Return the failure as a document and as text."""
        return Answer(self.document(), self._text(), self.exit)

    def _text(self) -> str:
        first = f"Error at {self.where}: {self.message}" if self.where else f"Error: {self.message}"
        parts = (first, self.meaning, self.remedy)
        return "\n".join(visible(line) for part in parts for line in part.splitlines())


def failure_of(error: BaseException) -> Failure:
    """Return what to tell about ``error``; only a bug of ours is told as one."""
    match error:
        case click.Abort() | KeyboardInterrupt() | EOFError():
            return _explained(AppError("command.interrupted"), INTERRUPTED)
        case click.ClickException():
            return _usage(error)
        case AppError():
            is_input = error.recovery is Recovery.USER
            return _explained(error, WRONG_INPUT if is_input else FAILED)
        case _:
            return _explained(_unforeseen(error), FAILED)


def _explained(error: AppError, code: int) -> Failure:
    from mlops_desktop.services.wording import explain

    message, meaning, remedy = explain(error, "en")
    if error.recovery is Recovery.BUG:
        remedy = f"{remedy} {_report()}"
    return Failure(error.code, message, meaning, remedy.strip(), error.where, code)


def say_failure(code: str) -> str:
    """Return the sentence for a code by which a source's reading failed."""
    from mlops_desktop.services.wording import read_words

    words = read_words("en")
    key = f"failures.{code}.message"
    return words.text(key) if key in words else code


def say_remedies(codes: Iterable[str]) -> Iterator[str]:
    """Yield what to do about the codes by which readings failed, each once."""
    from mlops_desktop.services.wording import read_words

    words = read_words("en")
    keys = dict.fromkeys(f"failures.{code}.remedy" for code in codes)
    yield from dict.fromkeys(words.text(key) for key in keys if key in words)


def say_refusal(told: str) -> str:
    """Return what a reading refused, with the sentence of its code in the code's place."""
    from mlops_desktop.services.wording import read_words

    words = read_words("en")
    name, _, code = told.rpartition(": ")
    key = f"errors.{code}.message"
    return f"{name}: {words.text(key)}" if key in words.sentences else told


def _report() -> str:
    from mlops_desktop.services.wording import read_words

    return read_words("en").text("cli.report_bug", variable=DEBUG)


def _usage(error: click.ClickException) -> Failure:
    context = error.ctx if isinstance(error, click.UsageError) else None
    path = context.command_path if context is not None else "mlops-desktop"
    where = path
    if isinstance(error, click.BadParameter) and error.param is not None:
        where = max((*error.param.opts, error.param.human_readable_name), key=_is_option)
    told = error.format_message()
    failure = _explained(AppError("command.misused", told=told, command=path), WRONG_INPUT)
    return Failure(failure.code, told, failure.meaning, failure.remedy, where, WRONG_INPUT)


def _is_option(name: str) -> int:
    return len(name) if name.startswith("--") else 0


def _unforeseen(error: BaseException) -> AppError:
    if os.environ.get(DEBUG):
        from mlops_desktop.services.redaction import tell_trace

        sys.stderr.write(tell_trace(error))
    kind = type(error)
    if isinstance(error, OSError):
        reason = error.strerror or kind.__name__
        place = str(error.filename) if error.filename is not None else None
        return AppError("system.refused", recovery=Recovery.RETRY, where=place, reason=reason)
    if kind.__module__.partition(".")[0] in _DATABASES:
        cause = getattr(error, "orig", None) or error
        reason = (str(cause).splitlines() or [kind.__name__])[0]
        return AppError("database.failed", recovery=Recovery.RETRY, reason=reason)
    return AppError("program.failed", recovery=Recovery.BUG, kind=kind.__name__)


def say_warning(code: str) -> str:
    """Return the sentence for what a person should know of a source that answered."""
    from mlops_desktop.services.wording import read_words

    words = read_words("en")
    key = f"sources.warnings.{code}"
    return words.text(key) if key in words else code

"""Secrets that must be seen nowhere: the tests use them, and every way out is watched for them.

Whoever needs a secret in a test takes it from :func:`canary`. Each test fails by itself when one
of them stands in a log record, an error's text, an event, kept evidence, a dossier, or the command
line of a program that was started; the run fails when one stands in a file that a test left.
"""

import base64
import contextlib
import logging
import re
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

_MOST_BYTES = 64 << 20
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
# What a server of the tests is told, not what the program writes.
_ALLOWED = ("login.ini", "aws-config")

_SEALED = (".mlops", ".mrm")
_PAGE, _TAIL = 4 << 10, 64 << 10

_forms: dict[bytes, str] = {}
_found: list[str] = []


def canary(what: str, secret: str) -> str:
    """Watch for a secret from now on, in whatever form it would be written; return it."""
    raw = secret.encode()
    forms = {raw, quote(secret, safe="").encode(), raw.hex().encode(), repr(secret)[1:-1].encode()}
    forms |= {_inside_base64(raw, before) for before in range(3)}
    _forms.update(dict.fromkeys(forms, what))
    return secret


def _inside_base64(raw: bytes, before: int) -> bytes:
    """Return what of a secret stands in base64 whatever comes around it (``user:password``)."""
    skipped = (0, 2, 3)[before]
    whole = base64.b64encode(b"x" * before + raw)
    return whole[skipped : len(whole) // 4 * 4 - 4]


def find(content: bytes) -> str | None:
    """Return which secret stands in some bytes, None for none."""
    return next((what for form, what in _forms.items() if form in content), None)


def look(where: str, told: object) -> None:
    """Note a secret that stands in a text, or in the text of an object."""
    content = told if isinstance(told, bytes) else str(told).encode("utf-8", "replace")
    if (what := find(content)) is not None:
        _found.append(f"{what} seen in {where}")


class _Listener(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        look(f"the log ({record.name})", record.getMessage())
        if record.exc_info:
            look(f"the log ({record.name})", logging.Formatter().formatException(record.exc_info))


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("subprocess.Popen", "os.exec", "os.posix_spawn"):
        look("a command line", [str(part) for part in _listed(arguments[1])])


def _listed(told: Any) -> list[Any]:
    return [told] if isinstance(told, (str, bytes)) else list(told)


def _processes() -> Iterator[tuple[str, bytes]]:
    """Yield the command lines of all processes that may be looked at."""
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            yield file.parent.name, file.read_bytes()


Call = Callable[..., Any]


def _wrapped(call: Call, where: str, told: Callable[..., object]) -> Call:
    def watched(*given: Any, **named: Any) -> Any:
        look(where, told(*given, **named))
        return call(*given, **named)

    return watched


def _watch_program() -> None:
    from mlops_desktop.core.errors import AppError
    from mlops_desktop.dossier import build
    from mlops_desktop.outside.http_faults import HttpFault
    from mlops_desktop.store import evidence, log

    for kind in (AppError, HttpFault):
        kind.__init__ = _wrapped(  # type: ignore[method-assign]
            kind.__init__, f"an {kind.__name__}", lambda _, *given, **named: (given, named)
        )
    log.append = _wrapped(log.append, "an event", lambda _, rows: _cells(rows))
    evidence.keep = _wrapped(evidence.keep, "evidence", lambda _, answers: _answers(answers))
    seen = _wrapped(build.require_proved, "a dossier", lambda content: content)  # type: ignore[attr-defined]
    build.require_proved = seen  # type: ignore[attr-defined]


def _cells(rows: Any) -> bytes:
    cells = (cell for row in rows for cell in row)
    return b"\n".join(one if isinstance(one, bytes) else str(one).encode() for one in cells)


def _answers(answers: Any) -> bytes:
    return b"\n".join(one.request.encode() + b"\n" + one.content for one in answers)


def pytest_configure() -> None:
    """Watch every way out for as long as the process runs."""
    logging.getLogger().addHandler(_Listener(logging.INFO))
    sys.addaudithook(_audit)
    _watch_program()


@pytest.fixture(autouse=True)
def _no_secret_is_seen() -> Iterator[None]:
    """Fail the test in which a secret was seen."""
    _found.clear()
    yield
    seen, _found[:] = list(dict.fromkeys(_found)), []
    if seen:
        pytest.fail("\n".join(seen), pytrace=False)


@pytest.fixture(scope="session", autouse=True)
def _no_secret_is_left(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Fail the run when a secret stands in a file that is left, or on a running command line."""
    yield
    seen = [f"{what} left in {file}" for file, what in _left(tmp_path_factory.getbasetemp())]
    seen += [
        f"{what} in the process list: {pid}"
        for pid, line in _processes()
        if (what := find(line)) is not None
    ]
    if seen:
        pytest.fail("\n".join(seen), pytrace=False)


def _left(folder: Path) -> Iterator[tuple[Path, str]]:
    for file in sorted(folder.rglob("*")):
        if file.is_symlink() or not file.is_file() or file.name in _ALLOWED:
            continue
        with contextlib.suppress(OSError):
            if file.stat().st_size < _MOST_BYTES and (what := _in_file(file)) is not None:
                yield file, what


def _in_file(file: Path) -> str | None:
    content = file.read_bytes()
    if file.suffix in _SEALED and _is_ciphertext(content[_PAGE : 2 * _PAGE]):
        content = content[:_PAGE] + content[-_TAIL:]  # what lies between shows nothing to anybody
    if (what := find(content)) is not None or file.suffix != ".pdf":
        return what
    return next((what for part in _inflated(content) if (what := find(part))), None)


def _is_ciphertext(page: bytes) -> bool:
    """Tell a page that looks random from words and tables: nearly every byte value is in it."""
    return len(set(page)) > 240


def _inflated(content: bytes) -> Iterator[bytes]:
    for hit in _STREAM.finditer(content):
        with contextlib.suppress(zlib.error):
            yield zlib.decompress(hit.group(1))

"""Proves an installation: database, both languages, one chart, one signed and verified PDF.

Everything happens in a folder of its own with throw-away keys; neither keyring nor display is
needed, and the user's own workspaces are not touched.
"""

import io
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.dossier.content import Axis, Point, Series
from mlops_desktop.dossier.figures import draw_series
from mlops_desktop.dossier.language import Language
from mlops_desktop.outside import cipher, workspace_key
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.dossiers import Order, export_dossier, verify_dossier
from mlops_desktop.services.ledger import verify_ledger
from mlops_desktop.services.models import register_model, show_model
from mlops_desktop.services.people import unlocker
from mlops_desktop.services.session import Session
from mlops_desktop.services.wording import LANGUAGES, read_words
from mlops_desktop.services.workspaces import NewWorkspace, create_workspace

_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Checked:
    """One step of the self-check; ``error`` is None where it passed."""

    name: str
    detail: str
    error: Exception | None = None


@dataclass(slots=True)
class _Bench:
    """What the steps share: a folder, a throw-away passphrase, the workspace once it is made."""

    folder: Path
    passphrase: str = field(default_factory=new_id, repr=False)
    session: Session | None = None


def run_checks() -> Iterator[Checked]:
    """Yield every step as it is done; a step after a failed one is tried all the same."""
    with ExitStack() as stack:
        folder = stack.enter_context(_own_folder())
        bench = _Bench(folder)
        stack.callback(_close, bench)
        for name, check in _CHECKS:
            yield _try(name, check, bench)


def _try(name: str, check: Callable[[_Bench], str], bench: _Bench) -> Checked:
    try:
        return Checked(name, check(bench))
    except Exception as error:
        return Checked(name, "", error)


@contextmanager
def _own_folder() -> Iterator[Path]:
    """Give a folder whose keys are its own; environment and folder are gone afterwards."""
    names = ("MLOPS_DESKTOP_HOME", workspace_key.VARIABLE)
    before = {name: os.environ.get(name) for name in names}
    # Windows may still hold a file of the database for a moment.
    with tempfile.TemporaryDirectory(prefix="mlops-check-", ignore_cleanup_errors=True) as made:
        os.environ["MLOPS_DESKTOP_HOME"] = str(Path(made, "home"))
        os.environ[workspace_key.VARIABLE] = cipher.new_key().hex()
        try:
            yield Path(made)
        finally:
            for name, value in before.items():
                os.environ.pop(name, None) if value is None else os.environ.update({name: value})


def _close(bench: _Bench) -> None:
    if bench.session is not None:
        bench.session.workspace.close()


def _check_workspace(bench: _Bench) -> str:
    place = bench.folder / "check.mlops"
    wanted = NewWorkspace(str(place), "Self-check", "Self Check", bench.passphrase)
    bench.session = create_workspace(wanted)
    register_model(bench.session, {"name": "Prüfmodell", "tier": "1", "purpose": "Self-check"})
    row = show_model(bench.session, "M-00001").row
    return f"encrypted file, one model: {row.id} {row.name}"


def _check_ledger(bench: _Bench) -> str:
    verdict = verify_ledger(_session(bench))
    failure = verdict.first_failure
    if failure is not None and failure.finding is not None:
        raise failure.finding.error
    return f"{verdict.size} events, {len(verdict.checks)} checks"


def _check_languages(bench: _Bench) -> str:
    keys = [set(read_words(language).sentences) for language in LANGUAGES]
    if keys[0] != keys[1]:
        missing = min(keys[0] ^ keys[1])
        raise AppError("installation.words_differ", recovery=Recovery.BUG, missing=missing)
    return f"{', '.join(LANGUAGES)}: {len(keys[0])} sentences each"


def _check_chart(bench: _Bench) -> str:
    points = tuple(Point(str(number), None, f"0.{70 + number}") for number in range(1, 6))
    series = Series("auc", Axis.VERSION, points, warning="0.72")
    picture = io.BytesIO()
    draw_series(series, Language(read_words("de")), 360, 150).savefig(picture, format="png")
    if not picture.getvalue().startswith(_PNG):
        raise AppError("installation.no_picture", recovery=Recovery.BUG)
    return f"PNG of {len(picture.getvalue())} bytes"


def _check_dossier(bench: _Bench) -> str:
    session = _session(bench)
    order = Order("M-00001", bench.folder / "check.pdf", "de")
    done = export_dossier(session, order, unlocker(session, lambda: bench.passphrase))
    verdict = verify_dossier(done.path, session=session).verdict
    if verdict.first_failure is not None:
        raise AppError(
            "installation.dossier_not_valid",
            recovery=Recovery.BUG,
            verdict=verdict.outcome.value,
            check=verdict.first_failure.name,
        )
    level = verdict.signatures[0].level
    return f"{done.path.stat().st_size} bytes, {level}, {verdict.outcome}"


def _session(bench: _Bench) -> Session:
    if bench.session is None:
        raise AppError("installation.no_workspace", recovery=Recovery.BUG)
    return bench.session


_CHECKS: tuple[tuple[str, Callable[[_Bench], str]], ...] = (
    ("workspace", _check_workspace),
    ("ledger", _check_ledger),
    ("languages", _check_languages),
    ("chart", _check_chart),
    ("dossier", _check_dossier),
)

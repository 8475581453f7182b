"""The end of the demo: a dossier exported and verified, the workspace verified, papers written."""

from pathlib import Path

from mlops_desktop.core.work import Report
from mlops_desktop.outside import private_files
from mlops_desktop.services import ledger
from mlops_desktop.services.demo.data import Bank
from mlops_desktop.services.demo.drawer import drawer_path, export_now, several_path
from mlops_desktop.services.demo.extract import read_extract_part
from mlops_desktop.services.demo.result import DemoResult
from mlops_desktop.services.demo.stage import Stage
from mlops_desktop.services.demo.surroundings import HOME, KEY_FILE
from mlops_desktop.services.demo.waiting import find_waiting
from mlops_desktop.services.dossiers import verify_dossier
from mlops_desktop.services.wording import read_words

PEOPLE_FILE = "people.txt"


def finish(stage: Stage, bank: Bank, folder: Path, language: str, report: Report) -> DemoResult:
    """Export and verify, and tell where everything is."""
    dossier = export_now(stage, bank, folder, language, report)
    report("demo.verifying", 0, None)
    altered = _alter(dossier)
    found = ledger.verify_ledger(stage.session)
    return DemoResult(
        folder=folder,
        place=folder / bank.file,
        home=folder / HOME,
        key_file=folder / KEY_FILE,
        people_file=_write_people(stage, bank, folder, language),
        dossier=dossier,
        verdict=_verdict(stage, dossier),
        altered=altered,
        altered_verdict=_verdict(stage, altered),
        drawer=(
            *(drawer_path(part, folder) for part in bank.drawer),
            *(several_path(part, folder) for part in bank.several),
        ),
        extract=folder / read_extract_part().file,
        events=found.size,
        is_sound=found.is_ok,
        people=tuple(part.name for part in bank.person),
        waiting=find_waiting(stage.session),
    )


def _verdict(stage: Stage, path: Path) -> str:
    return verify_dossier(path, session=stage.session).verdict.outcome.value


def _alter(dossier: Path) -> Path:
    """Write a copy with one byte changed, as somebody would who makes a 6 of an 8.

    It is a digit of the title: anywhere else the file might no longer be one that can be read.
    """
    content = bytearray(dossier.read_bytes())
    number = dossier.stem.encode()
    content[content.index(number) + len(number) - 1] ^= 1
    path = dossier.with_name(f"{dossier.stem}-altered.pdf")
    path.write_bytes(content)
    return path


def _write_people(stage: Stage, bank: Bank, folder: Path, language: str) -> Path:
    words = read_words(language)
    lines = [words.text("demo.people.title"), words.text("demo.people.warning"), ""]
    for part in bank.person:
        secret = stage.passphrases[part.name] if part.certified else "–"
        lines.append(f"{part.name:<22}{secret:<22}{part.unit}")
    path = folder / PEOPLE_FILE
    private_files.write(path, "\n".join([*lines, ""]).encode("utf-8"))
    return path

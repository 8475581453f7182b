"""What judges that we did not write say of a printed list."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from mlops_desktop.dossier.listing import ListColumn, ListSheet, print_sheet
from mlops_desktop.services.wording import read_words
from tests.peers.test_archival import _broken

pytestmark = pytest.mark.peers

NAMES = ('<img src="/etc/passwd">', "=cmd()", "\u202eevil", "信用评分", "نموذج", "x" * 300, "")


def test_a_list_on_paper_is_archival_and_can_be_heard(tmp_path: Path) -> None:
    files = []
    for language in ("en", "de"):
        rows = tuple(
            (f"M-{at:05}", NAMES[at % len(NAMES)], str(at))
            for at in range(510 if language == "de" else 40)
        )
        sheet = ListSheet(
            id="0196f3a0-0000-7000-8000-000000000001",
            title="Modelle",
            workspace="Elbmark Bank AG",
            person="Dr. Katrin Feddersen",
            printed_at=datetime(2026, 9, 30, 12, 0, tzinfo=UTC),
            as_of="As of 30 Sep 2026",
            filter="tier:1",
            order="",
            columns=(
                ListColumn("Nr.", 8),
                ListColumn("Name", 30),
                ListColumn("Zahl", 6, is_numeric=True),
            ),
            rows=rows,
            generator="MLOps Desktop",
        )
        file = tmp_path / f"{language}.pdf"
        file.write_bytes(print_sheet(sheet, read_words(language)))
        files.append(file)
    for flavour in ("3a", "ua1"):
        assert all(not found for found in _broken(flavour, *files).values()), flavour

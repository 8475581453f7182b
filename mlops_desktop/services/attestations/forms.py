"""The form of a campaign: a sheet of models to be answered outside and given back."""

from pathlib import Path

from mlops_desktop.core.errors import AppError
from mlops_desktop.ledger.text import plain_text
from mlops_desktop.services.attestations.answering import list_answerable
from mlops_desktop.services.exports.sheets import book_rows, csv_rows
from mlops_desktop.services.files import write_file
from mlops_desktop.services.session import Session
from mlops_desktop.services.wording import read_words
from mlops_desktop.store.queries.campaign_answers import AskedRow
from mlops_desktop.store.queries.campaigns import find_campaign

_COLUMNS = ("id", "name", "tier", "owner", "answer", "comment")
_WIDTHS = (12, 50, 14, 30, 22, 60)
ENDINGS = (".csv", ".xlsx")


def write_form(session: Session, named: str, path: Path, language: str) -> int:
    """Write what the acting person has still to answer, by the file's ending; return how many.

    Raises ``campaign.not_found``, ``export.form_unknown``, ``export.file_exists``,
    ``file.not_written``.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        known = ", ".join(ENDINGS)
        raise AppError("export.form_unknown", where=str(path), ending=ending, known=known)
    if path.exists():
        raise AppError("export.file_exists", where=str(path), path=str(path))
    with session.workspace.read() as view:
        row = find_campaign(view.connection, named)
        found = list_answerable(view, row, session.actor.person)
    wanted = [one for one in found if not one.standing.is_covered]
    words = read_words(language)
    heads = [words.text(f"attestations.column.{name}") for name in _COLUMNS]
    cells = [_cells(one) for one in wanted]
    is_csv = ending == ".csv"
    made = csv_rows(heads, cells, language) if is_csv else _book(row.id, heads, cells)
    write_file(path, made)
    return len(wanted)


def _book(title: str, heads: list[str], cells: list[list[str]]) -> bytes:
    return book_rows(title, heads, cells, _WIDTHS)


def _cells(one: AskedRow) -> list[str]:
    tier = str(one.tier) if one.tier is not None else ""
    return [one.id, plain_text(one.name), tier, plain_text(one.owner_name), "", ""]

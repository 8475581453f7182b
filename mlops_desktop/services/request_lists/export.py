"""A request list given out whole: an index as CSV and Excel, the files, and their digests."""

import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from babel.dates import format_date

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.wording import Words
from mlops_desktop.services.exports.sheets import book_rows, csv_rows
from mlops_desktop.services.request_lists.content import Named, Request, read_list, text_of
from mlops_desktop.services.session import Session
from mlops_desktop.services.wording import read_words
from mlops_desktop.store import evidence
from mlops_desktop.store.queries import people
from mlops_desktop.store.unit_of_work import ReadSession

COLUMNS = (
    "number", "id", "asker", "question", "answer", "state", "owner", "due", "answered",
    "handed_over", "handed_over_to", "file", "document", "digest", "kept",
)  # fmt: skip
_WIDTHS = (12, 10, 18, 60, 60, 14, 22, 12, 14, 14, 22, 40, 30, 66, 14)
_UNSAFE = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Given:
    """What was given out: where, how many requests and files, and which documents are missing."""

    path: Path
    requests: int
    files: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Attached:
    """A document of a request: its path beside the index, or none where it is only named."""

    request: Request
    named: Named | None
    path: str = ""


def export_list(
    session: Session, name: str, out: Path, language: str = "en", as_of: AsOf = NOW
) -> Given:
    """Write a list to a new folder, or to a ZIP file by its ending; all of it or nothing.

    A document kept as evidence is copied out and its bytes are checked again; one that is only
    named is listed as missing. Raises ``request_list.not_found``, ``request_list.target_exists``,
    ``evidence.altered``, ``file.not_written``.
    """
    is_zip = out.suffix.lower() == ".zip"
    if out.exists() and (is_zip or not out.is_dir() or any(out.iterdir())):
        raise AppError("request_list.target_exists", where="--out", path=str(out))
    words = read_words(language)
    try:
        with session.workspace.read() as view, TemporaryDirectory(dir=out.parent) as folder:
            made = Path(folder) / "list"
            attached = _write(view, read_list(view, name, as_of), made, words)
            _put(made, out, is_zip=is_zip)
    except OSError as error:
        reason = error.strerror or ""
        raise AppError(
            "file.not_written", recovery=Recovery.CONFIGURATION, path=str(out), reason=reason
        ) from error
    return _given(out, attached)


def _put(made: Path, out: Path, *, is_zip: bool) -> None:
    if not is_zip:
        if out.exists():
            out.rmdir()
        shutil.move(made, out)
        return
    packed = made.with_suffix(".zip")
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as pack:
        for file in sorted(path for path in made.rglob("*") if path.is_file()):
            pack.write(file, file.relative_to(made).as_posix())
    shutil.move(packed, out)


def _given(out: Path, attached: list[_Attached]) -> Given:
    requests = {one.request.row.id for one in attached}
    files = {one.path for one in attached if one.path}
    missing = [
        f"{one.request.number}: {one.named.name}" for one in attached if one.named and not one.path
    ]
    return Given(out, len(requests), len(files), tuple(missing))


def _write(
    view: ReadSession, requests: tuple[Request, ...], folder: Path, words: Words
) -> list[_Attached]:
    (folder / "files").mkdir(parents=True)
    attached = [one for request in requests for one in _attach(view, request, folder)]
    names = people.names(view.connection)
    rows = [_cells(words, one, names) for one in attached]
    heads = [words.text(f"request_lists.column.{name}") for name in COLUMNS]
    (folder / "index.csv").write_bytes(csv_rows(heads, rows, words.language))
    (folder / "index.xlsx").write_bytes(book_rows("Index", heads, rows, _WIDTHS))
    _write_sums(folder)
    return attached


def _attach(view: ReadSession, request: Request, folder: Path) -> Iterator[_Attached]:
    if not request.documents:
        yield _Attached(request, None)
    for named in request.documents:
        content = _read(view, named)
        if content is None:
            yield _Attached(request, named)
            continue
        path = f"files/{_file_name(request, named)}"
        (folder / path).write_bytes(content)
        yield _Attached(request, named, path)


def _read(view: ReadSession, named: Named) -> bytes | None:
    if named.digest is None:
        return None
    try:
        return evidence.read(view.connection, named.digest).content
    except AppError as error:
        if error.code != "evidence.not_kept":
            raise
        return None


def _file_name(request: Request, named: Named) -> str:
    """Return a name that can harm no file system; the digest keeps two of one name apart."""
    number, name = (_UNSAFE.sub("_", text).strip("._") for text in (request.number, named.name))
    assert named.digest is not None
    return f"{number[:40]}_{named.digest[:8]}_{name[-80:]}"


def _cells(words: Words, one: _Attached, names: dict[str, str]) -> list[str]:
    details, row, named = one.request.details, one.request.row, one.named
    gone = words.text("retention.erased")
    kept = "" if named is None else words.text(f"request_lists.{'kept' if one.path else 'missing'}")
    return [
        one.request.number,
        row.number,
        words.text(f"item.request.choice.{details.asker.value}") if details.asker else "",
        text_of(details.question, gone),
        text_of(details.answer, gone),
        words.text(f"item.request.stage.{row.stage}"),
        names.get(details.owner or "", ""),
        *(_day(words, day) for day in (row.due, one.request.answered, one.request.handed_over)),
        text_of(details.handed_over_to, gone),
        one.path,
        named.name if named else "",
        (named.digest or "") if named else "",
        kept,
    ]


def _day(words: Words, day: date | None) -> str:
    if day is None:
        return ""
    return format_date(day, "dd.MM.yyyy" if words.language == "de" else "yyyy-MM-dd")


def _write_sums(folder: Path) -> None:
    """Write the digest of every file, as ``sha256sum -c SHA256SUMS`` checks them."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [
        f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
        for path in files
    ]
    (folder / "SHA256SUMS").write_bytes("".join(lines).encode("utf-8"))

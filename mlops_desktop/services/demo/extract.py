"""An extract that the auditor took away and brought back with remarks, each of them with a fate."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from mlops_desktop import paths
from mlops_desktop.core.identity import Role
from mlops_desktop.core.inventory import number_text
from mlops_desktop.core.items.requests import REQUEST
from mlops_desktop.core.work import unheard
from mlops_desktop.services import items
from mlops_desktop.services.copies.extracting import Reader, take_extract
from mlops_desktop.services.copies.outbox import read_outbox
from mlops_desktop.services.copies.pushing import receive
from mlops_desktop.services.demo.calendar import Calendar
from mlops_desktop.services.demo.plan import Act, Hours, Perform, about
from mlops_desktop.services.demo.stage import Stage
from mlops_desktop.services.demo.strict import Strict, read_file
from mlops_desktop.services.items import Given
from mlops_desktop.services.session import Ask, Session
from mlops_desktop.services.workspaces import open_workspace


class RemarkPart(Strict, frozen=True):
    """What the auditor asks about a model, and what he is answered, if he is."""

    model: int
    title: str
    question: str
    owner: str
    due: str
    answered: str = ""
    answer: str = ""
    documents: str = ""
    withdrawn: str = ""


class ExtractPart(Strict, frozen=True):
    """The extract: of which models, when it was taken, annotated and brought back.

    ``before`` was asked before it was taken, answered at the bank and withdrawn in the extract.
    """

    reader: str
    maker: str
    file: str
    models: tuple[int, ...]
    list_name: str
    asked: str
    taken: str
    annotated: str
    received: str
    before: RemarkPart
    remark: tuple[RemarkPart, ...]


def read_extract_part() -> ExtractPart:
    """Return what was taken away and asked; raises ``demo.file_malformed``."""
    return read_file(paths.resource("demo", "extract.toml"), ExtractPart)


def plan_extract(part: ExtractPart, calendar: Calendar, folder: Path) -> Iterator[Act]:
    """Yield the way of the extract out and back, and what became of the remarks."""
    path, named = folder / part.file, dict[str, str]()
    before = part.before
    yield Act(calendar.moment(part.asked, Hours.ITEM), _ask_before(part, named))
    yield Act(calendar.moment(part.taken, Hours.MOVE), _take(part, path))
    yield Act(calendar.moment(before.answered, Hours.DEPLOY), _answer(before, named))
    for number, one in enumerate(part.remark, 2):
        at = about(calendar.moment(part.annotated, Hours.ITEM), "remark", number)
        yield Act(at, _annotate(part, one, number, path, named))
    yield Act(calendar.moment(part.annotated, Hours.STEP), _withdraw(part, path, named))
    yield Act(calendar.moment(part.received, Hours.EDIT), _bring_back(part, path))
    for one in part.remark:
        if one.answered:
            at = about(calendar.moment(one.answered, Hours.STEP), "answer", one.title)
            yield Act(at, _answer(one, named))


def _ask_before(part: ExtractPart, named: dict[str, str]) -> Perform:
    return lambda stage: _ask(stage, stage.acting(part.reader), part, part.before, 1, named)


def _ask(
    stage: Stage,
    session: Session,
    part: ExtractPart,
    one: RemarkPart,
    number: int,
    named: dict[str, str],
) -> None:
    told = {"title": one.title, "question": one.question, "owner": stage.people[one.owner]}
    told |= {"asker": "internal_audit", "due": stage.calendar.fill_date(one.due)}
    told |= {"list_name": part.list_name, "list_number": str(number)}
    given = Given(told, (number_text(one.model),))
    named[one.title] = items.open_item(session, REQUEST, given).id


def _take(part: ExtractPart, path: Path) -> Perform:
    def perform(stage: Stage) -> None:
        models = tuple(number_text(number) for number in part.models)
        secret = stage.passphrases[part.reader]
        reader = Reader(path, part.reader, secret, Role.AUDITOR, models)
        take_extract(stage.acting(part.maker), reader, unheard, prove=_secret(stage, part.maker))

    return perform


def _annotate(
    part: ExtractPart, one: RemarkPart, number: int, path: Path, named: dict[str, str]
) -> Perform:
    def perform(stage: Stage) -> None:
        session = _open(stage, part, path)
        with closing(session.workspace):
            _ask(stage, session, part, one, number, named)

    return perform


def _withdraw(part: ExtractPart, path: Path, named: dict[str, str]) -> Perform:
    def perform(stage: Stage) -> None:
        session, given = _open(stage, part, path), Given({}, reason=part.before.withdrawn)
        with closing(session.workspace):
            items.take_step(session, REQUEST, named[part.before.title], "withdraw", given)

    return perform


def _bring_back(part: ExtractPart, path: Path) -> Perform:
    def perform(stage: Stage) -> None:
        session = _open(stage, part, path)
        with closing(session.workspace):
            receive(stage.acting(part.maker), read_outbox(session))

    return perform


def _answer(one: RemarkPart, named: dict[str, str]) -> Perform:
    def perform(stage: Stage) -> None:
        told = {"answer": one.answer}
        if one.documents:
            told["documents"] = one.documents
        session = stage.acting(one.owner)
        items.take_step(session, REQUEST, named[one.title], "answer", Given(told))

    return perform


def _open(stage: Stage, part: ExtractPart, path: Path) -> Session:
    """Open the extract as its reader does, with the passphrase alone."""
    return open_workspace(str(path), ask=_secret(stage, part.reader), is_noted=False)


def _secret(stage: Stage, name: str) -> Ask:
    return lambda: stage.passphrases[name]

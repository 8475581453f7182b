"""Tiering templates: shipped, read from files, taken over, activated, archived."""

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import mlops_desktop.store.queries.tiering as queries
from mlops_desktop import paths
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.authority import Act, is_alone
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events import codec
from mlops_desktop.core.events.tiering import (
    TierTemplateActivated,
    TierTemplateAdded,
    TierTemplateArchived,
)
from mlops_desktop.core.tier_template_check import check_template
from mlops_desktop.core.tier_templates import Template, TemplateStatus
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.services.authority import check_authority
from mlops_desktop.services.cases import View
from mlops_desktop.services.hands import hand_of
from mlops_desktop.services.late import locks_late
from mlops_desktop.services.session import Recorded, Session
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.tiering import TemplateRow
from mlops_desktop.store.unit_of_work import WriteSession

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

__all__ = ["TemplateRow"]

SCHEMA = "tiering-template-1.json"
_MOST_KIB = 128
_OPEN = frozenset({TemplateStatus.DRAFT, TemplateStatus.ACTIVE})


def list_templates(session: Session, as_of: AsOf = NOW) -> tuple[TemplateRow, ...]:
    """Return every version in the workspace, then those shipped that it has not taken over."""
    with session.workspace.read() as view:
        rows = queries.list_templates(view.connection, as_of)
    known = {row.key for row in rows}
    return (*rows, *(row for row in shipped_templates() if row.key not in known))


def show_template(session: Session, named: str, as_of: AsOf = NOW) -> TemplateRow:
    """Return a version by id or key, a shipped one too; raises ``tiering.template_not_found``."""
    with session.workspace.read() as view:
        found = _find_shipped(named, queries.list_templates(view.connection, as_of))
        return found or queries.find_template(view.connection, named, as_of)


@cache
def shipped_templates() -> tuple[TemplateRow, ...]:
    """Return the templates that come with the program."""
    files = sorted(paths.resource("tiering").glob("*.json"))
    found = (parse_template(file.read_bytes()) for file in files)
    return tuple(TemplateRow(item.key, item, TemplateStatus.SHIPPED, "", "") for item in found)


def _find_shipped(named: str, rows: tuple[TemplateRow, ...]) -> TemplateRow | None:
    if any(named in (row.key, row.template.id) for row in rows):
        return None
    shipped = shipped_templates()
    return next((row for row in shipped if named in (row.key, row.template.id)), None)


def parse_template(data: bytes) -> Template:
    """Return the template in a JSON file, checked; ``where`` of a refusal names its place.

    Raises ``tiering.template_too_long``, ``tiering.template_unreadable``, and what
    :func:`check_template` refuses.
    """
    if len(data) > _MOST_KIB * 1024:
        raise AppError("tiering.template_too_long", most=_MOST_KIB)
    try:
        tree = json.loads(clean_text(data.decode("utf-8-sig")))
    except (ValueError, RecursionError) as error:
        detail = str(error)[:200]
        raise AppError("tiering.template_unreadable", where="$", detail=detail) from None
    fault = min(_validator().iter_errors(tree), key=lambda found: found.json_path, default=None)
    if fault is not None:
        detail = fault.message[:200]
        raise AppError("tiering.template_unreadable", where=fault.json_path, detail=detail)
    template = codec.from_tree(Template, tree, {})
    check_template(template)
    return template


@cache
def _validator() -> "Draft202012Validator":
    from jsonschema import Draft202012Validator  # not at the program's start

    return Draft202012Validator(json.loads(paths.schema(SCHEMA).read_bytes()))


@locks_late
def add_template(session: Session, named: str) -> Recorded:
    """Take a template over as a draft: a shipped one by its name, or one from a JSON file.

    Raises ``tiering.version_taken`` for a version not above those here, what
    :func:`parse_template` refuses, and ``tiering.file_unreadable``.
    """
    template = _read(named)
    with session.workspace.write(session.actor) as work:
        check_authority(session, work, Act.DRAFT_TEMPLATE)
        _add(work, template)
    return Recorded(template.key, work.changes)


def _read(named: str) -> Template:
    shipped = _find_shipped(named.strip(), ())
    if shipped is not None:
        return shipped.template
    path = Path(named)
    try:
        with path.open("rb") as file:
            return parse_template(file.read(_MOST_KIB * 1024 + 1))
    except OSError as error:
        raise AppError(
            "tiering.file_unreadable", where=named, path=named, reason=error.strerror or ""
        ) from None


def _add(work: WriteSession, template: Template) -> None:
    rows = queries.list_templates(work.connection)
    here = [row.template.version for row in rows if row.template.id == template.id]
    if here and max(here) >= template.version:
        raise AppError(
            "tiering.version_taken",
            where="$.version",
            id=template.id,
            version=template.version,
            newest=max(here),
        )
    work.record(TierTemplateAdded(template))


def activate_template(session: Session, named: str) -> Recorded:
    """Let a draft rate models; the version active before is archived. It takes another person.

    A shipped one is taken over; where somebody else can sign, that is done by another before.
    Raises ``tiering.template_not_found``, ``tiering.status_refused``,
    ``authority.activate_template``, ``authority.second_person``.
    """

    def check(view: View) -> tuple[Template, bool, bool]:
        template, drafter, is_new = _find_draft(session, view, named)
        act = Act.ACTIVATE_TEMPLATE
        return template, is_new, check_authority(session, view, act, drafter=drafter)

    hand = hand_of(session, check)
    with session.workspace.write(session.actor) as work:
        template, is_new, alone = check(work)
        if is_new:
            _add(work, template)
        for row in queries.list_templates(work.connection):
            if row.template.id == template.id and row.status is TemplateStatus.ACTIVE:
                work.record(TierTemplateArchived(row.template.id, row.template.version))
        made = TierTemplateActivated(template.id, template.version, alone, hand.seen)
        hand.record(work, made)
    return Recorded(template.key, work.changes)


def take_up_template(session: Session, named: str) -> Recorded:
    """Bring a template in and activate it, as far as the acting person may do both.

    A shipped one is only taken over as a draft where somebody else can sign: he activates it.
    Raises what :func:`add_template` and :func:`activate_template` raise.
    """
    with session.workspace.read() as view:
        rows = queries.list_templates(view.connection)
        shipped = _find_shipped(named, rows)
        person = people.get_person(view.connection, session.actor.person)
        alone = is_alone(person, people.list_people(view.connection))
    if shipped is not None and not alone:
        return add_template(session, named)
    return activate_template(session, named)


def _find_draft(session: Session, view: View, named: str) -> tuple[Template, str, bool]:
    """Return the draft of that name, who brought it, and whether it is yet to be taken over.

    Of an id alone it is the newest draft.
    """
    rows = queries.list_templates(view.connection)
    shipped = _find_shipped(named, rows)
    if shipped is not None:
        check_authority(session, view, Act.DRAFT_TEMPLATE)
        return shipped.template, session.actor.person, True
    drafts = [row for row in rows if row.status is TemplateStatus.DRAFT]
    newest = [row.key for row in drafts if row.template.id == named.strip()]
    found = queries.find_template(view.connection, newest[-1] if newest else named)
    if found.status is not TemplateStatus.DRAFT:
        raise AppError("tiering.status_refused", key=found.key, status=found.status.value)
    return found.template, found.person, False


@locks_late
def archive_template(session: Session, named: str) -> Recorded:
    """Let a version rate nothing any more; what it rated stays.

    Raises ``authority.archive_template``, ``tiering.template_not_found``,
    ``tiering.status_refused``.
    """
    with session.workspace.write(session.actor) as work:
        check_authority(session, work, Act.ARCHIVE_TEMPLATE)
        row = queries.find_template(work.connection, named)
        if row.status not in _OPEN:
            raise AppError("tiering.status_refused", key=row.key, status=row.status.value)
        work.record(TierTemplateArchived(row.template.id, row.template.version))
    return Recorded(row.key, work.changes)

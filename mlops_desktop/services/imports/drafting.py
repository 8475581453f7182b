"""From the bytes of a file to the report of its import, reading the workspace and changing none."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from mlops_desktop.core.custom_fields import Field
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.model_links import Link
from mlops_desktop.services.asking import find_version
from mlops_desktop.services.imports.cells import Known, refusal_of
from mlops_desktop.services.imports.entities import Entities
from mlops_desktop.services.imports.links import Links
from mlops_desktop.services.imports.mapping import map_columns
from mlops_desktop.services.imports.matching import Inventory
from mlops_desktop.services.imports.own import Own, numbers_of
from mlops_desktop.services.imports.papers import Papers
from mlops_desktop.services.imports.persons import Persons
from mlops_desktop.services.imports.planning import Intent, Plan, Planner, Readers
from mlops_desktop.services.imports.report import ColumnUse, Notice, Parameter, Refusal, Report
from mlops_desktop.services.imports.shelf import Shelf
from mlops_desktop.services.imports.vocabulary import DERIVED, ID, LINKS, ON_PAPER, field_of
from mlops_desktop.services.imports.wishes import Source, Wishes
from mlops_desktop.sources.tabular import Remark, Table, Wanted, read_table
from mlops_desktop.store import evidence
from mlops_desktop.store.collation import sort_key
from mlops_desktop.store.queries import imports as queries
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.custom_fields import list_fields
from mlops_desktop.store.queries.entities import list_entities
from mlops_desktop.store.queries.inventory_index import open_states, read_index
from mlops_desktop.store.queries.model_links import list_links
from mlops_desktop.store.queries.papers import planned_models, recorded_marks
from mlops_desktop.store.unit_of_work import ReadSession, WriteSession

_NAMING = ("name", "register_id", ID)


@dataclass(frozen=True, slots=True)
class Read:
    """A file as a table with the use of each column; two columns of one field are refused."""

    table: Table
    columns: tuple[ColumnUse, ...]
    refusals: tuple[Refusal, ...]
    own: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A report, what stands behind its rows, and the names of whom and what becomes known."""

    report: Report
    intents: tuple[Intent, ...]
    people: Mapping[str, str]
    entities: Mapping[str, str]

    @property
    def changes(self) -> bool:
        """Whether anything at all is to be recorded."""
        return bool(self.intents or self.people or self.entities)


def read_source(view: ReadSession, source: Source, wishes: Wishes) -> Read:
    """Parse a file and say what its columns are read as; raises ``import.…``."""
    remembered, own = queries.remembered_columns(view.connection), list_fields(view.connection)

    def is_known(text: str) -> bool:
        return field_of(text, own) is not None or bool(remembered.get(sort_key(text)))

    wanted = Wanted(wishes.sheet, wishes.heading_row, wishes.headings)
    table = read_table(source.name, source.content, is_known, wanted)
    columns = map_columns(table, wishes.columns, remembered, own)
    return Read(table, columns, (*_twice(table, columns), *_nameless(table, columns)), own)


def _twice(table: Table, columns: tuple[ColumnUse, ...]) -> list[Refusal]:
    first: dict[str, ColumnUse] = {}
    refused = []
    for use in columns:
        if use.field and use.field not in DERIVED and first.setdefault(use.field, use) is not use:
            error = AppError("import.column_twice", heading=first[use.field].heading)
            refused.append(refusal_of(table.heading_row, error, use))
    return refused


def _nameless(table: Table, columns: tuple[ColumnUse, ...]) -> list[Refusal]:
    if any(use.field in _NAMING for use in columns):
        return []
    return [refusal_of(table.heading_row, AppError("import.no_name_column"))]


def draw_up(view: ReadSession | WriteSession, source: Source, read: Read, wishes: Wishes) -> Draft:
    """Return what the import of a file would do to the inventory as it is now."""
    persons = Persons(people.list_people(view.connection), adds=wishes.adds_people)
    entities = Entities(list_entities(view.connection), adds=wishes.adds_entities)
    columns = _without_twins(read)
    form = Own(read.own, numbers_of(read.table.grid))
    inventory, known = Inventory(read_index(view.connection)), Known(persons, entities)
    links = Links(inventory, _links(view, columns))
    readers = Readers(form, _papers(view, source, columns, persons), links)
    planner = Planner(columns, inventory, known, wishes, readers)
    is_nameless = any(one.code == "import.no_name_column" for one in read.refusals)
    plan = Plan((), (), (), ()) if is_nameless else _plan(view, planner, read.table)
    report = _report(source, read, wishes, plan, (persons, entities))
    return Draft(report, plan.intents, persons.added, entities.added)


def _papers(
    view: ReadSession | WriteSession, source: Source, columns: tuple[ColumnUse, ...], who: Persons
) -> Papers:
    """Return what reads papers, with those on record where the file has columns about them."""
    uses = frozenset(use.field for use in columns if use.field)
    is_read = bool(uses.intersection(ON_PAPER))
    known = recorded_marks(view.connection) if is_read else frozenset()
    planned = planned_models(view.connection) if is_read else frozenset()
    shelf = Shelf(source.folder, partial(evidence.is_kept, view.connection))

    def version_of(model: str, label: str) -> str:
        return find_version(view, model, label).key

    return Papers(uses, shelf, who, known, version_of, planned)


def _links(view: ReadSession | WriteSession, columns: tuple[ColumnUse, ...]) -> tuple[Link, ...]:
    """Return the links there are, where the file has a column about them."""
    is_read = any(use.field == LINKS for use in columns)
    return tuple(row.link for row in list_links(view.connection, opens=False)) if is_read else ()


def _without_twins(read: Read) -> tuple[ColumnUse, ...]:
    twins = {(one.letter, one.field) for one in read.refusals}
    return tuple(
        replace(use, field=None) if (use.letter, use.field) in twins else use
        for use in read.columns
    )


def _plan(view: ReadSession | WriteSession, planner: Planner, table: Table) -> Plan:
    found = planner.matches(table)
    held = {match.model.row.key: match.model.record for _, match in found if match.model}
    return planner.plan(found, open_states(view.connection, held))


def _report(
    source: Source, read: Read, wishes: Wishes, plan: Plan, known: tuple[Persons, Entities]
) -> Report:
    persons, entities = known
    grid = read.table.grid
    remarks = (*grid.remarks, *read.table.remarks)
    return Report(
        source.name,
        source.digest,
        grid.form,
        grid.sheet or None,
        grid.encoding or None,
        grid.delimiter or None,
        read.table.heading_row,
        read.columns,
        plan.rows,
        (*read.refusals, *plan.refusals),
        (*map(_notice, remarks), *_of_columns(read.columns), *plan.notices),
        tuple(sorted(persons.added.values())),
        wishes.leaves_out_refused,
        read.own,
        tuple(sorted(entities.added.values())),
    )


def _notice(remark: Remark) -> Notice:
    return Notice(
        remark.code, parameters=tuple(Parameter(name, value) for name, value in remark.parameters)
    )


def _of_columns(columns: tuple[ColumnUse, ...]) -> list[Notice]:
    """Tell of columns that nobody reads, and of those that follow from other facts."""
    unknown = [use for use in columns if use.field is None and use.heading]
    return [
        *(Notice("column_derived", column=use.heading) for use in columns if use.field in DERIVED),
        *(Notice("column_left_out", column=use.heading) for use in unknown if use.basis != "none"),
        *(_unknown(use) for use in unknown if use.basis == "none"),
    ]


def _unknown(use: ColumnUse) -> Notice:
    if use.suggestion is None:
        return Notice("column_unknown", column=use.heading)
    told = (Parameter("suggestion", use.suggestion),)
    return Notice("column_near", column=use.heading, parameters=told)

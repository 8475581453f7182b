"""A model that is retired has nothing due: nobody validates or rates what runs no more."""

from datetime import timedelta

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW
from mlops_desktop.core.lifecycle import Move, Scope
from mlops_desktop.dossier.content import Chapter, Missing
from mlops_desktop.services import models
from mlops_desktop.services.dossiers import cells
from mlops_desktop.services.dossiers.cells import code
from mlops_desktop.services.dossiers.orders import Population
from mlops_desktop.services.dossiers.portfolio import tables
from mlops_desktop.services.dossiers.portfolio.chosen import choose
from tests.services.conftest import Bank
from tests.services.steps import register
from tests.services.test_area_lights import validate
from tests.services.test_summary_chapter import grid, summarised

LATE = {"next_review": "2025-05-01", "last_review": "2024-05-01", "tier": "2"}


def overdue(bank: Bank) -> list[str]:
    with bank.session.workspace.read() as view:
        chosen = choose(view, Population(scope=Scope.ALL), NOW)
    chapter = tables.build_overdue(chosen, (), NOW.day)
    assert not isinstance(chapter.parts, Missing)
    listed = chapter.parts[0].grid
    assert listed is not None
    return [row[0][0].text for row in listed.rows if not isinstance(row[0], Missing)]


def test_of_what_runs_no_more_nothing_is_overdue(file_bank: Bank) -> None:
    for name in ("Kept", "Gone"):
        models.register_model(file_bank.session, {"name": name, **LATE})
    assert overdue(file_bank) == ["M-00001", "M-00002"]
    models.move_model(file_bank.session, "1", Move.RETIRE, reason="replaced")
    assert overdue(file_bank) == ["M-00002"]
    found = summarised(file_bank)
    standing = {row[0]: row[1] for row in grid(found, "summary_standing").rows}
    assert standing[code("standing.next_review")] == cells.NONE
    assert due(found) == cells.NONE


def due(chapter: Chapter) -> object:
    assert not isinstance(chapter.parts, Missing)
    (part,) = [one for one in chapter.parts if one.name == "summary_next"]
    return part.fields[0].values if part.fields else part.grid


def validated(bank: Bank) -> list[str]:
    rows = grid(summarised(bank), "summary_standing").rows
    (told,) = [row[1] for row in rows if row[0] == code("standing.last_review")]
    assert not isinstance(told, Missing)
    return [one.text for one in told]


def test_a_later_day_of_the_inventory_stands_beside_the_validation_on_record(
    file_bank: Bank,
) -> None:
    long_ago = clock.now() - timedelta(days=40)
    with clock.reading(lambda: long_ago):
        register(file_bank, tier="2")
        validate(file_bank, "V-00001", data="green")
    on_record = validated(file_bank)
    assert on_record[1] == long_ago.date().isoformat(), "the record has the day of the report"
    later = (clock.today() - timedelta(days=10)).isoformat()
    models.edit_model(file_bank.session, "1", {"last_review": later})
    assert validated(file_bank) == [*on_record, "validated_later", later]

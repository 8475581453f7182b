"""Every row of the attack table is found at the levels it claims, and at no other."""

import pytest

from tests.services.attacks.scene import Scene
from tests.services.attacks.table import TABLE, Row


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_an_attack_is_seen_at_the_levels_of_the_table_and_where_it_begins(
    scene: Scene, row: Row
) -> None:
    with scene.attacked() as insider:
        row.attack(scene, insider)
        seeing = scene.look(insider)
    assert seeing.levels == row.levels, seeing.places
    if row.check:
        place = scene.marks[row.mark] + row.offset if row.mark else row.offset
        assert seeing.places.get(row.check) == place, seeing.places
    assert bool(row.check) == bool(row.levels)

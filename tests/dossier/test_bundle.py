"""What a bundle is bound of: nested bookmarks, kept parts, numbers of the whole, checked parts."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.errors import AppError
from mlops_desktop.dossier import evidence
from mlops_desktop.dossier.bundle.binding import renumber
from mlops_desktop.dossier.bundle.checking import find_odd_part, find_part_disproof
from mlops_desktop.dossier.bundle.outline import MOST, Bookmark, nest
from mlops_desktop.dossier.bundle.printing import of_its_own
from mlops_desktop.dossier.bundle.shapes import PlacedHeading, PrintedPart
from mlops_desktop.dossier.bundle.shelf import PartShelf
from mlops_desktop.dossier.content import Facts, ModelPart
from tests.dossier.sample import at, content

FACTS = content().facts
LINE = evidence.encode_facts(FACTS)
PART = PrintedPart(b"%PDF", 3, (PlacedHeading("1 Inventory", 1, 700.5),), {"page-of-x": 2})


def _leaves(found: tuple[Bookmark, ...]) -> Iterator[Bookmark]:
    for one in found:
        yield from _leaves(one.below) if one.below else (one,)


def _widths(found: tuple[Bookmark, ...]) -> Iterator[int]:
    yield len(found)
    for one in found:
        yield from _widths(one.below) if one.below else ()


@given(st.integers(0, 30_000))
def test_no_level_of_bookmarks_has_many_siblings_and_none_is_lost(count: int) -> None:
    flat = [Bookmark(f"M-{number:05} x", number, 0.0) for number in range(count)]
    nested = nest(flat)
    assert [*_leaves(nested)] == flat
    assert max(_widths(nested)) <= MOST


def test_a_part_is_found_again_by_what_it_was_printed_from(tmp_path: Path) -> None:
    shelf = PartShelf(tmp_path)
    assert shelf.find(LINE, "en") is None
    shelf.keep(LINE, "en", PART)
    assert shelf.find(LINE, "en") == PART
    assert shelf.find(LINE, "de") is None
    assert shelf.find(LINE + b" ", "en") is None
    (entry,) = tmp_path.glob("*.part")
    assert b"Inventory" not in entry.read_bytes()


@pytest.mark.parametrize("place", [0, 3, 20, -1])
def test_a_damaged_entry_is_never_used(tmp_path: Path, place: int) -> None:
    shelf = PartShelf(tmp_path)
    shelf.keep(LINE, "en", PART)
    (entry,) = tmp_path.glob("*.part")
    data = bytearray(entry.read_bytes())
    data[place] ^= 1
    entry.write_bytes(data)
    assert shelf.find(LINE, "en") is None
    entry.write_bytes(b"")
    assert shelf.find(LINE, "en") is None


def test_an_entry_of_another_part_is_never_used(tmp_path: Path) -> None:
    shelf = PartShelf(tmp_path)
    shelf.keep(LINE, "en", PART)
    (entry,) = tmp_path.glob("*.part")
    shelf.keep(LINE + b"2", "en", replace(PART, pages=4))
    (other,) = (one for one in tmp_path.glob("*.part") if one != entry)
    other.replace(entry)
    assert shelf.find(LINE, "en") is None


def test_what_was_used_longest_ago_makes_room(tmp_path: Path) -> None:
    shelf = PartShelf(tmp_path, most=1)
    shelf.keep(LINE, "en", PART)
    shelf.tidy()
    assert [*tmp_path.glob("*.part")] == []


def test_a_part_is_the_same_where_only_the_ledger_grew() -> None:
    later = replace(FACTS, as_of=replace(FACTS.as_of, as_known=at("2027-01-01"), position=9))
    assert of_its_own(later) == of_its_own(FACTS)
    renamed = replace(later, model_name="PD")
    assert of_its_own(renamed) != of_its_own(FACTS)


def test_a_number_of_the_whole_ends_where_that_of_the_part_did() -> None:
    drawn = b"BT 1 0 0 1 0 0 Tm .1 .1 .1 rg 1 0 0 1 -7.515 0 Tm /F1+0 9 Tf 13 TL ( 3) Tj ET"
    assert b"( 1234) Tj" in renumber(drawn, 1234)
    with pytest.raises(AppError, match=r"dossier\.not_bound"):
        renumber(b"BT (3) Tj ET", 1234)


def bound(*lines: bytes) -> tuple[Facts, dict[str, bytes]]:
    """Return the facts that name the parts in ``lines``, and the file that holds them."""
    named = tuple(ModelPart(FACTS.model_id, FACTS.model_name, sha256(x).hexdigest()) for x in lines)
    told = replace(FACTS, model_parts=named)
    return told, {"models.jsonl": b"".join(line + b"\n" for line in lines)} if lines else {}


def test_parts_are_those_that_the_facts_name() -> None:
    facts, files = bound(LINE)
    assert find_odd_part(facts, files) is None
    assert find_part_disproof(files, content().leaves) is None
    other = evidence.encode_facts(replace(FACTS, model_name="PD"))
    assert find_odd_part(facts, {"models.jsonl": other + b"\n"}) == FACTS.model_id
    assert find_odd_part(facts, {}) == "models.jsonl"
    assert find_odd_part(facts, {"models.jsonl": (LINE + b"\n") * 2}) == "models.jsonl"
    assert find_odd_part(FACTS, files) == "models.jsonl"
    assert find_odd_part(*bound(other)) == FACTS.model_id
    moved = replace(FACTS, as_of=replace(FACTS.as_of, position=1))
    assert find_odd_part(*bound(evidence.encode_facts(moved))) == FACTS.model_id
    assert find_part_disproof(files, ()) is not None

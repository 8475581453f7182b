"""Decisions are read from DMN files, and nothing hostile is."""

from pathlib import Path

import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.dmn import read_dmn
from mlops_desktop.services.items import ItemFilter, list_items, show_item
from mlops_desktop.sources.documents import dmn
from tests.services.conftest import Bank
from tests.services.steps import register

SAID = {"model_role": "proposes", "human_override": "Marktfolge, mit Begründung"}
FILE = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="Kredit">
 <decision id="d1" name="Kredit gewähren"><question>Wird der Kredit gewährt?</question>
  <informationRequirement><requiredDecision href="#d2"/></informationRequirement>
  <informationRequirement><requiredInput href="#i1"/></informationRequirement>
  <authorityRequirement><requiredAuthority href="#k1"/></authorityRequirement>
 </decision>
 <decision id="d2" name="Rating bestimmen"/>
 <inputData id="i1" name="Antrag"/><knowledgeSource id="k1" name="Kreditrichtlinie"/>
</definitions>"""


def test_each_decision_becomes_an_item(file_bank: Bank, tmp_path: Path) -> None:
    register(file_bank)
    path = tmp_path / "kredit.dmn"
    path.write_text(FILE, "utf-8")
    first, second = read_dmn(file_bank.session, path, ("M-00001",), SAID)
    details = show_item(file_bank.session, first).state.details
    told = {name: getattr(details, name) for name in ("title", "question", "inputs", "policy")}
    assert {name: getattr(value, "text", value) for name, value in told.items()} == {
        "title": "Kredit gewähren",
        "question": "Wird der Kredit gewährt?",
        "inputs": "Rating bestimmen, Antrag",
        "policy": "Kreditrichtlinie",
    }
    assert show_item(file_bank.session, second).row.title == "Rating bestimmen"


def test_what_is_hostile_or_no_decision_is_refused_whole(file_bank: Bank, tmp_path: Path) -> None:
    register(file_bank)
    path = tmp_path / "x.dmn"
    bomb = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><definitions>&b;</definitions>'
    for text, code in (
        (bomb, "dmn.unreadable"),
        ("Kredit;ja", "dmn.unreadable"),
        ("<definitions/>", "dmn.no_decision"),
        (" " * (dmn.LARGEST + 1), "dmn.too_large"),
        (FILE.replace('name="Rating bestimmen"', "").replace('id="d2"', ""), "item.field_missing"),
    ):
        path.write_text(text, "utf-8")
        with pytest.raises(AppError) as refused:
            read_dmn(file_bank.session, path, ("M-00001",), SAID)
        assert refused.value.code == code
    assert not list_items(file_bank.session, ItemFilter())

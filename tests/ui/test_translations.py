"""Every text of the window has a finished German translation, and the compiled table is current."""

import ast
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from mlops_desktop import paths
from tests.support.surroundings import ROOT

UI = ROOT / "mlops_desktop" / "ui"


def sources() -> Iterator[tuple[str, str]]:
    """Yield the literal of each tr and later, with its place; refuses what cannot be extracted."""
    for file in sorted(UI.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id in ("tr", "later") and node.args:
                first = node.args[0]
                place = f"{file.name}:{node.lineno}"
                if isinstance(first, ast.Constant):
                    yield str(first.value), place


def messages(language: str) -> dict[str, ET.Element]:
    tree = ET.parse(paths.resource("translations", f"{language}.ts"))  # noqa: S314
    return {message.findtext("source") or "": message for message in tree.iter("message")}


def finished(message: ET.Element) -> list[str]:
    translation = message.find("translation")
    assert translation is not None
    assert translation.get("type") is None, f"unfinished: {message.findtext('source')}"
    forms = [form.text or "" for form in translation.iter("numerusform")]
    return forms or [translation.text or ""]


def test_every_text_is_finished_in_german() -> None:
    known = messages("de")
    missing = {f"{place}: {text}" for text, place in sources() if text not in known}
    assert missing == set(), "run python -m tests.ui.translations"
    assert all(all(finished(message)) for message in known.values())


def test_no_translation_is_left_without_its_text() -> None:
    assert set(messages("de")) == {text for text, _ in sources()}


def test_a_translation_keeps_the_parameters() -> None:
    import re

    for text, message in messages("de").items():
        for form in finished(message):
            assert sorted(re.findall(r"\{\w+\}|%L?n", form)) == sorted(
                re.findall(r"\{\w+\}|%L?n", text)
            ), text


def test_english_knows_one_and_many() -> None:
    counted = {text for text, message in messages("de").items() if message.get("numerus") == "yes"}
    assert set(messages("en")) == counted
    assert all(len(finished(message)) == 2 for message in messages("en").values())


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_compiled_table_is_current(language: str, qapp: QApplication) -> None:
    compiled = QTranslator()
    assert compiled.load(str(paths.resource("translations", f"{language}.qm")))
    for text, message in messages(language).items():
        forms = finished(message)
        number = 1 if message.get("numerus") == "yes" else -1
        assert compiled.translate("", text, "", number) == forms[0], (
            "run python -m tests.ui.translations"
        )

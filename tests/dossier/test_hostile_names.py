"""Whatever a source or a person may call something comes out as text, in both languages.

Not only a name here and there: every free text of the facts at once is the hostile one.
"""

import csv
import dataclasses
import re
from dataclasses import replace
from datetime import datetime
from io import BytesIO, StringIO

import pikepdf
import pytest

from mlops_desktop.core.wording import Words
from mlops_desktop.dossier.build import build
from mlops_desktop.dossier.checklist import NAME as CHECKLIST
from mlops_desktop.dossier.content import (
    Chapter,
    Checkpoint,
    DossierContent,
    Grid,
    Kind,
    Leaf,
    Part,
    Signer,
    Value,
)
from mlops_desktop.dossier.countersign import countersign
from mlops_desktop.dossier.difference import compare
from mlops_desktop.dossier.render import read_text
from mlops_desktop.dossier.seal import seal
from mlops_desktop.dossier.stamp import Statement
from mlops_desktop.dossier.typeset.safety import safe
from mlops_desktop.dossier.verdict import Outcome
from mlops_desktop.dossier.verify import read_evidence
from mlops_desktop.outside.certificates import issue_person
from mlops_desktop.outside.credentials import Credential
from tests.dossier.conftest import STATEMENT
from tests.dossier.judging import judge, judge_alone, told
from tests.dossier.sample import at, content

NAMES = {
    "image": '<img src="/etc/passwd">',
    "script": "</script><script>alert(1)</script>",
    "link": "<a href='javascript:alert(1)'>x</a><a href='file:///etc/passwd'>y</a>",
    "para": "</para></font><para><onDraw name='x'/><seq/><pageNumber/>&undefined;<!--",
    "formula": "=cmd|'/c calc'!A1",
    "plus": "+1+cmd()",
    "at": "@SUM(1+1)*cmd()",
    "direction": "right\u202eto\u2066left",
    "emoji": "emoji 😀👩‍🔬 Ω",
    "nul": "nul\x00bell\x07escape\x1b[31m",
    "surrogate": "lone \ud800 and \udfff",
    "percent": "100 % {x} {0} %s %(signer)s %n",
    "pdf": ") Tj ET endstream endobj /JS (app.alert(1)) << >>",
    "lines": "one\ntwo\r\nthree\u2028four\tfive",
    "long": "x" * 10_000,
}
_TERM = re.compile(r"[a-z0-9_.:+/-]*")
_KEPT = (Checkpoint, Leaf, datetime)


def spoiled(held: object, name: str) -> object:
    """Return facts in which each text that is no code, date, digest or number is ``name``."""
    if isinstance(held, _KEPT) or (isinstance(held, Value) and held.kind is not Kind.TEXT):
        return held
    if dataclasses.is_dataclass(held) and not isinstance(held, type):
        told = {one.name: getattr(held, one.name) for one in dataclasses.fields(held) if one.init}
        return replace(held, **{key: spoiled(value, name) for key, value in told.items()})
    if isinstance(held, tuple):
        return tuple(spoiled(one, name) for one in held)
    is_free = type(held) is str and not _TERM.fullmatch(held)
    return name if is_free else held


REGULATION = Chapter(
    "regulation",
    (
        Part(
            "profile",
            "OSFI E-23",
            (),
            Grid(
                ("rule", "requirement", "result", "evidence", "page"),
                (tuple((Value(Kind.TEXT, "To be spoiled"),) for _ in range(5)),),
            ),
        ),
    ),
)


def hostile(name: str, language: str) -> DossierContent:
    base = content(language)
    facts = replace(base.facts, chapters=(*base.facts.chapters, REGULATION))
    document = replace(
        base.document,
        workspace=name,
        created_by=name,
        classification=name,
        signers=(Signer(name, "validator"),),
    )
    changed = spoiled(facts, name)
    return replace(base, facts=changed, document=document)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("kind", NAMES)
def test_it_comes_out_as_text_and_stops_nothing(
    kind: str,
    language: str,
    english: Words,
    german: Words,
    signer: Credential,
    authority: Credential,
    roots: bytes,
) -> None:
    name, words = NAMES[kind], english if language == "en" else german
    wanted = hostile(name, language)
    sealed = seal(build(wanted, words), signer, STATEMENT, words)
    said = Statement(name, "validator", name, at("2026-10-01T08:00:00"))
    who = issue_person(authority, "Jonas Brandt", "p-1", at("2026-01-02"))
    signed = countersign(sealed, 1, who, said, words)

    assert told(judge(sealed, roots)) == (Outcome.VALID, None)
    assert judge_alone(sealed, roots) == ("valid", "")
    assert judge(signed, roots).outcome in {Outcome.VALID, Outcome.UNTRUSTED}
    assert not compare(read_evidence(sealed).facts, read_evidence(signed).facts)
    shown = "".join("".join(read_text(signed)).split())
    assert "".join(safe(name).split())[:40] in shown
    assert "root:x:0" not in shown
    _require_harmless(signed)
    _require_neutral(sealed)


def _require_harmless(pdf: bytes) -> None:
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert len(opened.attachments) in {4, 5, 6}
        for thing in opened.objects:
            if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                keys = {"/URI", "/JS", "/Launch", "/OpenAction", "/AA", "/XFA", "/RichMedia"}
                assert not keys & set(thing.keys())
                assert thing.get("/S") not in {"/URI", "/JavaScript", "/Launch", "/GoToR"}
                assert thing.get("/Subtype") != "/Image"


def _require_neutral(pdf: bytes) -> None:
    with pikepdf.open(BytesIO(pdf)) as opened:
        data = opened.attachments[CHECKLIST].get_file().read_bytes().decode("utf-8-sig")
    for row in csv.reader(StringIO(data)):
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell[:40]

"""The built dossier: complete, archival, deaf to hostile names."""

import hashlib
import json
from dataclasses import replace
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.wording import Words
from mlops_desktop.dossier.appendix import OSFI_APPENDIX_1
from mlops_desktop.dossier.archive import MARK, require_archival
from mlops_desktop.dossier.attachments import EVIDENCE, LEDGER
from mlops_desktop.dossier.build import build
from mlops_desktop.dossier.content import Field, Missing, Pair, Reason, Section
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.pages.accounts import say_summary
from mlops_desktop.dossier.pages.sheet import Sheet
from mlops_desktop.dossier.render import read_text
from mlops_desktop.dossier.typeset.safety import safe
from tests.dossier.printing import SECTIONS, attached, squeezed
from tests.dossier.sample import SERIES, content, ledger, version, with_facts


def test_attachments_are_printed_with_their_digests(draft: bytes) -> None:
    pages = "".join("".join(read_text(draft)).split())
    files = attached(draft)
    assert {EVIDENCE, LEDGER} < set(files)
    for name, data in files.items():
        assert name in pages
        assert hashlib.sha256(data).hexdigest() in pages


def test_attachments_say_how_they_relate(draft: bytes) -> None:
    with pikepdf.open(BytesIO(draft)) as opened:
        related = {
            str(spec.obj.UF): str(spec.obj.AFRelationship) for spec in opened.attachments.values()
        }
        assert len(opened.Root.AF) == len(related)
    assert related[EVIDENCE] == "/Data"
    assert related[LEDGER] == "/Source"


def test_the_draft_is_pdf_a_3b(draft: bytes, draft_german: bytes) -> None:
    require_archival(draft)
    require_archival(draft_german)


def test_a_file_that_is_not_archival_is_refused() -> None:
    plain = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(plain)
    with pytest.raises(AppError, match=r"archive\.not_archival"):
        require_archival(plain.getvalue())


def test_metadata_names_language_title_and_digests(draft_german: bytes) -> None:
    with pikepdf.open(BytesIO(draft_german)) as pdf:
        assert str(pdf.Root.Lang) == "de"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        xmp = pdf.open_metadata()
        assert "M-00002" in xmp["dc:title"]
        assert MARK in xmp["dc:type"]
        assert xmp["pdfaid:part"] == "3"
        assert xmp["dc:identifier"] == f"urn:uuid:{content().document.id}"
        digest = hashlib.sha256(attached(draft_german)[EVIDENCE]).hexdigest()
        assert f"{EVIDENCE} sha256:{digest}" in xmp["dc:relation"]
        assert str(pdf.docinfo["/CreationDate"]) == "D:20260930190512Z"


def test_the_same_content_gives_the_same_bytes(draft: bytes, english: Words) -> None:
    assert build(content("en"), english) == draft


def test_the_outline_leads_to_every_section(draft: bytes, english: Words) -> None:
    document = pypdfium2.PdfDocument(draft)
    entries = list(document.get_toc())
    top = [entry.get_title() for entry in entries if entry.level == 0][1:]
    assert top == [
        f"{number}  {english.text(f'dossier.section.{name}')}"
        for number, name in enumerate(SECTIONS, 1)
    ]
    assert all(entry.get_dest() is not None for entry in entries)


def test_the_contents_name_the_right_pages(draft: bytes) -> None:
    document = pypdfium2.PdfDocument(draft)
    contents = squeezed([read_text(draft)[1]])
    sections = [entry for entry in document.get_toc() if entry.level == 0][1:]
    for entry in sections:
        number, title = entry.get_title().split("  ")
        assert f"{number} {title} {entry.get_dest().get_index() + 1}" in contents


def test_the_contents_are_links_inside_the_document(draft: bytes) -> None:
    with pikepdf.open(BytesIO(draft)) as pdf:
        notes = [note for page in pdf.pages for note in page.obj.get("/Annots", [])]
        links = [note for note in notes if note.Subtype == "/Link"]
        assert len(links) == len(SECTIONS)
        assert all("/Dest" in link and "/A" not in link for link in links)


def test_every_required_field_stands_in_the_record(draft: bytes) -> None:
    shown = squeezed(read_text(draft))
    for reference, _ in OSFI_APPENDIX_1:
        assert reference in shown


def test_a_record_that_leaves_a_field_out_is_refused(english: Words) -> None:
    base = content()
    cut = tuple(
        Section(s.name, tuple(f for f in s.fields if f.name != "owner"))
        for s in base.facts.inventory
    )
    with pytest.raises(AppError, match=r"dossier\.field_left_out") as refusal:
        build(with_facts(base, inventory=cut), english)
    assert refusal.value.parameters == {"field": "owner", "reference": "E23-A1-04"}


def test_a_proof_that_does_not_hold_is_refused(english: Words) -> None:
    base = content()
    wrong = replace(base.leaves[2], path=base.leaves[1].path)
    leaves = (*base.leaves[:2], wrong, *base.leaves[3:])
    with pytest.raises(AppError, match=r"dossier\.proof_wrong") as refusal:
        build(replace(base, leaves=leaves), english)
    assert refusal.value.parameters["position"] == base.leaves[2].position


def test_whole_sections_may_be_missing_and_say_so(german: Words) -> None:
    gap = Missing(Reason.NONE_YET)
    base = content("de")
    extract, _ = ledger()
    empty = with_facts(
        base,
        versions=gap,
        deployments=gap,
        datasets=gap,
        series=Missing(Reason.NOT_MEASURED),
        approvals=gap,
        ledger=replace(extract, entries=gap),
        evidence_files=gap,
        blind_spots=replace(base.facts.blind_spots, sources=gap, unmeasured=(), left_out=()),
    )
    pdf = build(empty, german)
    require_archival(pdf)
    shown = squeezed(read_text(pdf))
    assert shown.count("keine erfasst") >= 7
    assert "nicht verfügbar – nicht gemessen" in shown
    assert "Alles zu diesem Modell Bekannte ist abgedruckt." in shown
    assert "In diesem Dossier ist keine Kennzahl genannt." in shown


HOSTILE = (
    '<img src="/etc/passwd">',
    "<a href='javascript:alert(1)'>x</a>",
    "=cmd|'/c calc'!A1",
    "right\u202eto left",
    "emoji 😀 CJK 中文",
    "100 % {x} %(signer)s \\u0000",
    "nul\x00bell\x07",
    "</para></font>&undefined;<!--",
    "$x^2$ \\input{/etc/passwd}",
    "x" * 10_000,
)


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_come_out_as_text(name: str, english: Words) -> None:
    base = content("en")
    odd = replace(version(5), version=name, run=name, tags=(Pair(name, name),), aliases=(name,))
    series = (replace(SERIES[0], metric=name),)
    hostile = replace(
        with_facts(base, model_name=name, versions=(odd,), series=series),
        document=replace(base.document, workspace=name, created_by=name, classification=name[:99]),
    )
    pdf = build(hostile, english)
    require_archival(pdf)
    assert "".join(safe(name).split())[:40] in "".join("".join(read_text(pdf)).split())
    with pikepdf.open(BytesIO(pdf)) as opened:
        for thing in opened.objects:
            if isinstance(thing, pikepdf.Dictionary):
                assert "/URI" not in thing
                assert "/JS" not in thing
                assert thing.get("/Subtype") != "/Image"
        assert json.loads(attached(pdf)[EVIDENCE])["facts"]["model_name"] == name


def test_hundreds_of_versions_and_metrics_split_well(english: Words) -> None:
    versions = tuple(replace(version(5), version=str(number)) for number in range(200))
    metrics = tuple(Pair(f"metric_{number}", f"0.{number + 1}") for number in range(500))
    versions = (*versions[:-1], replace(versions[-1], metrics=metrics))
    extract, leaves = ledger(1000)
    large = with_facts(content("en"), versions=versions, ledger=extract)
    pdf = build(replace(large, leaves=leaves), english)
    shown = squeezed(read_text(pdf))
    assert all(f"metric_{number}" in shown for number in range(500))
    assert all(f"Version {number} " in shown for number in range(200))
    siblings: dict[int, int] = {}
    for entry in pypdfium2.PdfDocument(pdf).get_toc():
        siblings[entry.level] = siblings.get(entry.level, 0) + 1 if entry.level else 0
        for deeper in [level for level in siblings if level > entry.level]:
            siblings[deeper] = 0
        assert siblings[entry.level] <= 300  # signature checkers recurse over siblings


def test_a_changed_field_is_named_in_words(german: Words) -> None:
    base = content("de")
    assert not isinstance(base.facts.approvals, Missing)
    approval = base.facts.approvals[1]
    change = approval.voided_by[0]
    names = ("version.artifact", "parameter.max_depth", "metric.gini", "dataset.Ausfälle", "odd.x")
    voided = tuple(replace(change, name=name) for name in names)
    pdf = build(with_facts(base, approvals=(replace(approval, voided_by=voided),)), german)
    shown = squeezed(read_text(pdf))
    for words in ("Artefakt (Modellversion)", "Parameter max_depth", "Kennzahl gini", "odd.x"):
        assert words in shown


@pytest.mark.parametrize(
    ("event", "summary", "told"),
    [
        ("approval.decided", "condition", "Freigabe mit Auflagen"),
        ("model.moved", "suspend", "Einsatz ausgesetzt"),
        ("validation.moved", "report", "Bericht vorgelegt"),
        ("validation.moved", "judged.use_test", "Bereich beurteilt: Verwendung (Use-Test)"),
        ("finding.opened", "owner, due", "Verantwortlich, Fällig"),
        ("model.edited", "next_review", "Nächste Validierung"),
        ("model.registered", "owner of Nothing", "owner of Nothing"),
        (
            "model.edited",
            "monitoring_owner, -owner",
            "Zuständig für die Überwachung, Verantwortlich (geleert)",
        ),
        ("model.edited", "custom.kostenstelle", "Kostenstelle"),
        ("model.scoped", "eu-ai-act", "KI-Verordnung, Verordnung (EU) 2024/1689"),
        ("deployment.opened", "7 → production (champion)", "7 → Produktivumgebung (champion)"),
        ("model.tiered", "general / 1", "general, Fassung 1"),
        ("model.linked", "feeds", "liefert an"),
        ("permission.answered", "granted", "erteilt"),
        ("permission.needed", "EZB / production", "EZB, Produktivumgebung"),
        ("deployment.closed", "7 → production", "7 → Produktivumgebung"),
        ("approval.decided", "A-00042: condition", "A-00042: Freigabe mit Auflagen"),
        ("finding.edited", "F-00012: owner, due", "F-00012: Verantwortlich, Fällig"),
        ("finding.opened", "F-00012", "F-00012"),
        ("approval.refused", "deputy_of_owner", "in Vertretung der Modellverantwortung"),
        ("entry.observed", "unheard_of", "unheard_of"),
    ],
)
def test_the_extract_says_what_the_program_named(
    german: Words, event: str, summary: str, told: str
) -> None:
    base = content("de")
    entries = base.facts.ledger.entries
    assert isinstance(entries, tuple)
    entry = replace(entries[0], type=event, summary=summary)
    own = Section("custom", (Field("custom.kostenstelle", (), (), "Cost centre\nKostenstelle"),))
    facts = replace(base.facts, inventory=(*base.facts.inventory, own))
    assert say_summary(Sheet(base.document, facts, Language(german), ()), entry) == told

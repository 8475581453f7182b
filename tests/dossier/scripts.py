"""The sample dossier with names in every script wherever a name can stand."""

from dataclasses import replace

from mlops_desktop.dossier.content import (
    DossierContent,
    Field,
    Flowchart,
    Grid,
    Interval,
    Kind,
    Pair,
    Part,
    Section,
    Signer,
    Station,
    Value,
)
from tests.dossier.sample import content, with_facts

NAMES = {
    "german": "Größenmaß der Ausfälle, ẞ",
    "greek": "Ωμέγα Ελλάδα ἀρχή",
    "cyrillic": "Щука Їжак Жук",
    "hebrew": "מודל אשראי",
    "arabic": "محمد بن سلمان",
    "persian": "پژوهشگر",
    "chinese": "零售信贷违约概率模型",
    "japanese": "信用リスク評価モデル（試験）",
    "korean": "신용위험 모델 평가",
    "vietnamese": "Nguyễn Văn Ứng",
    "georgian": "ქართული Հայերեն",
    "marks": "q\u0308 x\u0323",
    "beyond the first plane": "𝔸𝕏 😀",
}
SIGNERS = (Signer("דוד כהן", "validator"), Signer("محمد بن سلمان", "compliance_officer"))
SEALER = "王小明 (김철수)"


def content_in_scripts(language: str) -> DossierContent:
    """Return the sample with such names in title, fields, tables, figures, headings and places."""
    base = content(language)
    names = tuple(NAMES.values())
    datasets, series, versions = base.facts.datasets, base.facts.series, base.facts.versions
    assert isinstance(datasets, tuple)
    assert isinstance(series, tuple)
    assert isinstance(versions, tuple)
    (findings,) = base.facts.chapters
    chapters = (replace(findings, parts=tuple(map(_part, names))),)
    changed = with_facts(
        base,
        model_name=" · ".join(names[3:7]),
        inventory=(*base.facts.inventory, Section("names", tuple(map(_field, names)))),
        datasets=tuple(replace(datasets[0], name=name) for name in names),
        series=tuple(
            replace(one, metric=name) for one, name in zip(series, names[3:], strict=False)
        ),
        versions=tuple(replace(one, tags=_pairs(names)) for one in versions),
        chapters=chapters,
    )
    document = replace(
        base.document,
        workspace=f"{names[3]} · {names[6]}",
        created_by=SEALER,
        classification=names[4],
        signers=SIGNERS,
    )
    return replace(changed, document=document)


def _field(name: str) -> Field:
    return Field("name", (Value(Kind.TEXT, name),), ())


def _part(name: str) -> Part:
    """Return a heading, a field, a table's row, and two figures that say a name."""
    cell = (Value(Kind.TEXT, name),)
    stations = (Station("a", "dataset", name, name, is_marked=False), _BAD_STATION)
    return Part(
        "finding",
        name,
        (_field(name),),
        Grid(("step", "person"), ((cell, cell), ((Value(Kind.TEXT, name * 12),), cell))),
        Flowchart(stations, (("a", "b"),)),
        intervals=(Interval(name, "0.02", "0.012", "0.028", "0.01", "at_least"),),
    )


_BAD_STATION = Station("b", "model", SEALER, "", is_marked=True)


def _pairs(names: tuple[str, ...]) -> tuple[Pair, ...]:
    return tuple(Pair(name, name) for name in names)

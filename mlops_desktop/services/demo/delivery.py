"""Acts of delivery: what pipelines drop about versions, and the permit asked for at the gate."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

from mlops_desktop import paths
from mlops_desktop.core.inventory import number_text
from mlops_desktop.core.version_tests import TestKind
from mlops_desktop.services import models, sources, version_tests
from mlops_desktop.services.demo.calendar import Calendar
from mlops_desktop.services.demo.plan import Act, Hours, Perform
from mlops_desktop.services.demo.stage import Stage
from mlops_desktop.services.demo.strict import Strict, read_file
from mlops_desktop.services.permits.issuing import PermitWish, issue_permit
from mlops_desktop.services.sources import NewSource

FOLDER = "Lieferstrecke"
_ISSUED = time(16, 40)
_RAN = time(5, 12)
_READ = timedelta(minutes=25)


class RedPart(Strict, frozen=True):
    """A case that failed, with what the test said."""

    name: str
    says: str


class SuitePart(Strict, frozen=True):
    """A suite of a run: how many cases, under which names, which of them are red."""

    name: str
    kind: str
    cases: int
    about: tuple[str, ...]
    red: tuple[RedPart, ...] = ()


class ResultPart(Strict, frozen=True):
    """A finding of the security scan, with the level that the tool gave it."""

    rule: str
    level: str
    says: str
    place: str
    line: int


class PackagePart(Strict, frozen=True):
    """A part of the bill of materials; with a vulnerability it says what was made of it."""

    name: str
    version: str
    vulnerability: str = ""
    state: str = ""
    severity: str = ""
    score: float = 0.0


class RunPart(Strict, frozen=True):
    """A run of the pipeline for a version: its branch, merge request and commit, what it found."""

    model: int
    version: str
    on: str
    branch: str
    request: str
    commit: str
    suite: tuple[SuitePart, ...]
    result: tuple[ResultPart, ...] = ()
    package: tuple[PackagePart, ...] = ()


class RequiredPart(Strict, frozen=True):
    """What a risk class asks for from a day on."""

    tier: int
    kinds: tuple[TestKind, ...]
    on: str
    by: str
    why: str


class PermitPart(Strict, frozen=True):
    """A permit that was asked for at the gate, for the artefact that the registry names."""

    model: int
    version: str
    on: str
    by: str
    file: str


class Delivery(Strict, frozen=True):
    """The folder into which pipelines drop results, with everything about it."""

    source: str
    added: str
    by: str
    scanner: str
    scanner_version: str
    run: tuple[RunPart, ...]
    required: RequiredPart
    permit: PermitPart


def read_delivery() -> Delivery:
    """Return how the sample bank delivers versions; raises ``demo.file_malformed``."""
    return read_file(paths.resource("demo", "delivery.toml"), Delivery)


def plan_delivery(told: Delivery, calendar: Calendar, folder: Path) -> Iterator[Act]:
    """Yield the connection, a reading after each run's day, what is asked for, the permit."""
    place = folder.resolve() / FOLDER
    yield Act(calendar.moment(told.added, Hours.CONNECT), _connect(told, place))
    for day in sorted({calendar.day(run.on) for run in told.run}):
        yield Act(calendar.moment(day.isoformat(), Hours.CONNECT) + _READ, _read(told, place, day))
    required, permit = told.required, told.permit
    yield Act(calendar.moment(required.on, Hours.EDIT), _require(required))
    yield Act(calendar.moment(permit.on, _ISSUED), _permit(permit, folder.resolve()))


def _connect(told: Delivery, place: Path) -> Perform:
    def perform(stage: Stage) -> None:
        place.mkdir(parents=True, exist_ok=True)
        sources.add_source(stage.acting(told.by), NewSource("folder", told.source, str(place)))

    return perform


def _read(told: Delivery, place: Path, day: date) -> Perform:
    def perform(stage: Stage) -> None:
        for run in told.run:
            if stage.calendar.day(run.on) == day:
                _drop(told, run, place, datetime.combine(day, _RAN, UTC))
        sources.sync(stage.acting(told.by), told.source, lambda *_: None)

    return perform


def _require(part: RequiredPart) -> Perform:
    return lambda stage: version_tests.require_tests(
        stage.acting(part.by), part.tier, part.kinds, part.why
    )


def _permit(part: PermitPart, folder: Path) -> Perform:
    def perform(stage: Stage) -> None:
        named = number_text(part.model)
        digest = _artifact(stage, named, part.version)
        wish = PermitWish(named, part.version, "production", digest)
        issued = issue_permit(stage.acting(part.by), wish, stage.unlock)
        (folder / part.file).write_bytes(issued.signed)

    return perform


def _artifact(stage: Stage, named: str, label: str) -> str:
    """Return the digest that the registry names: what the pipeline finds in its hands."""
    rows = models.show_model(stage.session, named).versions
    (row,) = (one for one in rows if one.details.version == label)
    (digest,) = (tag.value for tag in row.details.tags if tag.name == "artifact_digest")
    return digest.removeprefix("sha256:")


def _drop(told: Delivery, run: RunPart, place: Path, at: datetime) -> None:
    """Lay down what a run leaves behind: JUnit, SARIF and CycloneDX, in a folder of its own."""
    named = number_text(run.model)
    own = place / named / run.version
    own.mkdir(parents=True, exist_ok=True)
    (own / "junit.xml").write_bytes(_junit(run, named, at))
    scan = _sarif(told, run, named, at)
    (own / "scan.sarif").write_text(json.dumps(scan, ensure_ascii=False, indent=1), "utf-8")
    if run.package:
        bill = json.dumps(_bill(run, named, at), ensure_ascii=False, indent=1)
        (own / "bom.cdx.json").write_text(bill, "utf-8")


def _junit(run: RunPart, named: str, at: datetime) -> bytes:
    root = Element("testsuites", name=run.branch)
    for part in run.suite:
        cases = str(part.cases)
        suite = SubElement(
            root, "testsuite", name=part.name, tests=cases, failures=str(len(part.red)),
            timestamp=at.isoformat(),
        )  # fmt: skip
        told = {"model": named, "model_version": run.version, "kind": part.kind}
        told |= {"branch": run.branch, "commit": run.commit, "run": run.request}
        properties = SubElement(suite, "properties")
        for name, value in told.items():
            SubElement(properties, "property", name=name, value=value)
        _add_cases(suite, part)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _add_cases(suite: Element, part: SuitePart) -> None:
    for red in part.red:
        case = SubElement(suite, "testcase", classname=part.name, name=red.name)
        SubElement(case, "failure", message=red.says)
    for number in range(part.cases - len(part.red)):
        name = f"{part.about[number % len(part.about)]}[{number + 1}]"
        SubElement(suite, "testcase", classname=part.name, name=name)


def _sarif(told: Delivery, run: RunPart, named: str, at: datetime) -> dict[str, object]:
    return {
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": told.scanner, "semanticVersion": told.scanner_version}},
            "automationDetails": {"id": run.request},
            "properties": {"model": named, "model_version": run.version},
            "invocations": [{"executionSuccessful": True, "endTimeUtc": at.isoformat()}],
            "versionControlProvenance": [{
                "repositoryUri": f"https://git.elbmark.example/modelle/{named}",
                "revisionId": run.commit, "branch": run.branch,
            }],
            "results": [_finding(one) for one in run.result],
        }],
    }  # fmt: skip


def _finding(one: ResultPart) -> dict[str, object]:
    place = {"artifactLocation": {"uri": one.place}, "region": {"startLine": one.line}}
    return {
        "ruleId": one.rule, "level": one.level, "message": {"text": one.says},
        "locations": [{"physicalLocation": place}],
    }  # fmt: skip


def _bill(run: RunPart, named: str, at: datetime) -> dict[str, object]:
    about = {"type": "machine-learning-model", "name": named, "version": run.version}
    return {
        "bomFormat": "CycloneDX", "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{_id(named, run.version)}",
        "metadata": {"timestamp": at.isoformat(), "component": about},
        "components": [
            {"type": "library", "bom-ref": one.name, "name": one.name, "version": one.version}
            for one in run.package
        ],
        "vulnerabilities": [
            {
                "id": one.vulnerability, "affects": [{"ref": one.name}],
                "ratings": [{"severity": one.severity, "score": one.score, "method": "CVSSv31"}],
                "analysis": {"state": one.state},
            }
            for one in run.package if one.vulnerability
        ],
    }  # fmt: skip


def _id(*parts: str) -> str:
    text = sha256("/".join(parts).encode()).hexdigest()
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-8{text[17:20]}-{text[20:32]}"

"""JUnit XML: a check a suite; failed, broken, skipped and expected to fail are told apart.

A property ``kind`` says that a suite tests something else than the model: ``load``, ``security``.
Output and stack traces of tests can quote any data, so only the first line of a message is kept.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, tostring

from mlops_desktop.core.events.checks import CheckCase, CheckDetails, CheckKind, Verdict
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.sources.files.contents import Form
from mlops_desktop.sources.files.format import FileFact, Format, Origin
from mlops_desktop.sources.files.results import result
from mlops_desktop.sources.files.values import shortened
from mlops_desktop.sources.observations import ObservedThing, Stream

_VERDICTS = {"failure": Verdict.FAILED, "error": Verdict.ERROR, "skipped": Verdict.SKIPPED}
_KEPT = frozenset({"testsuites", "testsuite", "testcase", "properties", "property", *_VERDICTS})
_MODEL = ("model", "model_name")
_VERSION = ("model_version", "version")
_MOST_SUITES = 500


def _tag(one: Element) -> str:
    return one.tag.rpartition("}")[2]


def _recognises(root: Element, origin: Origin) -> bool:
    return _tag(root) in ("testsuites", "testsuite")


def _excerpt(root: Element, origin: Origin) -> Element:
    """Return the tree without output and traces; only the first line of a message stays."""
    kept = Element(_tag(root), dict(root.attrib))
    if "message" in kept.attrib:
        kept.set("message", _first_line(kept.attrib["message"]))
    elif _tag(root) in _VERDICTS and root.text:
        kept.set("message", _first_line(root.text))
    elif _tag(root) == "property" and root.text and "value" not in kept.attrib:
        kept.set("value", _first_line(root.text))
    kept.extend(_excerpt(part, origin) for part in root if _tag(part) in _KEPT)
    return kept


def _first_line(told: str) -> str:
    return shortened(next((line.strip() for line in told.splitlines() if line.strip()), ""), 300)


def _facts(root: Element, origin: Origin) -> tuple[FileFact, ...]:
    suites = [one for one in root.iter("testsuite") if one.find("testcase") is not None]
    if not suites:
        suites = [SubElement(root, "testsuite")] if _tag(root) == "testsuites" else [root]
    common = _properties(root)
    return tuple(_suite(one, common, origin) for one in suites[:_MOST_SUITES])


def _suite(suite: Element, common: dict[str, str], origin: Origin) -> ObservedThing:
    told = common | _properties(suite)
    cases = suite.findall("testcase")
    name = shortened(suite.get("name") or origin.name, 200)
    time = (suite.get("timestamp") or "")[:40]
    details = CheckDetails(
        name=name,
        suite=name,
        subjects=_subjects(told, cases, origin),
        at=origin.moment(time),
        path=origin.place,
        labels=origin.labels("junit"),
        dataset=told.get("dataset"),
        commit=_first(told, ("commit", "git_commit", "revision")),
        branch=_first(told, ("branch", "git_branch")),
        run=_first(told, ("run", "pipeline", "build")),
    )
    made = result(_kind(told), map(_case, cases), details)
    return ObservedThing(f"{origin.place}#{name}@{time}", made)


def _kind(told: dict[str, str]) -> CheckKind:
    said = told.get("kind", "").strip().lower()
    return CheckKind(said) if said in set(CheckKind) else CheckKind.TEST


def _subjects(told: dict[str, str], cases: list[Element], origin: Origin) -> tuple[Subject, ...]:
    """Return whom a suite is about; one that does not say may have cases that do."""
    if _first(told, _MODEL):
        return origin.subjects(_first(told, _MODEL), _first(told, _VERSION))
    meant = [told | _properties(case) for case in cases]
    named = [
        Subject(model, _first(one, _VERSION)) for one in meant if (model := _first(one, _MODEL))
    ]
    return tuple(dict.fromkeys(named)) or origin.subjects(None)


def _case(case: Element) -> CheckCase:
    outcome = next((one for one in case if _tag(one) in _VERDICTS), None)
    told = {key: value for key, value in _properties(case).items()
            if key not in (*_MODEL, *_VERSION)}  # fmt: skip
    threshold = told.pop("threshold", None)
    method, value = next(iter(told.items()), (None, None))
    parts = (case.get("classname"), case.get("name"))
    name = ".".join(part for part in parts if part) or "?"
    if outcome is None:
        return CheckCase(name, Verdict.PASSED, value, threshold, method)
    kind = outcome.get("type") if _tag(outcome) == "skipped" else None
    return CheckCase(
        name,
        _VERDICTS[_tag(outcome)],
        value,
        threshold,
        kind or method,
        outcome.get("message"),
    )


def _properties(one: Element) -> dict[str, str]:
    return dict(_pairs(one))


def _pairs(one: Element) -> Iterator[tuple[str, str]]:
    for part in one.findall("properties/property"):
        name, value = part.get("name"), part.get("value")
        if name and value:
            yield name, shortened(value)


def _first(told: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((told[name] for name in names if name in told), None)


def _dump(root: Element) -> bytes:
    return bytes(tostring(root, encoding="utf-8"))


FORMAT = Format(
    "junit", (Form.XML,), (Stream.CHECKS,), _recognises, _facts, excerpt=_excerpt, dump=_dump
)

"""Model cards: who owns a model, how risky it is said to be, and what was measured of it.

The content follows Amazon's model card JSON schema; what a card claims is taken over, not judged.
"""

from collections.abc import Iterator

import msgspec

from mlops_desktop.core.events.checks import CheckCase, CheckDetails, CheckKind, Verdict
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.sources.observations import Fact, ObservedThing, Stream
from mlops_desktop.sources.sagemaker import shapes
from mlops_desktop.sources.sagemaker.parsing import as_time, read


class _Metric(msgspec.Struct):
    name: str = ""
    value: msgspec.Raw = msgspec.Raw(b"null")


class _Group(msgspec.Struct):
    name: str = ""
    metric_data: list[_Metric] = []


class _Evaluation(msgspec.Struct):
    name: str = ""
    datasets: list[str] = []
    metric_groups: list[_Group] = []


class _Overview(msgspec.Struct):
    model_id: str = ""
    model_name: str = ""
    model_owner: str = ""
    model_version: float | str | None = None


class _Uses(msgspec.Struct):
    risk_rating: str = ""
    purpose_of_model: str = ""


class _Business(msgspec.Struct):
    business_problem: str = ""
    business_stakeholders: str = ""
    line_of_business: str = ""


class _PackageDetails(msgspec.Struct):
    model_package_group_name: str = ""
    model_package_arn: str = ""


class _Content(msgspec.Struct):
    model_overview: _Overview = msgspec.field(default_factory=_Overview)
    model_package_details: _PackageDetails = msgspec.field(default_factory=_PackageDetails)
    intended_uses: _Uses = msgspec.field(default_factory=_Uses)
    business_details: _Business = msgspec.field(default_factory=_Business)
    evaluation_details: list[_Evaluation] = []


def parse_card(raw: bytes) -> tuple[Fact, ...]:
    """Return a model card as a result without a verdict; raises SourceFailure ``protocol``."""
    card = read(raw, shapes.Card, Stream.CHECKS)
    content = _read_content(card.content)
    cases = tuple(_cases(content))
    details = CheckDetails(
        name=card.model_card_name,
        subjects=_subjects(content),
        at=as_time(card.last_modified_time or card.creation_time),
        labels=tuple(_labels(card, content)),
        kind=CheckKind.PERFORMANCE,
        suite="model card",
        verdict=Verdict.NONE,
        total=len(cases),
        dataset=_datasets(content),
        cases=cases,
    )
    return (ObservedThing(card.model_card_arn or card.model_card_name, details),)


def _read_content(text: str) -> _Content:
    """A card may be a draft without content, or hold what its schema does not allow."""
    try:
        return msgspec.json.decode(text, type=_Content) if text else _Content()
    except (msgspec.MsgspecError, RecursionError):
        return _Content()


def _subjects(content: _Content) -> tuple[Subject, ...]:
    package, overview = content.model_package_details, content.model_overview
    group = package.model_package_group_name or _group_of(package.model_package_arn)
    named = group or overview.model_name or overview.model_id
    version = package.model_package_arn.rpartition("/")[2] if package.model_package_arn else None
    return (Subject(named, version),) if named else ()


def _group_of(arn: str) -> str:
    """The group of a package's ARN, which ends with ``model-package/<group>/<version>``."""
    return arn.split("/")[-2] if arn.count("/") > 1 else ""


def _labels(card: shapes.Card, content: _Content) -> Iterator[Pair]:
    business = content.business_details
    told = {
        "status": card.model_card_status,
        "version": str(card.model_card_version or ""),
        "model_owner": content.model_overview.model_owner,
        "risk_rating": content.intended_uses.risk_rating,
        "purpose_of_model": content.intended_uses.purpose_of_model,
        "business_problem": business.business_problem,
        "business_stakeholders": business.business_stakeholders,
        "line_of_business": business.line_of_business,
    }
    yield from (Pair(name, value) for name, value in told.items() if value)


def _datasets(content: _Content) -> str | None:
    named = (name for one in content.evaluation_details for name in one.datasets)
    return ", ".join(dict.fromkeys(named)) or None


def _cases(content: _Content) -> Iterator[CheckCase]:
    for evaluation in content.evaluation_details:
        for group in evaluation.metric_groups:
            for one in group.metric_data:
                name = " · ".join(part for part in (evaluation.name, group.name, one.name) if part)
                yield CheckCase(name, Verdict.NONE, _text(one.value))


def _text(value: msgspec.Raw) -> str:
    """A number or a text as it is, anything else as the JSON it is."""
    told = msgspec.json.decode(value)
    return told if isinstance(told, str) else bytes(value).decode("utf-8")

"""From SageMaker's registry to facts: values as given, empty text as nothing, lists by name."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from mlops_desktop.outside.http_faults import HttpFault
from mlops_desktop.outside.http_json import read_json
from mlops_desktop.sources.base import SourceFailure
from mlops_desktop.sources.observations import (
    Fact,
    ObservedModel,
    ObservedVersion,
    Pair,
    Stream,
)
from mlops_desktop.sources.rest import failure_of
from mlops_desktop.sources.sagemaker import shapes

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Parse = Callable[[bytes], tuple[Fact, ...]]
_Answer = TypeVar("_Answer")


def read(raw: bytes, shape: type[_Answer], stream: Stream) -> _Answer:
    """Return an answer as ``shape``; raises SourceFailure ``protocol``."""
    try:
        return read_json(raw, shape)
    except HttpFault as fault:
        raise SourceFailure(failure_of(stream, fault)) from fault


def as_time(seconds: float | None) -> datetime | None:
    """Return seconds since 1970 as a time, to the millisecond; none for one no calendar holds."""
    try:
        told = None if seconds is None else timedelta(milliseconds=round(seconds * 1000))
        return None if told is None else _EPOCH + told
    except (OverflowError, ValueError):
        return None


def parse_groups(raw: bytes) -> tuple[Fact, ...]:
    """Return the groups of a page, each a model; raises SourceFailure ``protocol``."""
    found = read(raw, shapes.Records, Stream.MODELS).results
    groups = (one.model_package_group for one in found)
    return tuple(_model(group) for group in groups if group is not None)


def parse_packages(raw: bytes) -> tuple[Fact, ...]:
    """Return the packages of a page that are versions of a group; raises SourceFailure."""
    found = read(raw, shapes.Records, Stream.VERSIONS).results
    packages = (one.model_package for one in found)
    return tuple(_version(one) for one in packages if one is not None and is_version(one))


def is_version(package: shapes.Package) -> bool:
    """Whether a package stands in a group; others are single models, sold or bought."""
    return bool(package.model_package_group_name) and package.model_package_version is not None


def _model(group: shapes.Group) -> ObservedModel:
    creator = group.created_by.user_profile_name
    said = (Pair("created_by", creator),) if creator else ()
    return ObservedModel(
        native_id=group.model_package_group_name,
        name=group.model_package_group_name,
        description=group.model_package_group_description or None,
        tags=_sorted((*_tags(group.tags), *said)),
        created_at=as_time(group.creation_time),
    )


def _version(package: shapes.Package) -> ObservedVersion:
    return ObservedVersion(
        native_id=package.model_package_arn,
        model_native_id=package.model_package_group_name,
        version=str(package.model_package_version),
        stage=package.model_life_cycle.stage or None,
        status=package.model_package_status or None,
        artifact=_artifact(package),
        description=package.model_package_description or None,
        tags=_sorted((*_tags(package.tags), *_said(package))),
        created_by=package.created_by.user_profile_name or None,
        created_at=as_time(package.creation_time),
        updated_at=as_time(package.last_modified_time),
    )


def _artifact(package: shapes.Package) -> str | None:
    containers = package.inference_specification.containers
    places = (one.model_data_url or one.image for one in containers)
    return next((place for place in places if place), None) or package.source_uri or None


def _said(package: shapes.Package) -> Iterator[Pair]:
    """What the service says of approval and origin, under the service's own names."""
    metadata, card, cycle = (
        package.metadata_properties, package.model_card, package.model_life_cycle
    )  # fmt: skip
    told = {
        "ModelApprovalStatus": package.model_approval_status,
        "ApprovalDescription": package.approval_description,
        "CommitId": metadata.commit_id,
        "Repository": metadata.repository,
        "GeneratedBy": metadata.generated_by,
        "ProjectId": metadata.project_id,
        "ModelCardStatus": card.model_card_status,
        "ModelLifeCycle.StageStatus": cycle.stage_status,
        "ModelLifeCycle.StageDescription": cycle.stage_description,
        "SourceUri": package.source_uri,
    }
    yield from (Pair(name, value) for name, value in told.items() if value)
    yield from (Pair(name, value) for name, value in package.customer_metadata_properties.items())
    digests = (one.image_digest for one in package.inference_specification.containers)
    yield from (Pair("ImageDigest", digest) for digest in digests if digest)


def _tags(tags: Iterable[shapes.Tag]) -> tuple[Pair, ...]:
    return tuple(Pair(tag.key, tag.value) for tag in tags)


def _sorted(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    return tuple(sorted(pairs, key=lambda pair: (pair.name, pair.value)))

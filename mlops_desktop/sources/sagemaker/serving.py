"""What serves: each variant of an endpoint with its share, and the package it was made from.

An endpoint names its configuration, that the models of its variants, those the packages. All of
it is asked for, and a variant whose model is gone is told without one.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property

from mlops_desktop.core.events.servings import ServingDetails, ServingRole
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.sources.observations import Fact, ObservedThing, Stream
from mlops_desktop.sources.sagemaker import shapes
from mlops_desktop.sources.sagemaker.parsing import as_time, read

_DIGITS = Decimal("0.0001")


class Servings:
    """Made of the answers about configurations and models; parsed when an endpoint is."""

    def __init__(self, configs: Iterable[bytes], models: Iterable[bytes], region: str) -> None:
        self._raw_configs = tuple(configs)
        self._raw_models = tuple(models)
        self._region = region

    def parse(self, raw: bytes) -> tuple[Fact, ...]:
        """Return the variants of an endpoint; raises SourceFailure ``protocol``."""
        endpoint = read(raw, shapes.Endpoint, Stream.DEPLOYMENTS)
        production, shadow = endpoint.production_variants, endpoint.shadow_production_variants
        total = sum((Decimal(str(one.current_weight or 0)) for one in production), Decimal(0))
        made = [self._fact(endpoint, one, _share(one, total), None) for one in production]
        made += [self._fact(endpoint, one, None, ServingRole.SHADOW) for one in shadow]
        return tuple(made)

    def _fact(
        self,
        endpoint: shapes.Endpoint,
        variant: shapes.Variant,
        share: str | None,
        role: ServingRole | None,
    ) -> ObservedThing:
        configured = self._configured.get((endpoint.endpoint_config_name, variant.variant_name))
        model = self._models.get(configured.model_name) if configured else None
        labels = [Pair("variant", variant.variant_name)]
        if configured is not None:
            told = {"model": configured.model_name, "instance_type": configured.instance_type}
            labels += [Pair(name, value) for name, value in told.items() if value]
        details = ServingDetails(
            name=f"{endpoint.endpoint_name}/{variant.variant_name}",
            subjects=tuple(_subjects(model)),
            at=as_time(endpoint.last_modified_time),
            labels=tuple(labels),
            endpoint=endpoint.endpoint_name,
            role=ServingRole.CHAMPION if share == "1" else role,
            share=share,
            region=self._region,
            replicas=variant.current_instance_count,
            status=endpoint.endpoint_status or None,
        )
        return ObservedThing(f"{endpoint.endpoint_name}/{variant.variant_name}", details)

    @cached_property
    def _configured(self) -> dict[tuple[str, str], shapes.ConfiguredVariant]:
        read_all = [
            read(raw, shapes.EndpointConfig, Stream.DEPLOYMENTS) for raw in self._raw_configs
        ]
        return {
            (config.endpoint_config_name, one.variant_name): one
            for config in read_all
            for one in (*config.production_variants, *config.shadow_production_variants)
        }

    @cached_property
    def _models(self) -> dict[str, shapes.Model]:
        found = (read(raw, shapes.Model, Stream.DEPLOYMENTS) for raw in self._raw_models)
        return {one.model_name: one for one in found}


def _share(variant: shapes.Variant, total: Decimal) -> str | None:
    """The variant's part of all weights, as the service divides the traffic by."""
    if variant.current_weight is None or not total:
        return None
    share = Decimal(str(variant.current_weight)) / total
    return f"{share.quantize(_DIGITS).normalize():f}"


def _subjects(model: shapes.Model | None) -> Iterator[Subject]:
    if model is None:
        return
    containers = (
        *model.containers,
        *([model.primary_container] if model.primary_container else []),
    )
    for one in containers:
        *_, group, version = ("", "", *one.model_package_name.split("/"))
        if group and one.model_package_name.count("/") > 1:
            yield Subject(group, version)
    if not any(one.model_package_name for one in containers):
        yield Subject(model.model_name)


def model_names(raw: bytes) -> tuple[str, ...]:
    """Return the models that a configuration names; raises SourceFailure ``protocol``."""
    config = read(raw, shapes.EndpointConfig, Stream.DEPLOYMENTS)
    variants = (*config.production_variants, *config.shadow_production_variants)
    return tuple(dict.fromkeys(one.model_name for one in variants if one.model_name))

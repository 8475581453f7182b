"""SageMaker's answers as typed records, named as its API reference names them (2017-07-24)."""

import msgspec


class Shape(msgspec.Struct, frozen=True, rename="pascal"):
    """Fields are written as in ModelPackageGroupName."""


class Tag(Shape, frozen=True):
    """A tag of a resource."""

    key: str
    value: str = ""


class Creator(Shape, frozen=True):
    """UserContext: who did it, as far as the service knows."""

    user_profile_name: str = ""


class Group(Shape, frozen=True):
    """ModelPackageGroup."""

    model_package_group_name: str
    model_package_group_description: str = ""
    creation_time: float | None = None
    created_by: Creator = Creator()
    model_package_group_status: str = ""
    tags: list[Tag] = []


class Container(Shape, frozen=True):
    """ModelPackageContainerDefinition."""

    image: str = ""
    image_digest: str = ""
    model_data_url: str = ""


class Inference(Shape, frozen=True):
    """InferenceSpecification."""

    containers: list[Container] = []


class Metadata(Shape, frozen=True):
    """MetadataProperties."""

    commit_id: str = ""
    repository: str = ""
    generated_by: str = ""
    project_id: str = ""


class LifeCycle(Shape, frozen=True):
    """ModelLifeCycle."""

    stage: str = ""
    stage_status: str = ""
    stage_description: str = ""


class PackageCard(Shape, frozen=True):
    """ModelPackageModelCard."""

    model_card_content: str = ""
    model_card_status: str = ""


class Package(Shape, frozen=True):
    """ModelPackage."""

    model_package_arn: str
    model_package_group_name: str = ""
    model_package_version: int | None = None
    model_package_description: str = ""
    creation_time: float | None = None
    last_modified_time: float | None = None
    created_by: Creator = Creator()
    inference_specification: Inference = Inference()
    model_package_status: str = ""
    model_approval_status: str = ""
    approval_description: str = ""
    metadata_properties: Metadata = Metadata()
    customer_metadata_properties: dict[str, str] = {}
    source_uri: str = ""
    model_life_cycle: LifeCycle = LifeCycle()
    model_card: PackageCard = PackageCard()
    tags: list[Tag] = []


class Found(Shape, frozen=True):
    """SearchRecord, of the two kinds that are asked for."""

    model_package_group: Group | None = None
    model_package: Package | None = None


class Records(Shape, frozen=True):
    """A page of a search."""

    results: list[Found] = []


class CardSummary(Shape, frozen=True):
    """ModelCardSummary."""

    model_card_name: str


class CardSummaries(Shape, frozen=True):
    """A page of model cards."""

    model_card_summaries: list[CardSummary] = []


class Card(Shape, frozen=True):
    """DescribeModelCard: ``content`` is a JSON text of the model card schema."""

    model_card_name: str
    model_card_arn: str = ""
    model_card_version: int | None = None
    model_card_status: str = ""
    content: str = ""
    creation_time: float | None = None
    last_modified_time: float | None = None


class EndpointSummary(Shape, frozen=True):
    """EndpointSummary."""

    endpoint_name: str


class EndpointSummaries(Shape, frozen=True):
    """A page of endpoints."""

    endpoints: list[EndpointSummary] = []


class Variant(Shape, frozen=True):
    """ProductionVariantSummary."""

    variant_name: str
    current_weight: float | None = None
    current_instance_count: int | None = None


class Endpoint(Shape, frozen=True):
    """DescribeEndpoint."""

    endpoint_name: str
    endpoint_arn: str = ""
    endpoint_config_name: str = ""
    production_variants: list[Variant] = []
    shadow_production_variants: list[Variant] = []
    endpoint_status: str = ""
    last_modified_time: float | None = None


class ConfiguredVariant(Shape, frozen=True):
    """ProductionVariant."""

    variant_name: str
    model_name: str = ""
    instance_type: str = ""


class EndpointConfig(Shape, frozen=True):
    """DescribeEndpointConfig."""

    endpoint_config_name: str
    production_variants: list[ConfiguredVariant] = []
    shadow_production_variants: list[ConfiguredVariant] = []


class ServedContainer(Shape, frozen=True):
    """ContainerDefinition."""

    model_package_name: str = ""
    image: str = ""
    model_data_url: str = ""


class Model(Shape, frozen=True):
    """DescribeModel: one container or several."""

    model_name: str
    primary_container: ServedContainer | None = None
    containers: list[ServedContainer] = []

"""What models cost in processor, memory, GPU, storage and money, by the names exporters use.

cAdvisor, kube-state-metrics, DCGM and OpenCost name containers and pods, not models; the labels of
the pod say which model it is. Pods come and go, so each series is the sum over a model's pods.
"""

from collections.abc import Iterator

from mlops_desktop.core.events.series import SeriesKind
from mlops_desktop.sources.prometheus.choice import Choice
from mlops_desktop.sources.prometheus.queries import Query, escaped

_CONTAINERS = '{container!="", container!="POD"}'
_GPU = (
    'label_replace(label_replace({0}, "pod", "$1", "exported_pod", "(.+)"),'
    ' "namespace", "$1", "exported_namespace", "(.+)")'
)
_REQUESTED = 'kube_pod_container_resource_requests{{resource="{0}"}}'
_LIMITED = 'kube_pod_container_resource_limits{{resource="{0}"}}'
_NODE = "kube_node_status_capacity"


def _average(inner: str) -> str:
    return f"avg_over_time({inner}[$step])"


def _gpu(name: str) -> str:
    return _GPU.format(_average(name))


def _priced(allocation: str, price: str, unit: str = "") -> str:
    return f"{_average(allocation)}{unit} * on (node) group_left () max by (node) ({price})"


# Resource, which side of it, unit, expression of one pod or container.
_OF_PODS: tuple[tuple[str, str, str, str], ...] = (
    ("cpu", "used", "cores", f"rate(container_cpu_usage_seconds_total{_CONTAINERS}[$step])"),
    ("cpu", "requested", "cores", _average(_REQUESTED.format("cpu"))),
    ("cpu", "allocated", "cores", _average(_LIMITED.format("cpu"))),
    (
        "memory",
        "used",
        "bytes",
        f"max_over_time(container_memory_working_set_bytes{_CONTAINERS}[$step])",
    ),
    ("memory", "requested", "bytes", _average(_REQUESTED.format("memory"))),
    ("memory", "allocated", "bytes", _average(_LIMITED.format("memory"))),
    ("gpu", "used", "gpus", f"{_gpu('DCGM_FI_DEV_GPU_UTIL')} / 100"),
    ("gpu", "requested", "gpus", _average(_REQUESTED.format("nvidia_com_gpu"))),
    ("gpu_memory", "used", "MiB", _gpu("DCGM_FI_DEV_FB_USED")),
    ("energy", "used", "watts", _gpu("DCGM_FI_DEV_POWER_USAGE")),
    ("cost", "used", "USD/h", _priced("container_cpu_allocation", "node_cpu_hourly_cost")),
    (
        "cost",
        "used",
        "USD/h",
        _priced("container_memory_allocation_bytes", "node_ram_hourly_cost", " / 1073741824"),
    ),
    ("cost", "used", "USD/h", _priced("container_gpu_allocation", "node_gpu_hourly_cost")),
)
# Storage is claimed by name; the claim's labels say whose it is.
_OF_CLAIMS = (
    ("storage", "used", "bytes", _average("kubelet_volume_stats_used_bytes")),
    ("storage", "allocated", "bytes", _average("kubelet_volume_stats_capacity_bytes")),
)
_POD, _CLAIM = "pod", "persistentvolumeclaim"
_PARTS = {"container_cpu_allocation": "cpu", "container_memory_allocation_bytes": "memory",
          "container_gpu_allocation": "gpu"}  # fmt: skip
# What a process says of itself, where its target bears the model's label.
_OF_PROCESSES = (
    ("cpu", "cores", "rate({0}[$step])", "process_cpu_seconds_total"),
    ("memory", "bytes", "max_over_time({0}[$step])", "process_resident_memory_bytes"),
)
_OF_CLUSTERS = (
    ("cpu", "capacity", "cores", f'sum({_NODE}{{resource="cpu"}})'),
    ("memory", "capacity", "bytes", f'sum({_NODE}{{resource="memory"}})'),
    ("gpu", "capacity", "gpus", f'sum({_NODE}{{resource="nvidia_com_gpu"}})'),
    ("cost", "capacity", "USD/h", f"sum({_average('node_total_hourly_cost')})"),
)


def resource_queries(choice: Choice) -> Iterator[Query]:
    """Yield what is asked of pods, of processes that name their model, and of the cluster."""
    for resource, measure, unit, inner in _OF_PODS:
        yield _query(resource, measure, unit, _by_labels(inner, choice), _part(inner))
        for pair in choice.pods:
            asked = _by_pattern(inner, pair.name, pair.value, choice)
            yield _query(resource, measure, unit, asked, _part(inner))
    for resource, measure, unit, inner in _OF_CLAIMS:
        yield _query(resource, measure, unit, _by_labels(inner, choice, _CLAIM))
    for resource, unit, form, name in _OF_PROCESSES:
        for label in choice.direct:
            inner = form.format(f'{name}{{{label}!=""}}')
            asked = f"sum without ({', '.join(choice.without)}) ({inner})"
            yield _query(resource, "used", unit, asked, "process")
    for resource, measure, unit, asked in _OF_CLUSTERS:
        yield _query(resource, measure, unit, asked)


def _query(resource: str, measure: str, unit: str, asked: str, part: str | None = None) -> Query:
    name = "_".join(one for one in (resource, part, measure) if one)
    return Query(name, asked, SeriesKind.RESOURCE, unit, resource=resource, measure=measure)


def _part(inner: str) -> str | None:
    return next((part for name, part in _PARTS.items() if name in inner), None)


def labelled(choice: Choice, what: str = _POD) -> str:
    """Return the pods or claims whose labels name a model, each once, over a step."""
    kept = ", ".join(("cluster", "namespace", what, *choice.from_pods))
    some = " or ".join(
        f'last_over_time(kube_{what}_labels{{{one}!=""}}[$step])'
        for one in choice.model
        if one.startswith("label_")
    )
    return f"max by ({kept}) ({some or f'kube_{what}_labels'})"


def _by_labels(inner: str, choice: Choice, what: str = _POD) -> str:
    by = ", ".join(("cluster", "namespace", *choice.from_pods))
    joined = f"on (cluster, namespace, {what}) group_left ({', '.join(choice.from_pods)})"
    return f"sum by ({by}) ({_of_each(inner, what)} * {joined} {labelled(choice, what)})"


def _of_each(inner: str, what: str = _POD) -> str:
    return f"sum by (cluster, namespace, {what}) ({inner})"


def _by_pattern(inner: str, pattern: str, model: str, choice: Choice) -> str:
    """Return the sum over the pods whose name matches, under the label that names a model."""
    label, named, meant = choice.model[0], escaped(pattern), escaped(model)
    marked = f'label_replace({_of_each(inner)}, "{label}", "{meant}", "pod", "{named}")'
    only = f'label_replace(vector(1), "{label}", "{meant}", "", "")'
    return f"sum by (cluster, namespace, {label}) ({marked}) and on ({label}) {only}"

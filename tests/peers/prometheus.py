"""Debian's Prometheus and Alertmanager, an exporter of ours, and history made by promtool."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.sources.hostile_server import Asked, Reply, serving
from tests.support.canaries import canary
from tests.support.mlflow import free_port

_START_SECONDS = 60
LOGIN = ("leser", canary("the password of a source", "Elbe-Messwert-4711"))

_HASH = "$2b$04$IUpZM8kwdWjZUFvcqODAh.MUCK/RZQ5IScdwO4SfEos7VNeMoVxIa"

_CONFIG = """\
global: {{scrape_interval: 1s, evaluation_interval: 1s}}
rule_files: [rules.yml]
alerting:
  alertmanagers: [{{static_configs: [{{targets: ["127.0.0.1:{alertmanager}"]}}]}}]
scrape_configs:
- job_name: models
  static_configs: [{{targets: ["127.0.0.1:{exporter}"], labels: {{env: prod}}}}]
"""
_RULES = """\
groups:
- name: model-risk
  rules:
  - alert: FeatureDriftHigh
    expr: model_feature_drift_psi > 0.25
    labels: {severity: warning}
    annotations: {summary: "PSI of {{ $labels.feature }} is {{ $value }}"}
  - alert: GiniLow
    expr: model_gini < 0.5
  - alert: Silent
    expr: model_not_there > 1
- name: cluster
  rules:
  - alert: Disk
    expr: disk_full > 0.9
"""
_RECEIVERS = "route: {receiver: none, group_wait: 1s}\nreceivers: [{name: none}]\n"


@dataclass(slots=True)
class Exporter:
    """What the exporter says at the moment, a line a sample; None is a target that is down."""

    lines: dict[str, float] = field(default_factory=dict)
    is_down: bool = False

    def answer(self, _: Asked) -> Reply:
        """Answer a scrape."""
        if self.is_down:
            return Reply(b"", 503)
        told = "".join(f"{name} {value}\n" for name, value in self.lines.items())
        kinds = "# TYPE predictions_total counter\n# TYPE model_gini gauge\n"
        return Reply((kinds + told).encode(), headers={"Content-Type": "text/plain; version=0.0.4"})


@dataclass(frozen=True, slots=True)
class Monitored:
    """A Prometheus that reads an exporter and tells an Alertmanager."""

    url: str
    alertmanager: str
    exporter: Exporter

    def wait(self, expression: str, is_right: Callable[[str], bool] = bool) -> None:
        """Wait until PromQL has an answer, and the right one."""
        query = urllib.parse.urlencode({"query": expression})
        _wait(lambda: is_right(_read(f"{self.url}/api/v1/query?{query}")), expression)

    def silence(self, alertname: str, by: str, comment: str) -> None:
        """Silence an alert for an hour, as a person does."""
        command = ["amtool", f"--alertmanager.url={self.alertmanager}", "silence", "add"]
        command += [f"--author={by}", f"--comment={comment}", f"alertname={alertname}"]
        subprocess.run(command, check=True, capture_output=True, timeout=30)


@contextlib.contextmanager
def running_prometheus(history: str = "", *, has_login: bool = False) -> Iterator[Monitored]:
    """Run both servers and the exporter; ``history`` in OpenMetrics is there from the start."""
    folder, exporter = Path(tempfile.mkdtemp(prefix="mlops-prometheus-")), Exporter()
    ports = free_port(), free_port()
    try:
        with serving(exporter.answer) as scraped, contextlib.ExitStack() as stack:
            _lay(folder, scraped.url, ports[1], history)
            if has_login:
                users = f"basic_auth_users: {{{LOGIN[0]}: {_HASH}}}\n"
                (folder / "web.yml").write_text(users, "utf-8")
            for command, port in ((_prometheus(folder, ports[0]), ports[0]),
                                  (_alertmanager(folder, ports[1]), ports[1])):  # fmt: skip
                stack.enter_context(_running(command, f"http://127.0.0.1:{port}/-/ready", folder))
            urls = [f"http://127.0.0.1:{port}" for port in ports]
            yield Monitored(urls[0], urls[1], exporter)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _lay(folder: Path, exporter: str, alertmanager: int, history: str) -> None:
    scraped = exporter.rpartition(":")[2]
    config = _CONFIG.format(alertmanager=alertmanager, exporter=scraped)
    (folder / "prometheus.yml").write_text(config, "utf-8")
    (folder / "rules.yml").write_text(_RULES, "utf-8")
    (folder / "alertmanager.yml").write_text(_RECEIVERS, "utf-8")
    if history:
        (folder / "history.txt").write_text(history, "utf-8")
        command = ["promtool", "tsdb", "create-blocks-from", "openmetrics"]
        # without this switch each two hours become a block, and queries take minutes
        command += ["--max-block-duration=744h", str(folder / "history.txt"), str(folder / "data")]
        subprocess.run(command, check=True, capture_output=True, timeout=120)


def _prometheus(folder: Path, port: int) -> list[str]:
    web = folder / "web.yml"
    return [
        "prometheus",
        f"--config.file={folder / 'prometheus.yml'}",
        f"--storage.tsdb.path={folder / 'data'}",
        f"--web.listen-address=127.0.0.1:{port}",
        "--storage.tsdb.retention.time=90d",
        *([f"--web.config.file={web}"] if web.exists() else []),
    ]


def _alertmanager(folder: Path, port: int) -> list[str]:
    return [
        "prometheus-alertmanager",
        f"--config.file={folder / 'alertmanager.yml'}",
        f"--storage.path={folder / 'alertmanager'}",
        f"--web.listen-address=127.0.0.1:{port}",
        "--cluster.listen-address=",
    ]


@contextlib.contextmanager
def _running(command: list[str], ready: str, folder: Path) -> Iterator[None]:
    log = folder / f"{command[0]}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={"PATH": os.environ["PATH"], "HOME": str(folder)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait(lambda: bool(_read(ready)) and process.poll() is None, f"{command[0]}: see {log}")
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _read(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own URL
            return str(answer.read().decode())
    except urllib.error.HTTPError as refused:
        return "401" if refused.code == 401 else ""
    except (urllib.error.URLError, OSError):
        return ""


def _wait(is_so: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError(what)
        time.sleep(0.1)


_MODEL = '{model="credit-pd",version="3"}'
_POD = 'namespace="ml",pod="credit-pd-7c9"'
SAMPLE = {
    f"model_gini{_MODEL}": 0.66,
    'model_feature_drift_psi{model="credit-pd",version="3",feature="income"}': 0.27,
    'model_feature_drift_psi{model="credit-pd",version="3",feature="age"}': 0.08,
    'model_gini{model_name="fraud",model_version="31"}': 0.894,
    f"predictions_total{_MODEL}": 10,
    'latency_seconds_bucket{model="credit-pd",version="3",le="0.1"}': 5,
    'latency_seconds_bucket{model="credit-pd",version="3",le="+Inf"}': 9,
    f"latency_seconds_count{_MODEL}": 9,
    f"latency_seconds_sum{_MODEL}": 1,
    f'container_cpu_usage_seconds_total{{{_POD},container="server"}}': 10,
    f'container_memory_working_set_bytes{{{_POD},container="server"}}': 1.2e9,
    f'kube_pod_labels{{{_POD},label_model="credit-pd",label_model_version="3"}}': 1,
    f'kube_pod_status_ready{{{_POD},condition="true"}}': 1,
    f'kube_pod_container_resource_requests{{{_POD},container="server",resource="memory"}}': 4e9,
    'DCGM_FI_DEV_GPU_UTIL{exported_namespace="ml",exported_pod="credit-pd-7c9",gpu="0"}': 55,
    f'container_cpu_allocation{{{_POD},container="server",node="n1"}}': 2,
    'node_cpu_hourly_cost{node="n1"}': 0.03,
    'kubelet_volume_stats_used_bytes{namespace="ml",persistentvolumeclaim="modelle"}': 5e9,
    'kube_persistentvolumeclaim_labels{namespace="ml",persistentvolumeclaim="modelle",'
    'label_model="credit-pd"}': 1,
    'node_total_hourly_cost{node="n1"}': 1.006,
}
"""What a scorecard, its pod, its GPU and its node tell, by the names real exporters use."""

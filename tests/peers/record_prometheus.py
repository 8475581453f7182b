"""Records what a real Prometheus answers a sync: ``python -m tests.peers.record_prometheus``."""

import json
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from mlops_desktop.sources.observations import Page
from mlops_desktop.sources.prometheus.reader import Prometheus
from tests.peers.prometheus import SAMPLE, running_prometheus
from tests.sources.hostile_server import Asked, Reply, serving
from tests.sources.prometheus import CHOICE, RECORDING, open_reader

_SECONDS = 25


def main() -> None:
    """Let the exporter tell for a while, sync, and keep each answer once."""
    kept: dict[str, Any] = {}
    with running_prometheus() as monitored:
        monitored.exporter.lines.update(SAMPLE)
        for _ in range(_SECONDS):
            time.sleep(1)
            monitored.exporter.lines['predictions_total{model="credit-pd",version="3"}'] += 40

        def respond(asked: Asked) -> Reply:
            with urllib.request.urlopen(f"{monitored.url}{asked.target}") as answer:  # noqa: S310
                body = answer.read()
            query = {k: v for k, v in asked.query.items() if k not in ("start", "end", "time")}
            kept[json.dumps([asked.path, query])] = json.loads(body)
            return Reply(body)

        with serving(respond) as server:
            source = Prometheus(open_reader(server.url), CHOICE)
            source.probe()
            facts = {}
            for stream in source.streams:
                pages = [one for one in source.pull(stream) if isinstance(one, Page)]
                facts[stream.value] = sum(len(page.facts()) for page in pages)
            source.close()
    answers = [{"asked": json.loads(asked), "body": body} for asked, body in sorted(kept.items())]
    told = {"source": "prometheus-2.42.0", "date": f"{time.gmtime().tm_year}-11-28"}
    text = json.dumps({**told, "facts": facts, "answers": answers}, separators=(",", ":"))
    Path(RECORDING).write_text(text.replace('{"asked"', '\n{"asked"') + "\n", "utf-8")


if __name__ == "__main__":
    main()

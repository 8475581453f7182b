"""Whatever lies in a folder, reading it ends in facts, refusals or a typed failure."""

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlops_desktop.core.inventory import Pair
from mlops_desktop.sources.files.refused import Code
from mlops_desktop.sources.folder.reader import Folder
from mlops_desktop.sources.observations import Completion, Page
from tests.sources.folders import CAPTURES, Inbox

NAMED = {
    "pytest-9.2_2026-11-23_junit.xml": "a.xml",
    "great-expectations-1.24.1_2026-11-23_validation_result.json": "a.json",
    "great-expectations-1.24.1_2026-11-23_checkpoint_result.json": "a.json",
    "sagemaker_documented-schema_2026-11-23_constraint_violations.json": "a.json",
    "evidently-0.7.23_2026-11-23_download.json": "a.json",
    "openlineage-1.54.0_2026-11-23_events.ndjson": "a.ndjson",
    "dvc-3.67.1_2026-11-23_dvc.lock": "dvc.lock",
    "dvc-3.67.1_2026-11-23_dvc.yaml": "dvc.yaml",
    "bentoml-1.4.39_2026-11-23_model.yaml": "model.yaml",
}
MAPPING = (Pair("column.value", "value"), Pair("column.time", "time"))
QUICK = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
RAW = {name: (CAPTURES / name).read_bytes() for name in NAMED}


def read_all(name: str, content: bytes) -> None:
    """Read a folder of one file through every stream; each ends typed, each page parses."""
    with tempfile.TemporaryDirectory() as folder:
        inbox = Inbox(Path(folder), MAPPING)
        inbox.put(name, content)
        source = inbox.open()
        for stream in Folder.streams:
            *pages, end = source.pull(stream)
            assert isinstance(end, Completion)
            assert all(Code(one.code) for one in end.refused)
            for page in pages:
                assert isinstance(page, Page)
                page.facts()


@pytest.mark.parametrize("capture", NAMED)
@given(data=st.data())
@QUICK
def test_a_recorded_file_cut_or_spoilt_ends_typed(capture: str, data: st.DataObject) -> None:
    raw = RAW[capture]
    cut = data.draw(st.integers(0, len(raw)))
    put_in = data.draw(st.binary(max_size=8))
    left_out = data.draw(st.integers(0, 40))
    rest = raw[cut + left_out :] if data.draw(st.booleans()) else b""
    read_all(NAMED[capture], raw[:cut] + put_in + rest)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("capture", [name for name in NAMED if NAMED[name] == "a.json"])
@given(data=st.data())
@QUICK
def test_a_recorded_document_with_other_values_ends_typed(
    capture: str, data: st.DataObject
) -> None:
    document = json.loads(RAW[capture])
    for _ in range(data.draw(st.integers(1, 3))):
        _replace(document, data)
    read_all(NAMED[capture], json.dumps(document).encode())


def _replace(document: Any, data: st.DataObject) -> None:
    """Put any value in the place of one, somewhere inside."""
    for _ in range(data.draw(st.integers(1, 6))):
        if isinstance(document, dict) and document:
            key: Any = data.draw(st.sampled_from(sorted(document)))
        elif isinstance(document, list) and document:
            key = data.draw(st.integers(0, len(document) - 1))
        else:
            return
        if data.draw(st.booleans()):
            document[key] = data.draw(JSON)
            return
        document = document[key]


@pytest.mark.parametrize(
    "name",
    ["a.json", "a.xml", "a.ndjson", "dvc.lock", "model.yaml", "a.csv", "a.xlsx", "R.md", "a"],
)
@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda told: told.encode("utf-8")))
@QUICK
def test_garbage_ends_typed(name: str, content: bytes) -> None:
    read_all(name, content)


@given(JSON)
@QUICK
def test_any_json_ends_typed(document: Any) -> None:
    read_all("metrics.json", json.dumps(document).encode())
    read_all("a.ndjson", json.dumps(document).encode() + b"\n")

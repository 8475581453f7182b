"""Recorded answers of a real server, played without a network: the demo and its tests."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import httpx2
import msgspec

from mlops_desktop import paths
from mlops_desktop.core.errors import AppError, Recovery

SCHEME = "recording:"
INDEX = "index.json"
_NAME = re.compile(r"[a-z0-9-]+")


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """One answer: what was asked (``target`` is path and query), and the file with its body."""

    method: str
    target: str
    asked: str = ""
    status: int
    content_type: str
    file: str


class Recording(msgspec.Struct, frozen=True, kw_only=True):
    """The index of a recording: which server said this, and when."""

    source: str
    version: str
    recorded_at: str
    answers: list[Recorded]


@dataclass(frozen=True, slots=True)
class _Asked:
    method: str
    target: str
    body: str


class RecordedTransport(httpx2.BaseTransport):
    """Answers as the recorded server did, and 404 to what was never asked of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.recording = msgspec.json.decode((folder / INDEX).read_bytes(), type=Recording)
        self._answers = {
            _Asked(answer.method, answer.target, answer.asked): answer
            for answer in self.recording.answers
        }

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the recorded answer, byte for byte."""
        asked = request.read().decode("utf-8")
        target = request.url.raw_path.decode("ascii")
        found = self._answers.get(_Asked(request.method, target, asked))
        if found is None:
            return httpx2.Response(404, stream=httpx2.ByteStream(b"not recorded"))
        body = (self._folder / found.file).read_bytes()
        headers = {"Content-Type": found.content_type}
        return httpx2.Response(found.status, headers=headers, stream=httpx2.ByteStream(body))


def open_recording(url: str) -> RecordedTransport:
    """Return the player for ``recording:NAME``, a folder below ``resources/demo``.

    Raises AppError ``source.bad_address`` if there is no such recording.
    """
    name = url.removeprefix(SCHEME)
    folder = paths.resource("demo", name)
    if not _NAME.fullmatch(name) or not (folder / INDEX).is_file():
        raise AppError("source.bad_address", recovery=Recovery.CONFIGURATION)
    return RecordedTransport(folder)


def write_index(recording: Recording, folder: Path) -> None:
    """Write the index beside the recorded bodies, readable in a review."""
    plain = msgspec.to_builtins(recording)
    text = json.dumps(plain, ensure_ascii=False, indent=1)
    (folder / INDEX).write_text(text + "\n", encoding="utf-8", newline="\n")

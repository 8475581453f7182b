"""Writes answers to stdout and messages to stderr, on every terminal and into every pipe."""

import json
import os
import sys
from io import TextIOWrapper
from typing import TextIO

from mlops_desktop.cli.answer import Answer, Json


def prepare_streams() -> None:
    """Let a character that the terminal does not know become a question mark, never a crash."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def print_answer(answer: Answer, *, as_json: bool) -> None:
    """Write an answer to stdout, as one JSON document or as text."""
    _write(sys.stdout, _json(answer.document) if as_json else answer.text)


def print_line(text: str) -> None:
    """Write one part of a longer answer to stdout, as soon as it is known."""
    _write(sys.stdout, text)


def print_message(text: str) -> None:
    """Write a message to stderr."""
    _write(sys.stderr, text)


def _json(document: Json) -> str:
    encoding = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "")
    return json.dumps(document, ensure_ascii=encoding != "utf8", indent=2, allow_nan=False)


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None or not text:  # a program of the Windows desktop has no stdout
        return
    try:
        stream.write(text + "\n")
        stream.flush()
    except BrokenPipeError:
        # The reader has seen enough (`| head`); Python must not complain while it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())

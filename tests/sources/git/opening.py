"""A repository opened as a source, and files of DVC to put into it."""

import shutil
from pathlib import Path

import pytest

from mlops_desktop.core.inventory import Pair
from mlops_desktop.outside.repositories.program import GitLimits
from mlops_desktop.sources.base import Connection, Credentials
from mlops_desktop.sources.git.reader import Git
from mlops_desktop.sources.observations import Failure, Stream

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs the program git")
DVC_YAML = """
artifacts:
  pd: {path: models/pd.pkl, type: model, desc: PD Ratenkredit, meta: {owner: wolters}}
  lgd: {path: models/lgd.pkl, type: model}
  umsaetze: {path: data/train.csv, type: dataset}
stages:
  train:
    cmd: python train.py
    metrics: [werte.json]
"""
LOCK = """
schema: '2.0'
stages:
  train:
    cmd: python train.py
    deps: [{path: data/train.csv, md5: aa11, size: 12}]
    outs: [{path: models/pd.pkl, md5: bb22, size: 7}]
"""


def open_git(root: Path, limits: GitLimits | None = None, **settings: str) -> Git:
    pairs = tuple(Pair(name, value) for name, value in settings.items())
    connection = Connection("modelle", "git", str(root), settings=pairs)
    return Git(connection, Credentials(), limits=limits)


def failure_of(source: Git) -> Failure:
    (failure,) = source.pull(Stream.MODELS)
    assert isinstance(failure, Failure)
    return failure

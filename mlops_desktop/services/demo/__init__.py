"""The sample workspace of an invented bank: built by the services, without a network."""

from mlops_desktop.services.demo.build import build_demo
from mlops_desktop.services.demo.result import DemoResult, Waiting
from mlops_desktop.services.demo.surroundings import surroundings

__all__ = ["DemoResult", "Waiting", "build_demo", "surroundings"]

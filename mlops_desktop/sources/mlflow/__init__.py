"""MLflow 2.x and 3.x: registry, versions, and the runs they came from, over documented REST."""

from mlops_desktop.sources.mlflow.reader import Mlflow, open_source

__all__ = ["Mlflow", "open_source"]

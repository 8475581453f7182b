"""What is asked of MLflow: paths, page sizes, and orders that keep unchanged pages equal.

Every listing is asked in an order of its own, because the server's default (last updated first)
moves every row of every page when one thing changes. Models and versions go by name. Runs go by
start time, oldest first, so that a new run touches the last page alone. MLflow's "changed since"
filters miss alias moves, tag changes and deletions, so each pull is a full one.

Few large pages cost a server less than many small ones; 1,500 runs are some four megabytes.
"""

from mlops_desktop.outside.http_json import JsonValue

_API = "/api/2.0/mlflow"
VERSION = "/version"
SERVER_INFO = "/api/3.0/mlflow/server-info"
CURRENT_USER = f"{_API}/users/current"
MODELS = f"{_API}/registered-models/search"
VERSIONS = f"{_API}/model-versions/search"
EXPERIMENTS = f"{_API}/experiments/search"
RUNS = f"{_API}/runs/search"
ARTIFACT = "/model-versions/get-artifact"
LOGGED_MODELS = f"{_API}/logged-models/search"
TRACES = "/api/3.0/mlflow/traces/search"
HISTORY = f"{_API}/metrics/get-history"
READING_POSTS = frozenset({RUNS, LOGGED_MODELS, TRACES})

EXPERIMENTS_AT_ONCE = 200
# The server hides prompts, which are registry entries with this tag, unless asked for them.
_PROMPTS = "tags.`mlflow.prompt.is_prompt` = 'true'"
_MODELS_A_PAGE = "1000"
_VERSIONS_A_PAGE = "10000"
_EXPERIMENTS_A_PAGE = "1000"
_RUNS_A_PAGE = 1500
_LOGGED_MODELS_A_PAGE = 1000
_TRACES_A_PAGE = 500
_POINTS_A_PAGE = "25000"


def list_models(token: str, *, are_prompts: bool) -> dict[str, str]:
    """Return the query of one page of registered models (at most 1,000) or of prompts."""
    return _listing(_MODELS_A_PAGE, "name ASC", token, are_prompts=are_prompts)


def list_versions(token: str, *, are_prompts: bool) -> dict[str, str]:
    """Return the query of one page of versions (at most 10,000) of models or of prompts."""
    return _listing(_VERSIONS_A_PAGE, "name ASC", token, are_prompts=are_prompts)


def list_experiments(token: str) -> dict[str, str]:
    """Return the query of one page of experiments, deleted ones too."""
    query = {"max_results": _EXPERIMENTS_A_PAGE, "view_type": "ALL"}
    return query | ({"page_token": token} if token else {})


def list_runs(token: str, experiments: list[str]) -> dict[str, JsonValue]:
    """Return the body of one page of runs, deleted ones too: versions still name them."""
    body: dict[str, JsonValue] = {
        "experiment_ids": list[JsonValue](experiments),
        "max_results": _RUNS_A_PAGE,
        "order_by": ["attributes.start_time ASC"],
        "run_view_type": "ALL",
    }
    return body | ({"page_token": token} if token else {})


def list_logged_models(token: str, experiments: list[str]) -> dict[str, JsonValue]:
    """Return the body of one page of logged models (3.x), the oldest first."""
    body: dict[str, JsonValue] = {
        "experiment_ids": list[JsonValue](experiments),
        "max_results": _LOGGED_MODELS_A_PAGE,
        "order_by": [{"field_name": "creation_timestamp", "ascending": True}],
    }
    return body | ({"page_token": token} if token else {})


def list_traces(token: str, experiments: list[str]) -> dict[str, JsonValue]:
    """Return the body of one page of traces (3.x), the newest first."""
    places: list[JsonValue] = [
        {"type": "MLFLOW_EXPERIMENT", "mlflow_experiment": {"experiment_id": id}}
        for id in experiments
    ]
    body: dict[str, JsonValue] = {"locations": places, "max_results": _TRACES_A_PAGE}
    return body | ({"page_token": token} if token else {})


def read_history(run: str, metric: str) -> dict[str, str]:
    """Return the query of the points of one metric of one run."""
    return {"run_id": run, "metric_key": metric, "max_results": _POINTS_A_PAGE}


def _listing(size: str, order: str, token: str, *, are_prompts: bool) -> dict[str, str]:
    query = {"max_results": size, "order_by": order}
    if are_prompts:
        query["filter"] = _PROMPTS
    return query | ({"page_token": token} if token else {})

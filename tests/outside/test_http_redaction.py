"""Secrets do not reach the log, not even in a traceback."""

import io
import logging
from collections.abc import Iterator

import pytest

from mlops_desktop.outside.http_redaction import RedactingFilter, redact, remember_login

_SECRET = "canary-Paßwort/1"


@pytest.fixture
def log() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(RedactingFilter())
    logger = logging.getLogger("tests.redaction")
    logger.propagate = False
    logger.addHandler(handler)
    remember_login("canary-name", _SECRET, "canary-token")
    yield logger, written
    logger.removeHandler(handler)


def test_known_secrets_are_hidden_wherever_they_stand(
    log: tuple[logging.Logger, io.StringIO],
) -> None:
    logger, written = log
    logger.warning("trying %s for %s", _SECRET, {"token": "canary-token"})
    logger.warning("sent Y2FuYXJ5LW5hbWU6Y2FuYXJ5LVBhw593b3J0LzE=")
    try:
        int(_SECRET)
    except ValueError:
        logger.exception("failed")
    text = written.getvalue()
    assert "canary" not in text.replace("canary-name", "")
    assert "Y2FuYXJ5" not in text
    assert "Traceback" in text


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("GET https://name:pw123@host/path", "pw123"),
        ("headers: {'Authorization': 'Digest abc def'}", "abc"),
        ("Proxy-Authorization: Basic bmFtZTpwdw==", "bmFtZTpwdw"),
        ("[(b'authorization', b'Bearer xyz.abc')]", "xyz"),
        ("Set-Cookie: session=deadbeef; path=/", "deadbeef"),
        ("https://host/x?access_token=qwertz&b=1", "qwertz"),
        ("DATABASE_PASSWORD=hunter2 python", "hunter2"),
    ],
)
def test_what_looks_like_a_secret_is_hidden(text: str, hidden: str) -> None:
    assert hidden not in redact(text)
    assert "•••" in redact(text)


def test_ordinary_text_is_left_alone() -> None:
    text = "GET /api/2.0/mlflow/runs/search?max_results=1000 as basic user at https://host:5000/ml"
    assert redact(text) == text

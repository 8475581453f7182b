"""What a source tells is recorded without the passwords in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.secrecy import MASK, value_without_secrets, without_secrets

SECRET = "Geheim-77-x"


@pytest.mark.parametrize(
    "text",
    [
        f"s3://etl:{SECRET}@bucket/path",
        f"https://oauth2:a@{SECRET}@git.bank.example/risk/pd.git",
        f'{{"uri": "abfss://c@acc.dfs.core.windows.net/x?sv=1&sig={SECRET}%3D&se=2"}}',
        f"https://b.example/k?X-Amz-Credential=AK&X-Amz-Signature={SECRET}",
        f"Server=db;Uid=reader;Pwd={SECRET};Database=risk",
        f"DefaultEndpointsProtocol=https;AccountKey={SECRET}==;",
        f"curl failed: https://ci.example/run?job=1&private_token={SECRET}",
    ],
)
def test_a_password_in_an_address_is_not_taken_over(text: str) -> None:
    kept = without_secrets(text)
    assert SECRET not in kept
    assert MASK in kept
    assert without_secrets(kept) == kept


def test_a_token_that_says_what_it_is_is_not_taken_over() -> None:
    told = "push with glpat-" + "a1B2" * 5 + " and ghp_" + "Z9" * 18
    assert without_secrets(told) == f"push with {MASK} and {MASK}"


@pytest.mark.parametrize(
    "text",
    [
        "ssh://git@git.bank.example/risk/pd.git",
        "http://127.0.0.1:5000/users/anna@bank.example",
        "s3://bucket/models/m-1?versionId=3",
        "postgresql://reader@db.bank.example:5432/risk",
        "psi=0.27; gini=0.66",
        "tokens=512",
    ],
)
def test_what_is_no_secret_stays_as_it_was_told(text: str) -> None:
    assert without_secrets(text) == text


@pytest.mark.parametrize("name", ["password", "db.password", "AWS_SECRET_ACCESS_KEY", "api_key"])
def test_a_parameter_that_is_called_a_secret_has_no_value(name: str) -> None:
    assert value_without_secrets(name, SECRET) == MASK


@pytest.mark.parametrize("name", ["pad_token", "n_tokens", "sort_key", "tokenizer", "compass"])
def test_a_parameter_that_only_sounds_so_keeps_its_value(name: str) -> None:
    assert value_without_secrets(name, "512") == "512"


@given(st.text())
def test_masking_twice_changes_nothing(text: str) -> None:
    kept = without_secrets(text)
    assert without_secrets(kept) == kept

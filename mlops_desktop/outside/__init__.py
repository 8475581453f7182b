"""The outside world: the one HTTP client, keys and certificates, the keyring."""

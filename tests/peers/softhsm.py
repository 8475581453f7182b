"""Tokens of SoftHSM: made, filled and reached through its own library."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import Certificate

from mlops_desktop.outside.tokens import TokenPlace

MODULE = "/usr/lib/softhsm/libsofthsm2.so"
LABEL, PIN, SO_PIN = "mrm", "135790", "24681357"


@dataclass
class SoftToken:
    """A token of its own folder; the library of this process reads its configuration once."""

    folder: Path
    keys: int = 0

    @classmethod
    def made_in(cls, folder: Path) -> "SoftToken":
        """Make an empty token."""
        (folder / "tokens").mkdir(exist_ok=True)
        config = folder / "softhsm2.conf"
        config.write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
        os.environ["SOFTHSM2_CONF"] = str(config)
        made = cls(folder)
        made.run("softhsm2-util", "--init-token", "--free", "--label", LABEL, *_PINS)
        return made

    def run(self, *command: str) -> None:
        """Run a program on the token."""
        done = subprocess.run(command, capture_output=True, check=False, timeout=60)
        assert done.returncode == 0, (command[0], done.stdout.decode() + done.stderr.decode())

    def put_key(
        self, label: str, key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    ) -> TokenPlace:
        """Put a key on the token and return where it is."""
        self.keys += 1
        file = self.folder / f"{label}.pem"
        file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        self.run(
            "softhsm2-util", "--import", str(file), "--token", LABEL, "--label", label,
            "--id", f"A{self.keys}", "--pin", PIN,
        )  # fmt: skip
        file.unlink()
        return TokenPlace(MODULE, LABEL, label)

    def put_certificate(self, label: str, certificate: Certificate) -> None:
        """Put a certificate beside the key put last."""
        file = self.folder / f"{label}.der"
        file.write_bytes(certificate.public_bytes(Encoding.DER))
        self.run(
            "pkcs11-tool", "--module", MODULE, "--login", "--pin", PIN, "--token-label", LABEL,
            "--write-object", str(file), "--type", "cert", "--label", label,
            "--id", f"a{self.keys}",
        )  # fmt: skip


_PINS = ("--so-pin", SO_PIN, "--pin", PIN)

"""Certomancer as the authority: roots, lists, OCSP and time stamps over HTTP, on this machine."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web
from asn1crypto import pem
from certomancer.integrations.aiohttp_animator import build_animator_app
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig, PKIArchitecture
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from mlops_desktop.outside.certificates import new_p256_key

_CONFIG = Path(__file__).with_name("certomancer.yml")
_CA = ArchLabel("ca")
_ENTITIES = ("root", "interm", "tsa", "broken", "person", "gone")


@dataclass(frozen=True)
class Pki:
    """A running authority."""

    arch: PKIArchitecture
    base: str

    @property
    def tsa(self) -> str:
        """The address of its time-stamp authority."""
        return f"{self.base}/ca/tsa/tsa"

    @property
    def mail_tsa(self) -> str:
        """The address of one whose certificate is not made for time stamps."""
        return f"{self.base}/ca/tsa/broken"

    @property
    def root(self) -> bytes:
        """Its root in PEM form."""
        found = self.arch.get_cert(CertLabel("root"))
        return bytes(pem.armor("CERTIFICATE", found.dump()))

    def package(self, label: str, passphrase: str) -> bytes:
        """Return a person's PKCS#12 file."""
        found = self.arch.package_pkcs12(CertLabel(label), password=passphrase.encode())
        return bytes(found)


@contextmanager
def serving(folder: Path) -> Iterator[Pki]:
    """Run the authority until the end of the block."""
    (folder / "keys").mkdir()
    for name in _ENTITIES:
        secret = new_p256_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (folder / "keys" / f"{name}.pem").write_bytes(secret)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield asyncio.run_coroutine_threadsafe(_start(folder), loop).result(30)
    finally:
        asyncio.run_coroutine_threadsafe(_RUNNING.pop().cleanup(), loop).result(30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


_RUNNING: list[web.AppRunner] = []


async def _start(folder: Path) -> Pki:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    config = CertomancerConfig.from_file(
        str(_CONFIG), str(folder), allow_external_config=False, external_url_prefix=base
    )
    arch = config.get_pki_arch(_CA)
    runner = web.AppRunner(build_animator_app({_CA: arch}))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    _RUNNING.append(runner)
    return Pki(arch, base)

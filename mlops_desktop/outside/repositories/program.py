"""Runs git so that neither the repository, nor the person's own settings, can make it do more.

No hook, no filter, no helper, no pager, no prompt, no submodule; protocols by name; bounded in
time and in what it prints.
"""

import base64
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.outside.http_faults import Fault
from mlops_desktop.outside.http_redaction import redact, remember_login

_PAUSE = 0.02
_MOST_SAID = 200
_QUOTED = re.compile(r"'[^'\n]*'")
_SETTINGS = {
    "protocol.allow": "never",
    "protocol.https.allow": "always",
    "protocol.ssh.allow": "always",
    "core.hooksPath": os.devnull,
    "core.fsmonitor": "false",
    "core.symlinks": "false",
    "core.alternateRefsCommand": "true",
    "credential.helper": "",
    "http.followRedirects": "false",
    "http.lowSpeedLimit": "1000",
    "http.lowSpeedTime": "30",
    "transfer.fsckObjects": "true",
    "fetch.recurseSubmodules": "false",
    "submodule.recurse": "false",
    "gc.auto": "0",
    "maintenance.auto": "false",
    "safe.directory": "*",  # whoever owns a shared repository: of it, only its objects are read
    "advice.detachedHead": "false",
}
_KEPT = (
    *("PATH", "SYSTEMROOT", "TEMP", "TMP", "SSH_AUTH_SOCK", "HOME", "USERPROFILE"),
    *("HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"),
)


class GitFault(Exception):
    """Git did not answer; ``reason`` has a sentence under ``failures.reasons``."""

    def __init__(self, fault: Fault, reason: str, detail: str = "") -> None:
        super().__init__(f"{fault}: {reason}: {detail}")
        self.fault = fault
        self.reason = reason
        self.detail = detail

    @property
    def is_retryable(self) -> bool:
        """The same question may be answered later."""
        return self.fault in (Fault.TIMEOUT, Fault.UNREACHABLE, Fault.SERVER)


@dataclass(frozen=True, slots=True)
class GitLimits:
    """Bounds: seconds of one run, bytes it may print, bytes the mirror may have."""

    seconds: float = 120.0
    printed: int = 64 << 20
    mirror: int = 1 << 30
    blob: int = 1 << 20
    files: int = 20_000


@dataclass(frozen=True, slots=True)
class Access:
    """How a repository is reached; the secret goes into git's surroundings, never its arguments."""

    username: str | None = None
    secret: str | None = field(default=None, repr=False)
    ca_file: str | None = None
    proxy: str | None = None
    is_local: bool = False

    def settings(self) -> dict[str, str]:
        """Return git's settings for it."""
        told: dict[str, str] = {}
        if self.is_local:
            told["protocol.file.allow"] = "always"
        if self.secret and not self.is_local:
            login = base64.b64encode(f"{self.username or 'git'}:{self.secret}".encode())
            told["http.extraHeader"] = f"Authorization: Basic {login.decode()}"
        if self.ca_file:
            told["http.sslCAInfo"] = self.ca_file
        if self.proxy:
            told["http.proxy"] = self.proxy
        return told


@dataclass(slots=True)
class Git:
    """The program, for one repository; used by one thread. Raises AppError ``git.missing``."""

    access: Access
    limits: GitLimits
    is_cancelled: Callable[[], bool]
    _program: str = ""

    def __post_init__(self) -> None:
        found = shutil.which("git")
        if found is None:
            raise AppError("git.missing", recovery=Recovery.CONFIGURATION)
        self._program = found
        remember_login(self.access.username or "git", self.access.secret, None)

    def run(
        self,
        arguments: Sequence[str],
        *,
        given: bytes = b"",
        grows: Path | None = None,
    ) -> bytes:
        """Return what git prints; raises GitFault. ``grows`` is a folder that may not grow past."""
        with (
            tempfile.TemporaryFile() as told,
            tempfile.TemporaryFile() as said,
            tempfile.TemporaryFile() as asked,
        ):
            asked.write(given)
            asked.seek(0)
            process = subprocess.Popen(  # noqa: S603 - a list, no shell; what is foreign stands after --
                [self._program, *arguments],
                stdin=asked,
                stdout=told,
                stderr=said,
                env=self._surroundings(),
                cwd=tempfile.gettempdir(),
                start_new_session=True,
            )
            try:
                self._await(process, told, grows)
            finally:
                _end(process)
            if process.returncode != 0:
                raise fault_of(_read(said, 4_000).decode("utf-8", "replace"))
            return _read(told, self.limits.printed)

    def _await(
        self, process: "subprocess.Popen[bytes]", told: IO[bytes], grows: Path | None
    ) -> None:
        ends = time.monotonic() + self.limits.seconds
        looks = 0
        while process.poll() is None:
            if self.is_cancelled():
                raise GitFault(Fault.CANCELLED, "stopped")
            if time.monotonic() > ends:
                raise GitFault(Fault.TIMEOUT, "deadline", f"{self.limits.seconds:g} s")
            looks += 1
            if looks % 10 == 0:
                self._check_size(grows)
            if os.fstat(told.fileno()).st_size > self.limits.printed:
                raise GitFault(
                    Fault.TOO_LARGE, "page_too_large", f"{self.limits.printed >> 20} MiB"
                )
            time.sleep(_PAUSE)
        self._check_size(grows)

    def _check_size(self, folder: Path | None) -> None:
        if folder is not None and _size(folder) > self.limits.mirror:
            most = f"{self.limits.mirror >> 20} MiB"
            raise GitFault(Fault.TOO_LARGE, "repository_too_large", most)

    def _surroundings(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        settings = list({**_SETTINGS, **self.access.settings()}.items())
        made = {
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_COUNT": str(len(settings)),
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_ASKPASS": "true",
            "GIT_SSH_COMMAND": "ssh -oBatchMode=yes -oConnectTimeout=15",
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_NO_REPLACE_OBJECTS": "1",
            "GIT_OPTIONAL_LOCKS": "0",
            "GIT_ATTR_NOSYSTEM": "1",
            "GIT_PAGER": "cat",
            "LC_ALL": "C",
        }
        for at, (name, value) in enumerate(settings):
            made |= {f"GIT_CONFIG_KEY_{at}": name, f"GIT_CONFIG_VALUE_{at}": value}
        return kept | made


def _read(file: IO[bytes], most: int) -> bytes:
    file.seek(0)
    content = file.read(most + 1)
    if len(content) > most:
        raise GitFault(Fault.TOO_LARGE, "page_too_large", f"{most >> 20} MiB")
    return content


def _size(folder: Path) -> int:
    return sum(one.stat().st_size for one in folder.glob("objects/pack/*"))


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End git with what it has started (ssh, a remote helper)."""
    if process.poll() is None:
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()


_BY_WORDS = (
    (("authentication failed", "could not read username", "could not read password",
      "permission denied (", "error: 401"), Fault.AUTH, "login_refused"),
    (("error: 403",), Fault.FORBIDDEN, "git_refused"),
    (("transport", "not allowed"), Fault.PROTOCOL, "git_protocol"),
    (("non-properly terminated", "unexpected eof"), Fault.UNREACHABLE, "cut_off"),
    (("ssl", "certificate"), Fault.TLS, "handshake"),
    (("could not resolve",), Fault.UNREACHABLE, "name_unknown"),
    (("connection refused", "failed to connect", "timed out", "couldn't connect",
      "could not connect"), Fault.UNREACHABLE, "not_connected"),
    (("not found", "does not appear to be a git repository", "does not exist",
      "not a git repository"), Fault.UNSUPPORTED, "no_repository"),
    (("redirect",), Fault.PROTOCOL, "foreign_redirect"),
    (("hung up", "early eof", "unexpected disconnect", "rpc failed"), Fault.UNREACHABLE, "cut_off"),
)  # fmt: skip


def fault_of(said: str) -> GitFault:
    """Return what git said on its way out as a fault; the detail is one line without secrets."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    told = next((one for one in lines if one.startswith(("fatal:", "error:", "ssh:"))), "")
    detail = redact(told or (lines[-1] if lines else ""))[:_MOST_SAID]
    lower = _QUOTED.sub("''", said).casefold()  # an address may hold any word, a port any number
    for words, fault, reason in _BY_WORDS:
        if any(word in lower for word in words):
            return GitFault(fault, reason, detail)
    return GitFault(Fault.PROTOCOL, "git_refused", detail)

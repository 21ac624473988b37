"""The pytest plugin: a mock for the run, and a world of its own for each test."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from .client import ControlError, World
from .control_types import FaultRequest
from .failure_report import advice_text, exchanges_text
from .mock import Mock, MockNotStartedError, StartedMock, start_mock
from .programs import NodeNotFoundError

_shared_mock = pytest.StashKey[StartedMock]()
_world = pytest.StashKey[World]()
_outcome = pytest.StashKey[str]()
_url_for_workers = "groups_mock_url"
_fail_on_values = ("error", "warning", "never")


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("groups", "mock of the Vitable groups API")
    group.addoption("--groups-url", metavar="URL", help="use the mock at this address instead of starting one")
    group.addoption(
        "--groups-keep",
        metavar="DIR",
        nargs="?",
        const=".groups-worlds",
        help="keep the worlds of failed tests, in this folder (default: .groups-worlds) or in the mock at --groups-url",
    )
    parser.addini("groups_quirks", "quirks of every world, one name=value on each line", type="linelist")
    parser.addini("groups_sync_delay", "time until a sync completes, in milliseconds (default: 0)", default="0")
    parser.addini("groups_scenario", "scenario that every world starts with", default="")
    parser.addini(
        "groups_fail_on",
        "error or warning: fail a test if the advice on its requests has a finding of this severity or worse (default: never)",
        default="never",
    )
    parser.addini(
        "groups_mock_per",
        "with pytest-xdist: worker (default) starts a mock in each worker that needs one, run starts one for all",
        default="worker",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "groups(quirks={name: value}, sync_delay=ms, scenario=name, faults=[{...}], fail_on='error'|'warning'|'never'): "
        "settings of the world of this test",
    )
    if config.getini("groups_mock_per") not in ("worker", "run"):
        raise pytest.UsageError("groups_mock_per: expected worker or run")
    if not str(config.getini("groups_sync_delay")).isdigit():
        raise pytest.UsageError("groups_sync_delay: expected a whole number of milliseconds")
    if config.getini("groups_fail_on") not in _fail_on_values:
        raise pytest.UsageError("groups_fail_on: expected error, warning or never")
    _quirks_of(config)


def _quirks_of(config: pytest.Config) -> dict[str, str]:
    lines: list[str] = config.getini("groups_quirks")
    for line in lines:
        if "=" not in line:
            raise pytest.UsageError(f"groups_quirks: expected name=value, got {line!r}")
    return {name.strip(): value.strip() for name, _, value in (line.partition("=") for line in lines)}


def _start(config: pytest.Config, worker: str) -> StartedMock:
    folder = config.getoption("--groups-keep")
    options = [] if folder is None else ["--data", str(_data_folder(config, worker))]
    return start_mock(*options)


def _keeps(config: pytest.Config) -> bool:
    return config.getoption("--groups-keep") is not None


def _data_folder(config: pytest.Config, worker: str) -> Path:
    """Workers must not share a folder, because each mock opens the files of its worlds for itself."""
    return Path(config.rootpath, config.getoption("--groups-keep"), worker)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Called by pytest-xdist before it starts a worker."""
    config: pytest.Config = node.config
    if config.getini("groups_mock_per") != "run" or config.getoption("--groups-url") is not None:
        return
    if _shared_mock not in config.stash:
        config.stash[_shared_mock] = _start(config, "run")
    node.workerinput[_url_for_workers] = config.stash[_shared_mock].url


def pytest_unconfigure(config: pytest.Config) -> None:
    mock = config.stash.get(_shared_mock, None)
    if mock is not None:
        mock.close()


def _worker_of(config: pytest.Config) -> str:
    worker: str = getattr(config, "workerinput", {}).get("workerid", "run")
    return worker


@pytest.fixture(scope="session")
def groups_mock(pytestconfig: pytest.Config) -> Iterator[Mock]:
    """A mock of the groups API for the whole run, on a free port."""
    shared: str | None = getattr(pytestconfig, "workerinput", {}).get(_url_for_workers)
    url = shared or pytestconfig.getoption("--groups-url")
    if url is not None:
        yield Mock(url)
        return
    try:
        mock = _start(pytestconfig, _worker_of(pytestconfig))
    except (MockNotStartedError, NodeNotFoundError) as error:
        pytest.fail(str(error), pytrace=False)
    with mock:
        yield mock


@pytest.fixture
def groups_world(groups_mock: Mock, request: pytest.FixtureRequest) -> Iterator[World]:
    """A world for this test alone: give its `base_url` and `api_key` to your client. It is dropped after the test."""
    settings = _Settings.of(request.node)
    world = groups_mock.world(world_name(request.node.name, f"{_worker_of(request.config)} {request.node.nodeid}"))
    try:
        settings.apply(world)
    except ControlError as error:
        pytest.fail(str(error), pytrace=False)
    request.node.stash[_world] = world
    yield world
    try:
        objection = _objection(request.node, world, settings.fail_on)
        if not _keeps(request.config) or (objection is None and request.node.stash[_outcome] != "failed"):
            world.drop()
    except ControlError as error:
        # A test that has dropped its world itself has left nothing to judge or to drop.
        if error.code != "world_not_found":
            raise
        return
    if objection is not None:
        pytest.fail(objection, pytrace=False)


def _objection(item: pytest.Item, world: World, fail_on: str) -> str | None:
    """Why the advice on its requests fails a test that has passed, or None."""
    if fail_on == "never" or item.stash[_outcome] != "passed":
        return None
    advice = world.advise()
    if not any(finding["severity"] in ("error", fail_on) for finding in advice["findings"]):
        return None
    kept = f"\n\nkept world of the groups mock:\n{_where_kept(item.config, world)}" if _keeps(item.config) else ""
    return f"advice of the groups mock (fail_on={fail_on}):\n{advice_text(advice)}{kept}"


def world_name(test: str, unique: str) -> str:
    """A name for the world of a test: readable, allowed in an API key, and different for each `unique` text."""
    readable = re.sub(r"[^A-Za-z0-9]+", "-", test).strip("-")[:50].rstrip("-") or "test"
    return f"{readable}-{sha256(unique.encode(errors='surrogatepass')).hexdigest()[:10]}"


@dataclass
class _Settings:
    """The settings of the world of a test: markers override the configuration, and the closest marker wins."""

    quirks: dict[str, str]
    sync_delay: int
    scenario: str
    fail_on: str
    faults: list[FaultRequest] = field(default_factory=list)

    @staticmethod
    def of(item: pytest.Item) -> _Settings:
        settings = _Settings(
            _quirks_of(item.config),
            int(item.config.getini("groups_sync_delay")),
            item.config.getini("groups_scenario"),
            item.config.getini("groups_fail_on"),
        )
        for marker in reversed(list(item.iter_markers("groups"))):
            given = dict(marker.kwargs)
            settings.quirks.update(given.pop("quirks", {}))
            settings.sync_delay = given.pop("sync_delay", settings.sync_delay)
            settings.scenario = given.pop("scenario", settings.scenario)
            settings.fail_on = given.pop("fail_on", settings.fail_on)
            settings.faults += given.pop("faults", [])
            if given or marker.args:
                unknown = ", ".join([*given, *map(repr, marker.args)])
                expected = "quirks, sync_delay, scenario, fail_on or faults"
                pytest.fail(f"groups(): expected {expected}, got {unknown}", pytrace=False)
            if settings.fail_on not in _fail_on_values:
                expected = "error, warning or never"
                pytest.fail(f"groups(): fail_on: expected {expected}, got {settings.fail_on!r}", pytrace=False)
        return settings

    def apply(self, world: World) -> None:
        """Creates the world, or resets it if an earlier run has left it in a mock that still runs."""
        if self.scenario:
            world.load_scenario(self.scenario)
        else:
            world.reset()
        world.change_settings(quirks=self.quirks, sync_delay_ms=self.sync_delay)
        for fault in self.faults:
            world.faults.add(**fault)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, None]:
    outcome = yield
    report: pytest.TestReport = outcome.get_result()
    if report.when != "teardown":
        item.stash[_outcome] = report.outcome
    world = item.stash.get(_world, None)
    if world is None or not report.failed or report.when == "teardown":
        return
    try:
        report.sections.append((f"requests to the groups mock, world {world.name}", exchanges_text(world.journal())))
        report.sections.append(("advice of the groups mock", advice_text(world.advise())))
    except ControlError as error:
        report.sections.append(("groups mock", str(error)))
    if _keeps(item.config):
        report.sections.append(("kept world of the groups mock", _where_kept(item.config, world)))


def _where_kept(config: pytest.Config, world: World) -> str:
    page = f"_mock/worlds/{world.name}"
    if config.getoption("--groups-url") is not None:
        return f"{world.base_url}/{page}"
    worker = "run" if config.getini("groups_mock_per") == "run" else _worker_of(config)
    folder = _data_folder(config, worker)
    return f"groups-mock --data {folder}\nthen open http://127.0.0.1:4010/{page}"

import re

import pytest

from vitable_groups_kit.pytest_plugin import world_name

request = """
import urllib.request

def send(world, path="/v1/plans", key=None):
    headers = {"Authorization": f"Bearer {key or world.api_key}"}
    return urllib.request.urlopen(urllib.request.Request(world.base_url + path, headers=headers), timeout=30).read()
"""


@pytest.fixture
def run(pytester, groups_mock):
    """Runs pytest on a file of tests, with the mock of this run."""

    def run_tests(tests, *options, ini=""):
        pytester.makeini(f"[pytest]\n{ini}")
        pytester.makepyfile(request + tests)
        return pytester.runpytest("-p", "no:cacheprovider", "--groups-url", groups_mock.url, *options)

    return run_tests


def worlds(mock):
    from vitable_groups_kit.client import ControlClient

    return {world["name"] for world in ControlClient(mock.url).call("GET", "worlds")["worlds"]}


@pytest.mark.parametrize("test", ["test_a", "", "💥", "test[a/b?c#d%e]", "x" * 500, "\ud800", "-_-", "test\n[1]"])
def test_every_test_has_a_world_that_a_key_can_name(test):
    assert re.fullmatch("[A-Za-z0-9_-]{1,64}", world_name(test, test))


def test_tests_of_the_same_name_have_different_worlds():
    assert world_name("test_a", "one.py::test_a") != world_name("test_a", "two.py::test_a")


def test_each_test_has_a_world_of_its_own_that_is_dropped_afterwards(run, groups_mock):
    before = worlds(groups_mock)
    tests = """
import pytest
seen = set()

@pytest.mark.parametrize("odd", ["a/b", "ä ö", "x" * 300])
def test_world(groups_world, odd):
    send(groups_world)
    assert groups_world.name not in seen and len(groups_world.requests()) == 1
    seen.add(groups_world.name)

def test_that_drops_its_world_itself(groups_world):
    groups_world.drop()
"""
    run(tests).assert_outcomes(passed=4)
    assert worlds(groups_mock) == before


def test_configuration_sets_up_every_world_and_the_closest_marker_overrides_it(run):
    tests = """
import pytest
pytestmark = pytest.mark.groups(quirks={"unknown-plan": "reject"}, faults=[{"latency_ms": 1}])

def values(world):
    return [world.settings()["quirks"][name] for name in ("create-status", "unknown-plan")]

def test_configuration(groups_world):
    assert values(groups_world) == ["200", "reject"]
    assert groups_world.settings()["sync_delay_ms"] == 70
    assert [group["name"] for group in groups_world.groups()] == ["Keystone Bakery"]

@pytest.mark.groups(quirks={"create-status": "201"}, sync_delay=5, scenario="empty", faults=[{"status": 503}])
def test_marker(groups_world):
    assert values(groups_world) == ["201", "reject"]
    assert groups_world.settings()["sync_delay_ms"] == 5
    assert groups_world.groups() == []
    assert len(groups_world.faults.list()) == 2
"""
    ini = "groups_quirks = create-status=200\ngroups_sync_delay = 70\ngroups_scenario = month-end"
    run(tests, "--strict-markers", ini=ini).assert_outcomes(passed=2)


def test_a_failure_shows_the_last_requests_and_the_advice(run, groups_mock):
    before = worlds(groups_mock)
    tests = """
def test_fails(groups_world):
    groups_world.faults.add(latency_ms=1)
    for page in (1, 2, 3):
        send(groups_world, f"/v1/groups?page={page}")
    assert False

def test_passes(groups_world):
    send(groups_world, "/v1/groups?page=9")
"""
    result = run(tests)
    result.assert_outcomes(failed=1, passed=1)
    result.stdout.fnmatch_lines(
        [
            "*requests to the groups mock, world test-fails-*",
            "*GET /v1/groups?page=1 -> 200 (fault: *",
            "*GET /v1/groups?page=3 -> 200*",
            "*advice of the groups mock*",
            "*ADV-PAST-END*",
        ]
    )
    result.stdout.no_fnmatch_line("*page=9*")
    assert worlds(groups_mock) == before


bad_clients = """
import pytest, urllib.error

def make_error(world):
    world.faults.add(status=429, retry_after=60, times=1)
    with pytest.raises(urllib.error.HTTPError):
        send(world)
    send(world)

def make_warning(world):
    for page in (1, 2, 3):
        send(world, f"/v1/groups?page={page}")
"""


@pytest.mark.parametrize(
    ("ini", "failed"),
    [
        ("", []),
        ("groups_fail_on = never", []),
        ("groups_fail_on = error", ["test_error"]),
        ("groups_fail_on = warning", ["test_error", "test_warning"]),
    ],
)
def test_advice_of_the_configured_severity_or_worse_fails_a_test(run, groups_mock, ini, failed):
    before = worlds(groups_mock)
    tests = """
def test_error(groups_world): make_error(groups_world)
def test_warning(groups_world): make_warning(groups_world)
def test_good(groups_world): send(groups_world)
"""
    result = run(bad_clients + tests, ini=ini)
    result.assert_outcomes(passed=3, errors=len(failed))
    advice = {"test_error": "error ADV-BACKOFF: *", "test_warning": "warning ADV-PAST-END: *"}
    for test in failed:
        result.stdout.fnmatch_lines([f"*ERROR at teardown of {test} *", "advice of the groups mock*", advice[test]])
    assert worlds(groups_mock) == before


@pytest.mark.parametrize(
    ("ini", "marker", "client", "errors"),
    [
        ("never", "warning", "warning", 1),
        ("never", "error", "error", 1),
        ("warning", "error", "warning", 0),
        ("warning", "error", "error", 1),
        ("error", "never", "error", 0),
    ],
)
def test_a_marker_overrides_which_advice_fails_a_test(run, ini, marker, client, errors):
    tests = f"@pytest.mark.groups(fail_on='{marker}')\ndef test_a(groups_world): make_{client}(groups_world)"
    result = run(bad_clients + tests, ini=f"groups_fail_on = {ini}")
    result.assert_outcomes(passed=1, errors=errors)


def test_advice_fails_only_tests_that_passed(run):
    tests = """
def test_that_fails(groups_world):
    make_error(groups_world)
    assert False

@pytest.mark.xfail
def test_that_is_expected_to_fail(groups_world):
    make_error(groups_world)
    assert False

def test_that_is_skipped(groups_world):
    make_error(groups_world)
    pytest.skip()

def test_that_drops_its_world_itself(groups_world):
    make_error(groups_world)
    groups_world.drop()
"""
    result = run(bad_clients + tests, ini="groups_fail_on = warning")
    result.assert_outcomes(failed=1, xfailed=1, skipped=1, passed=1)


def test_the_world_of_a_test_that_its_advice_fails_is_kept_on_request(run, groups_mock):
    before = worlds(groups_mock)
    tests = "def test_a(groups_world): make_error(groups_world)\ndef test_good(groups_world): send(groups_world)"
    result = run(bad_clients + tests, "--groups-keep", ini="groups_fail_on = error")
    result.stdout.fnmatch_lines(["kept world of the groups mock:", f"{groups_mock.url}/_mock/worlds/test-a-*"])
    [kept] = worlds(groups_mock) - before
    assert kept.startswith("test-a-")
    groups_mock.world(kept).drop()


def test_the_worlds_of_failed_tests_are_kept_on_request(run, groups_mock):
    before = worlds(groups_mock)
    tests = "def test_fails(groups_world): assert False\ndef test_passes(groups_world): pass"
    result = run(tests, "--groups-keep")
    result.stdout.fnmatch_lines(["*kept world*", f"{groups_mock.url}/_mock/worlds/test-fails-*"])
    [kept] = worlds(groups_mock) - before
    assert kept.startswith("test-fails-")
    groups_mock.world(kept).drop()


def test_a_started_mock_keeps_worlds_in_a_folder(pytester):
    pytester.makepyfile("def test_fails(groups_world): assert False")
    result = pytester.runpytest("--groups-keep")
    result.stdout.fnmatch_lines([f"groups-mock --data {pytester.path}*", "then open */_mock/worlds/test-fails-*"])
    assert len(list(pytester.path.glob(".groups-worlds/run/world-test-fails-*.sqlite"))) == 1


@pytest.mark.parametrize(
    ("ini", "marker", "message"),
    [
        ("groups_quirks = cross-group", "", "groups_quirks: expected name=value, got 'cross-group'"),
        ("groups_sync_delay = soon", "", "groups_sync_delay: expected a whole number"),
        ("groups_mock_per = test", "", "groups_mock_per: expected worker or run"),
        ("groups_fail_on = info", "", "groups_fail_on: expected error, warning or never"),
        ("groups_quirks = colour=red", "", "colour"),
        ("groups_scenario = month", "", "month"),
        ("", "quirk={}", "groups(): expected quirks, sync_delay, scenario, fail_on or faults, got quirk"),
        ("", "fail_on='info'", "groups(): fail_on: expected error, warning or never, got 'info'"),
        ("", "faults=[{'status': 99}]", "status"),
    ],
)
def test_wrong_settings_are_refused_with_a_message(run, ini, marker, message):
    result = run(f"import pytest\n@pytest.mark.groups({marker})\ndef test_a(groups_world): pass", ini=ini)
    assert result.ret != 0
    text = "\n".join([*result.outlines, *result.errlines])
    assert message in text
    assert "Traceback" not in text


@pytest.mark.parametrize(("per", "mocks"), [pytest.param("worker", 2, marks=pytest.mark.lab), ("run", 1)])
def test_xdist_has_a_mock_for_each_worker_or_one_for_the_run(pytester, per, mocks):
    pytester.makeini(f"[pytest]\ngroups_mock_per = {per}")
    tests = """
import os, pathlib, pytest

@pytest.mark.parametrize("n", range(6))
def test_world(groups_world, n):
    assert groups_world.requests() == []
    pathlib.Path("mocks").mkdir(exist_ok=True)
    (pathlib.Path("mocks") / groups_world.base_url.rpartition(":")[2]).touch()
    (pathlib.Path("mocks") / os.environ["PYTEST_XDIST_WORKER"]).touch()
"""
    pytester.makepyfile(tests)
    pytester.runpytest("-n2").assert_outcomes(passed=6)
    names = {path.name for path in (pytester.path / "mocks").iterdir()}
    assert {"gw0", "gw1"} <= names
    assert len(names - {"gw0", "gw1"}) == mocks

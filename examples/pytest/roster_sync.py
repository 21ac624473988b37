"""What a partner writes with Vitable's client: read a roster, send it complete, wait for the results."""

import csv
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from vitable_connect import VitableConnect
from vitable_connect.errors import ConflictError
from vitable_connect.types import AddressRequest, GroupMemberSyncMemberRequest, GroupMemberSyncResults


def read_roster(file: Path, plan_ids: dict[str, str]) -> list[GroupMemberSyncMemberRequest]:
    """Reads the employees of a CSV file. `plan_ids` has the id of each plan by its name.

    The columns are those of our own export. `groups-mock preview` reads CSV with the names of the API, such as `plan_id`.
    """
    with file.open(encoding="utf-8", newline="") as lines:
        return [
            GroupMemberSyncMemberRequest(
                reference_id=row["reference_id"],
                first_name=row["first_name"],
                last_name=row["last_name"],
                date_of_birth=date.fromisoformat(row["date_of_birth"]),
                email=row["email"],
                plan_id=plan_ids[row["plan"]],
                address=AddressRequest(
                    address_line_1=row["street"], city=row["city"], state=row["state"], zipcode=row["zipcode"]
                ),
            )
            for row in csv.DictReader(lines)
        ]


def find_group(api: VitableConnect, reference: str) -> str | None:
    """The id of the group with our reference."""
    for group in api.groups.list(limit=100):
        if group.external_reference_id == reference:
            return group.id
    return None


def ensure_group(api: VitableConnect, name: str, reference: str) -> str:
    """Finds the group with our reference, or creates it. Returns its id."""
    found = find_group(api, reference)
    if found is not None:
        return found
    try:
        return api.groups.create(name=name, external_reference_id=reference).data.id
    except ConflictError:
        # The answer to an earlier attempt was lost, but that attempt had created the group.
        found = find_group(api, reference)
        if found is None:
            raise
        return found


def sync_roster(
    api: VitableConnect,
    group_id: str,
    roster: list[GroupMemberSyncMemberRequest],
    timeout: float = 600,
    wait: Callable[[float], object] = time.sleep,
) -> GroupMemberSyncResults:
    """Replaces the roster of the group: whoever is missing from it is removed. Returns the results."""
    sync = api.groups.members.sync
    request_id = sync.submit(group_id, members=roster).data.request_id
    waited = 0.0
    pause = 1.0
    while True:
        results = sync.get(group_id, request_id).data.results
        if results is not None:
            return results
        if waited >= timeout:
            raise TimeoutError(f"sync {request_id} is not completed after {timeout} s")
        wait(pause)
        waited += pause
        pause = min(2 * pause, 30)

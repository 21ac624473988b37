"""Helpers for the sessions of the official client. The client is unmodified: only its base_url is set."""

import sys
import time
from datetime import date

import httpx
from vitable_connect import VitableConnect
from vitable_connect.types import AddressRequest, GroupMemberSyncMemberRequest

mock = sys.argv[1]
steps = 0
# One client for all requests, because creating one takes longer than a request.
plane = httpx.Client(base_url=f"{mock}/_mock/worlds/", trust_env=False, timeout=30)


def step(text, fact):
    """Prints what was checked; ends the session if it does not hold."""
    global steps
    if not fact:
        sys.exit(f"MISMATCH  {text}")
    steps += 1
    print(f"ok  {text}", flush=True)


def note(text):
    """Prints something about the client that partners should know but the contract does not say."""
    print(f"note  {text}")


def finish():
    print(f"{steps} steps as expected")


def client(key, **options):
    return VitableConnect(api_key=key, base_url=mock, **options)


def control(world, method, what, **sent):
    """Calls the control plane of the mock, for faults, the clock, the journal and advice."""
    answer = plane.request(method, f"{world}/{what}", **sent)
    return answer.raise_for_status().json()


def advised(world):
    """The ids of the advisor's findings in a world."""
    return [finding["id"] for finding in control(world, "GET", "advice")["findings"]]


def refused(kind, call):
    """The error of this kind that a call raises; None if it raises none or a different one."""
    try:
        call()
    except kind as error:
        return error
    return None


def row(plan, reference, without=(), **changes):
    fields = {
        "reference_id": reference,
        "first_name": "Noor",
        "last_name": f"Castellan {reference}",
        "date_of_birth": date(1988, 4, 12),
        "phone": "2155550101",
        "email": f"{reference}@example.com",
        "plan_id": plan.id,
        "address": AddressRequest(
            address_line_1="12 Orchard Street", city="Philadelphia", state="PA", zipcode="19106"
        ),
    }
    for name in without:
        del fields[name]
    return GroupMemberSyncMemberRequest(**{**fields, **changes})


def synced(api, group, rows):
    """Submits a roster, polls once a second until it is processed, and returns the results."""
    receipt = api.groups.members.sync.submit(group.id, members=rows).data
    step(f"sync of {len(rows)} accepted for this group", receipt.group_id == group.id)
    for _ in range(20):
        request = api.groups.members.sync.get(group.id, receipt.request_id).data
        if request.results is not None:
            step(
                "polled to completion, completed no earlier than accepted",
                request.request_id == receipt.request_id and request.completed_at >= request.accepted_at,
            )
            return request.results
        time.sleep(1)
    sys.exit("MISMATCH  the sync did not complete")

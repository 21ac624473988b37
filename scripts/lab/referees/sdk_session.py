"""A session of the official client, unmodified, against a mock: only its base_url is set.

Prints each step and ends with 1 at the first answer that is not what the contract says. Its argument is the address of
the mock. Only what the contract cannot do, faults and counting requests, is asked of the mock's control plane.
"""

import sys
import time
from datetime import date, timedelta

import httpx
from vitable_connect import VitableConnect
from vitable_connect.core.api_error import ApiError
from vitable_connect.core.parse_error import ParsingError
from vitable_connect.errors import (
    BadRequestError,
    ConflictError,
    NotFoundError,
    TooManyRequestsError,
    UnauthorizedError,
)
from vitable_connect.types import AddressRequest, GroupMemberSyncMemberRequest

mock = sys.argv[1]
steps = 0


def step(text, fact):
    """Prints what was looked at; ends the session where it does not hold."""
    global steps
    if not fact:
        sys.exit(f"MISMATCH  {text}")
    steps += 1
    print(f"ok  {text}")


def client(key="vit_apk_acme.sdk", base_url=mock, **options):
    return VitableConnect(api_key=key, base_url=base_url, **options)


def refused(kind, call):
    """The error that a call raises; None where it raises none or another kind."""
    try:
        call()
    except kind as error:
        return error
    return None


def row(reference, email=None, without=(), **changes):
    fields = {
        "reference_id": reference,
        "first_name": "Noor",
        "last_name": f"Castellan {reference}",
        "date_of_birth": date(1988, 4, 12),
        "phone": "2155550101",
        "email": email or f"{reference}@example.com",
        "plan_id": plan.id,
        "address": AddressRequest(
            address_line_1="12 Orchard Street", city="Philadelphia", state="PA", zipcode="19106"
        ),
    }
    for name in without:
        del fields[name]
    return GroupMemberSyncMemberRequest(**{**fields, **changes})


def synced(group, rows):
    """Submits a roster and polls until it is processed, as a partner would."""
    receipt = api.groups.members.sync.submit(group.id, members=rows).data
    step(f"sync of {len(rows)} accepted for this group", receipt.group_id == group.id)
    until = time.monotonic() + 20
    while time.monotonic() < until:
        request = api.groups.members.sync.get(group.id, receipt.request_id).data
        if request.results is not None:
            step(
                "polled to completion, completed no earlier than accepted",
                request.request_id == receipt.request_id and request.completed_at >= request.accepted_at,
            )
            return request.results
        time.sleep(0.05)
    sys.exit("MISMATCH  the sync did not complete")


api = client()

plans = list(api.plans.list())
step(f"{len(plans)} plans listed", len(plans) > 0 and all(plan.id and plan.name for plan in plans))
plan = plans[0]

created = [api.groups.create(name=f"Group {n}", external_reference_id=f"employer-{n}").data for n in range(7)]
first = created[0]
step(
    "7 groups created, name and reference as given",
    first.name == "Group 0" and first.external_reference_id == "employer-0",
)
step("created_at is a time in UTC", first.created_at is not None and first.created_at.utcoffset() == timedelta(0))

pages = list(api.groups.list(limit=3).iter_pages())
step("list walked over 3 pages by the client's own pager", [len(page.items) for page in pages] == [3, 3, 1])
step(
    "pagination says 7 in 3 pages",
    (pages[0].response.pagination.total, pages[0].response.pagination.total_pages) == (7, 3),
)
listed = [group.id for group in api.groups.list(limit=3)]
step("auto-pagination yields every group once", sorted(listed) == sorted(group.id for group in created))
step("a group is retrieved as it was created", api.groups.get(first.id).data == first)

renamed = api.groups.update(first.id, name="Keystone Bakery").data
step(
    "update changes the name and nothing else",
    (renamed.id, renamed.name, renamed.external_reference_id, renamed.created_at)
    == (first.id, "Keystone Bakery", first.external_reference_id, first.created_at),
)

results = synced(first, [row("emp-1"), row("emp-2", without=["phone"])])
step("two members added", len(set(results.added_group_member_ids)) == 2 and not results.failures)
results = synced(first, [row("emp-2"), row("emp-3")])
step(
    "one member added, one removed",
    (len(results.added_group_member_ids), len(results.removed_group_member_ids)) == (1, 1),
)

blocked = "blocked.jordan.ames@example.com"
results = synced(first, [row("emp-2"), row("emp-3"), row("emp-4", email=blocked), row("emp-5")])
step(
    "a blocked person is a failure with a reason, the other row is added",
    [(failure.reference_id, failure.operation) for failure in results.failures] == [("emp-4", "add")]
    and bool(results.failures[0].reason)
    and len(results.added_group_member_ids) == 1,
)
results = synced(first, [])
step(
    "an empty roster removes everyone",
    len(results.removed_group_member_ids) == 3 and not results.added_group_member_ids,
)

error = refused(BadRequestError, lambda: api.groups.members.sync.submit(first.id, members=[row("emp-1"), row("emp-1")]))
step("400: a reference_id twice", error is not None and "emp-1" in error.body.message)
error = refused(NotFoundError, lambda: api.groups.get("grp_AZxJ0pPxdX6Jq0zGm2nTOQ"))
step(
    "404: an unknown group, with a parsed error body",
    error is not None and error.body.error == error.body.message and bool(error.body.trace_id),
)
error = refused(NotFoundError, lambda: client("vit_apk_globex.sdk").groups.get(first.id))
step("404: another organization's group", error is not None)
error = refused(UnauthorizedError, lambda: list(client("vit_apk_nobody").plans.list()))
step("401: an unknown key", error is not None and bool(error.body.message))


def counted(call, fault=None, **options):
    """Calls, under a fault of the mock if one is given; returns the result or error, and how many requests it took."""
    for what in ("faults", "journal"):
        control("DELETE", what)
    if fault is not None:
        control("POST", "faults", json=fault)
    try:
        result = call(client(**options))
    except ApiError as error:
        result = error
    return result, len(control("GET", "journal")["exchanges"])


def control(method, what, **sent):
    answer = httpx.request(method, f"{mock}/_mock/worlds/sdk/{what}", trust_env=False, **sent)
    return answer.raise_for_status().json()


def create(name, reference):
    return lambda api: api.groups.create(name=name, external_reference_id=reference)


def retrieve(api):
    return api.groups.get(first.id)


error, requests = counted(create("Clash", "employer-1"))
step(
    "409: a reference that is taken, after the client's own 2 retries",
    isinstance(error, ConflictError) and requests == 3,
)
step("and none of the three requests created a group", len(list(api.groups.list())) == 7)
error, requests = counted(create("Clash", "employer-1"), max_retries=0)
step("409 at once where the client is told not to retry", isinstance(error, ConflictError) and requests == 1)

too_many = {"status": 429, "retry_after": 1, "times": 2}
started = time.monotonic()
answer, requests = counted(retrieve, too_many)
waited = time.monotonic() - started
step(
    "429 twice: the client waits as Retry-After says and succeeds",
    requests == 3 and answer.data.id == first.id and waited >= 2,
)
error, requests = counted(retrieve, too_many, max_retries=1)
step("429 for longer than it retries: the error is parsed", isinstance(error, TooManyRequestsError) and requests == 2)
answer, requests = counted(retrieve, {"status": 502, "times": 1})
step("502 once: the client retries and succeeds", requests == 2 and answer.data.id == first.id)

lost = {"cut": "connection", "applied": True, "times": 1}
error, requests = counted(create("Lost", "employer-lost"), lost, max_retries=1)
made = [group.name for group in api.groups.list()].count("Lost")
step(
    "a create whose answer is lost: its retry is a 409, and there is one group",
    isinstance(error, ConflictError) and (requests, made) == (2, 1),
)


def note(text):
    """Prints what a partner should know of the client and no contract settles."""
    print(f"note  {text}")


key = "vit_apk_acme.sdk-loose"
sent = httpx.post(
    f"{mock}/v1/groups", json={"name": "No reference"}, headers={"Authorization": f"Bearer {key}"}, trust_env=False
)
error = refused(ParsingError, lambda: list(client(key).groups.list()))
reads = "cannot read it" if error else "reads it"
note(f"a group without external_reference_id ({sent.status_code}): the client {reads}")
error = refused(BadRequestError, lambda: api.groups.members.sync.submit(first.id, members=[row("emp-1", phone=None)]))
note(f"phone=None is sent as null: {error.status_code if error else 'accepted'}; leave phone out instead")

print(f"{steps} steps as expected")

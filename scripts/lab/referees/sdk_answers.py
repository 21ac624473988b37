"""How the official client handles refusals and faults of the mock at the address in the argument; prints each step."""

import time

from sdk_steps import client, control, finish, refused, row, step
from vitable_connect.core.api_error import ApiError
from vitable_connect.errors import (
    BadRequestError,
    ConflictError,
    ForbiddenError,
    NotFoundError,
    TooManyRequestsError,
    UnauthorizedError,
)

world = "answers"
key = f"vit_apk_acme.{world}"
api = client(key)
plan = next(iter(api.plans.list()))
first = api.groups.create(name="First", external_reference_id="employer-1").data

twice = [row(plan, "emp-1"), row(plan, "emp-1")]
error = refused(BadRequestError, lambda: api.groups.members.sync.submit(first.id, members=twice))
step("400: a reference_id twice", error is not None and "emp-1" in error.body.message)
error = refused(NotFoundError, lambda: api.groups.get("grp_AZxJ0pPxdX6Jq0zGm2nTOQ"))
step(
    "404: an unknown group, with a parsed error body",
    error is not None and error.body.error == error.body.message and bool(error.body.trace_id),
)
error = refused(NotFoundError, lambda: client(f"vit_apk_globex.{world}").groups.get(first.id))
step("404: another organization's group", error is not None)
error = refused(UnauthorizedError, lambda: list(client("vit_apk_nobody").plans.list()))
step("401: an unknown key", error is not None and bool(error.body.message))
error = refused(UnauthorizedError, lambda: list(client("vit_at_acme").plans.list()))
step("401: a token that was never issued", error is not None)
bound = api.auth.issue_access_token(
    grant_type="client_credentials", bound_entity={"id": "empr_AZxJ0pPxdX6Jq0zGm2nTOQ", "type": "employer"}
)
error = refused(ForbiddenError, lambda: list(client(bound.access_token).groups.list()))
step("403: a token that is bound to an employer", error is not None)


def counted(call, fault=None, **options):
    """Calls, with a fault of the mock if one is given; returns the result or error, and the number of requests."""
    for what in ("faults", "journal"):
        control(world, "DELETE", what)
    if fault is not None:
        control(world, "POST", "faults", json=fault)
    try:
        result = call(client(key, **options))
    except ApiError as error:
        result = error
    return result, control(world, "GET", "journal")["exchanges"]


def create(name, reference):
    return lambda api: api.groups.create(name=name, external_reference_id=reference)


def retrieve(api):
    return api.groups.get(first.id)


error, exchanges = counted(create("Clash", "employer-1"))
step(
    "409: a reference that is taken, after the client's own 2 retries",
    isinstance(error, ConflictError) and len(exchanges) == 3,
)
step("the client does not mark retries with a header", [one["retry"] for one in exchanges] == [None] * 3)
step("and none of the three requests created a group", len(list(api.groups.list())) == 1)
error, exchanges = counted(create("Clash", "employer-1"), max_retries=0)
step("409 at once if the client is told not to retry", isinstance(error, ConflictError) and len(exchanges) == 1)

too_many = {"status": 429, "retry_after": 1, "times": 2}
started = time.monotonic()
answer, exchanges = counted(retrieve, too_many)
step(
    "429 twice: the client waits as Retry-After says and succeeds",
    len(exchanges) == 3 and answer.data.id == first.id and time.monotonic() - started >= 2,
)
error, exchanges = counted(retrieve, too_many, max_retries=1)
step("429 for longer than it retries: the error is parsed", isinstance(error, TooManyRequestsError) and len(exchanges) == 2)
answer, exchanges = counted(retrieve, {"status": 502, "times": 1})
step("502 once: the client retries and succeeds", len(exchanges) == 2 and answer.data.id == first.id)

lost = {"cut": "connection", "applied": True, "times": 1}
error, exchanges = counted(create("Lost", "employer-lost"), lost, max_retries=1)
made = [group.name for group in api.groups.list()].count("Lost")
step(
    "a create whose answer is lost: its retry is a 409, and there is one group",
    isinstance(error, ConflictError) and (len(exchanges), made) == (2, 1),
)

finish()

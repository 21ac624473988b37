"""A partner's day with the official client against the mock at the address in the argument.

Prints each step. Exits with 1 at the first answer that differs from the contract, or if the integration advisor has a
finding.
"""

from datetime import date, timedelta

from sdk_steps import advised, client, control, finish, refused, row, step, synced
from vitable_connect.errors import ConflictError, NotFoundError, UnauthorizedError

world = "day"
key = f"vit_apk_acme.{world}"

# The first lines of the client's README.
token = client(key).auth.issue_access_token(grant_type="client_credentials")
step(
    "a token is issued, and is the key's to use",
    (token.token_type, token.bound_entity) == ("Bearer", None) and token.access_token.startswith("vit_at_"),
)
step("it lasts about a quarter of an hour", 600 <= token.expires_in <= 1200)
api = client(token.access_token)

plans = list(api.plans.list())
step(f"{len(plans)} plans listed", len(plans) > 0 and all(plan.id and plan.name for plan in plans))
plan = plans[0]

created = [api.groups.create(name=f"Group {n}", external_reference_id=f"employer-{n}").data for n in range(7)]
first = created[0]
step(
    "7 groups created, name and reference as given",
    (first.name, first.external_reference_id) == ("Group 0", "employer-0"),
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
same = api.groups.update(first.id).data
step("an update without a body changes nothing", (same.name, same.id) == ("Keystone Bakery", first.id))

results = synced(api, first, [row(plan, "emp-1"), row(plan, "emp-2", phone=None), row(plan, "emp-3", without=["phone"])])
step(
    "three members added, one with phone=None, one without",
    len(set(results.added_group_member_ids)) == 3 and not results.failures,
)
step("their ids are grpmbr_", all(member.startswith("grpmbr_") for member in results.added_group_member_ids))
results = synced(api, first, [row(plan, "emp-2"), row(plan, "emp-3"), row(plan, "emp-4", last_name="Ames")])
step(
    "one member added, one removed",
    (len(results.added_group_member_ids), len(results.removed_group_member_ids)) == (1, 1),
)

# Members: whoever was removed from their last group is no longer listed.
members = list(api.members.list(limit=2))
step(
    "the members are listed, page by page, with what was sent",
    sorted(member.email for member in members) == [f"emp-{n}@example.com" for n in (2, 3, 4)]
    and {(member.phone, member.address.zipcode) for member in members} == {("2155550101", "19106")},
)
(found,) = api.members.list(search="AMES")
step("one is found by part of a name, whatever its case", (found.first_name, found.last_name) == ("Noor", "Ames"))
step("by the e-mail", [member.id for member in api.members.list(search="EMP-4@example.com")] == [found.id])
step("and by the id", [member.id for member in api.members.list(search=found.id)] == [found.id])
member = api.members.get(found.id).data
step(
    "read by id: the same person, with birth date",
    (member.id, member.last_name, member.date_of_birth) == (found.id, "Ames", date(1988, 4, 12)),
)
step("404: an unknown member", refused(NotFoundError, lambda: api.members.get("mbr_AZxJ0pPxdX6Jq0zGm2nTOQ")) is not None)

blocked = row(plan, "emp-5", email="blocked.jordan.ames@example.com")
staff = [row(plan, "emp-2"), row(plan, "emp-3"), row(plan, "emp-4", last_name="Ames")]
results = synced(api, first, [*staff, blocked, row(plan, "emp-6")])
step(
    "a blocked person is a failure with a reason, the other row is added",
    [(failure.reference_id, failure.operation) for failure in results.failures] == [("emp-5", "add")]
    and bool(results.failures[0].reason)
    and len(results.added_group_member_ids) == 1,
)

# The token expires by the clock of the world and is renewed.
control(world, "POST", "clock/advance", json={"ms": (token.expires_in + 1) * 1000})
error = refused(UnauthorizedError, lambda: list(api.plans.list()))
step("401: the token has expired", error is not None and "expired" in error.body.message)
api = client(client(key).auth.issue_access_token(grant_type="client_credentials").access_token)
step("a renewed token works like the old one", [group.id for group in api.groups.list(limit=100)] == listed)


def ensure_group(name, reference):
    """Creates a group, or finds the one with the reference."""
    try:
        return api.groups.create(name=name, external_reference_id=reference).data
    except ConflictError:
        return next(group for group in api.groups.list(limit=100) if group.external_reference_id == reference)


step("conflict: the group is found by its reference", ensure_group("Keystone Bakery", "employer-0").id == first.id)
step("and on the next run", ensure_group("Keystone Bakery", "employer-0").id == first.id)

control(world, "POST", "faults", json={"cut": "connection", "applied": True, "times": 1})
lost = ensure_group("Lost", "employer-lost")
names = [group.name for group in api.groups.list(limit=100)]
step("lost answer: the client repeats it, is refused, and the group is found", (lost.name, names.count("Lost")) == ("Lost", 1))
control(world, "POST", "faults", json={"cut": "connection", "applied": True, "times": 1})
results = synced(api, lost, [row(plan, "emp-7")])
step("lost answer to a submission: the client repeats it, and nobody is added twice", not results.failures)
step("8 groups in the end", len(names) == 8)

results = synced(api, first, [])
step(
    "an empty roster removes everyone",
    len(results.removed_group_member_ids) == 4 and not results.added_group_member_ids,
)
step("who is in no group is not listed", [one.email for one in api.members.list()] == ["emp-7@example.com"])
step(f"the advisor finds nothing, {advised(world)}", advised(world) == [])

# The API reference requires a reference, so the advisor reports groups without one; this part has its own world.
loose = client("vit_apk_acme.day-loose")
group = loose.groups.create(name="No reference", external_reference_id=...).data
step("a group without a reference is created and read by the client", group.external_reference_id == "")
step("and listed", [one.id for one in loose.groups.list()] == [group.id])
named = loose.groups.update(group.id, external_reference_id="employer-8").data
step("an update gives it one", named.external_reference_id == "employer-8")

finish()

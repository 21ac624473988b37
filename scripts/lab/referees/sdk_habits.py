"""Good and bad habits of integrations, played with the official client against the mock at the address in the argument.

Each habit has its own world. Instead of waiting, a client advances the clock of that world, so the run is fast and the
client's retries are as far apart as in reality. Prints the advisor's findings on each habit as JSON lines.
"""

import json
import time

from sdk_steps import advised, client, control, row
from vitable_connect.core.api_error import ApiError
from vitable_connect.errors import BadRequestError, ConflictError

habits = []


def bad(finding):
    return lambda habit: habits.append((finding, "bad", habit))


def good(finding):
    return lambda habit: habits.append((finding, "good", habit))


class Partner:
    """A client with its own world, whose clock is frozen until the client waits."""

    def __init__(self, world):
        self.world = world
        self.api = client(f"vit_apk_acme.{world}")
        self.plan, self.other_plan = list(self.api.plans.list())[:2]
        control(world, "POST", "clock/freeze")
        control(world, "DELETE", "journal")
        time.sleep = self.wait

    def wait(self, seconds):
        control(self.world, "POST", "clock/advance", json={"ms": round(seconds * 1000)})

    def fault(self, **fault):
        control(self.world, "POST", "faults", json=fault)

    def lose_the_next_answer(self):
        self.fault(cut="connection", applied=True, times=1)

    def group(self, reference="employer"):
        return self.api.groups.create(name="Keystone Bakery", external_reference_id=reference).data

    def ensure_group(self):
        try:
            return self.group()
        except ConflictError:
            return next(one for one in self.api.groups.list() if one.external_reference_id == "employer")

    def rows(self, *names, **changes):
        return [row(self.plan, name, **changes) for name in names]

    def submit(self, group, rows):
        return self.api.groups.members.sync.submit(group.id, members=rows).data

    def completed(self, sync, seconds=1.0):
        while self.api.groups.members.sync.get(sync.group_id, sync.request_id).data.results is None:
            time.sleep(seconds)

    def sync(self, group, rows):
        self.completed(self.submit(group, rows))


@bad("ADV-APPEND")
def sends_only_the_newcomer(p):
    group = p.group()
    p.sync(group, p.rows("ada", "bea", "cy", "dee"))
    p.sync(group, p.rows("eve"))


@good("ADV-APPEND")
def sends_everyone_and_the_newcomer(p):
    group = p.group()
    p.sync(group, p.rows("ada", "bea", "cy", "dee"))
    p.sync(group, p.rows("ada", "bea", "cy", "dee", "eve"))
    p.sync(group, p.rows("eve", "ada"))


@bad("ADV-PLAN-CHANGE")
def names_the_new_plan_at_once(p):
    group = p.group()
    p.sync(group, p.rows("ada", "bea"))
    p.sync(group, [*p.rows("ada"), row(p.other_plan, "bea")])


@good("ADV-PLAN-CHANGE")
def leaves_the_person_out_of_one_sync(p):
    group = p.group()
    for rows in (p.rows("ada", "bea"), p.rows("ada"), [*p.rows("ada"), row(p.other_plan, "bea")]):
        p.sync(group, rows)


@bad("ADV-UNREAD")
def takes_the_receipt_for_the_result(p):
    p.submit(p.group(), p.rows("ada"))
    time.sleep(60)


@good("ADV-UNREAD")
def reads_what_became_of_a_submission_that_the_client_repeated(p):
    group = p.group()
    p.lose_the_next_answer()
    p.sync(group, p.rows("ada"))


@bad("ADV-FAILURES")
def sends_a_row_that_failed_again(p):
    group = p.group()
    for _ in range(2):
        p.sync(group, p.rows("ada") + p.rows("eve", email="blocked.eve@example.com"))


@good("ADV-FAILURES")
def corrects_a_row_that_failed(p):
    group = p.group()
    p.sync(group, p.rows("ada") + p.rows("eve", email="blocked.eve@example.com"))
    p.sync(group, p.rows("ada", "eve"))


@bad("ADV-RESUBMIT")
def submits_while_the_same_is_in_flight(p):
    group = p.group()
    for sync in [p.submit(group, p.rows("ada")) for _ in range(2)]:
        p.completed(sync)


@good("ADV-RESUBMIT")
def lets_the_client_repeat_a_submission_whose_answer_was_lost_or_a_502(p):
    group = p.group()
    p.lose_the_next_answer()
    p.sync(group, p.rows("ada"))
    p.fault(status=502, times=2, operations=["submitMemberSync"])
    p.sync(group, p.rows("ada"))


@bad("ADV-FAST-POLL")
def polls_ten_times_a_second(p):
    p.completed(p.submit(p.group(), p.rows("ada", email="slow@example.com")), 0.1)


@good("ADV-FAST-POLL")
def polls_once_a_second_with_a_client_that_repeats_a_502(p):
    sync = p.submit(p.group(), p.rows("ada", email="slow@example.com"))
    p.fault(status=502, times=2, operations=["retrieveMemberSync"])
    p.completed(sync)


@bad("ADV-BACKOFF")
def repeats_a_429_at_once(p):
    p.fault(status=429, retry_after=2, times=3)
    for _ in range(4):
        try:
            list(client(f"vit_apk_acme.{p.world}", max_retries=0).plans.list())
        except ApiError:
            pass


@good("ADV-BACKOFF")
def lets_the_client_wait_after_a_429(p):
    for fault in ({"status": 429, "retry_after": 2}, {"status": 429}, {"status": 503}):
        p.fault(**fault, times=2)
        list(p.api.plans.list())


@bad("ADV-RETRY-INVALID")
def sends_an_invalid_roster_again(p):
    group = p.group()
    for _ in range(3):
        try:
            p.submit(group, p.rows("ada", "ada"))
        except BadRequestError:
            time.sleep(1)


@good("ADV-RETRY-INVALID")
def corrects_an_invalid_roster(p):
    group = p.group()
    try:
        p.submit(group, p.rows("ada", "ada"))
    except BadRequestError:
        p.sync(group, p.rows("ada", "bea"))


@bad("ADV-RECREATE")
def creates_on_every_run(p):
    p.group()
    for _ in range(3):
        time.sleep(3600)
        try:
            p.group()
        except ConflictError:
            pass


@bad("ADV-RECREATE")
def takes_another_reference_after_a_conflict(p):
    p.group()
    try:
        p.group()
    except ConflictError:
        p.group("employer-2")


@good("ADV-RECREATE")
def finds_the_group_on_every_conflict(p):
    for _ in range(3):
        p.ensure_group()
        time.sleep(3600)


@good("ADV-RECREATE")
def finds_the_group_after_a_lost_answer(p):
    p.lose_the_next_answer()
    p.ensure_group()


@bad("ADV-PAST-END")
def asks_for_one_page_after_the_other(p):
    p.group()
    for page in range(1, 5):
        p.api.groups.list(page=page)


@good("ADV-PAST-END")
def lets_the_client_walk_the_pages(p):
    for n in range(3):
        p.group(f"employer-{n}")
    for limit in (1, 2, 3, 100):
        list(p.api.groups.list(limit=limit))


@bad("ADV-NO-REFERENCE")
def creates_a_group_without_a_reference(p):
    p.group(...)


@good("ADV-NO-REFERENCE")
def gives_a_group_its_reference_by_an_update(p):
    p.api.groups.update(p.group(...).id, external_reference_id="employer")


@bad("ADV-UNKNOWN-FIELD")
def sends_an_unknown_field_in_every_roster(p):
    group = p.group()
    for _ in range(3):
        p.sync(group, p.rows("ada", "bea", middle_name="Q"))


@good("ADV-UNKNOWN-FIELD")
def sends_an_unknown_field_once_and_leaves_it_out(p):
    group = p.group()
    p.sync(group, p.rows("ada", middle_name="Q"))
    for _ in range(3):
        p.sync(group, p.rows("ada"))


for number, (finding, kind, habit) in enumerate(habits):
    partner = Partner(f"habit-{number}")
    habit(partner)
    print(json.dumps({"finding": finding, "kind": kind, "does": habit.__name__, "found": advised(partner.world)}))

"""Tests of roster_sync.py. Each has a world of its own in a mock that the plugin starts: nothing to set up, nothing shared."""

from datetime import datetime, timezone
from pathlib import Path

import pytest
from roster_sync import ensure_group, read_roster, sync_roster
from vitable_connect import VitableConnect

rosters = Path(__file__).parent / "rosters"


@pytest.fixture
def api(groups_world):
    """The client as in production, only with another address."""
    return VitableConnect(api_key=groups_world.api_key, base_url=groups_world.base_url)


@pytest.fixture
def roster(api):
    plan_ids = {plan.name: plan.id for plan in api.plans.list()}
    return lambda month: read_roster(rosters / f"{month}.csv", plan_ids)


@pytest.fixture
def group(api):
    return ensure_group(api, "Keystone Bakery", "employer-1042")


def test_a_joiner_is_added_and_a_leaver_removed(api, group, roster, groups_world):
    first = sync_roster(api, group, roster("2026-01"))
    second = sync_roster(api, group, roster("2026-02"))
    assert len(second.added_group_member_ids) == 1
    assert second.removed_group_member_ids == first.added_group_member_ids[1:]
    states = {member["reference_id"]: member["state"] for member in groups_world.roster(group)}
    assert states == {"emp-1": "active", "emp-2": "removed", "emp-3": "active"}


def test_the_group_is_found_again_by_our_reference(api, group, groups_world):
    assert ensure_group(api, "Renamed", "employer-1042") == group
    assert len(groups_world.requests(operation="createGroup")) == 1


def test_a_person_of_another_organization_is_reported_and_the_others_are_added(api, group, roster, groups_world):
    elsewhere = VitableConnect(api_key=groups_world.other_api_key, base_url=groups_world.base_url)
    plan = next(iter(elsewhere.plans.list()))
    other_group = ensure_group(elsewhere, "Another employer", "employer-7")
    sync_roster(elsewhere, other_group, read_roster(rosters / "2026-01.csv", {"Primary Care": plan.id})[:1])

    results = sync_roster(api, group, roster("2026-01"))
    assert [failure.reference_id for failure in results.failures] == ["emp-1"]
    assert len(results.added_group_member_ids) == 1


def test_a_row_that_fails_is_reported_with_its_reason(api, group, roster, groups_world):
    groups_world.reject(reference_id="emp-2", reason="not eligible before the first of the month")
    results = sync_roster(api, group, roster("2026-01"))
    assert [failure.reason for failure in results.failures] == ["not eligible before the first of the month"]


def test_a_lost_answer_creates_no_second_group_and_adds_nobody_twice(api, roster, groups_world):
    groups_world.faults.add(cut="connection", applied=True, times=1, operations=["createGroup"])
    group = ensure_group(api, "Keystone Bakery", "employer-1042")
    groups_world.faults.add(cut="connection", applied=True, times=1, operations=["submitMemberSync"])
    results = sync_roster(api, group, roster("2026-01"))
    assert results.failures == []
    assert [one["active_members"] for one in groups_world.groups()] == [2]


@pytest.mark.groups(faults=[{"status": 429, "retry_after": 1, "times": 2}])
def test_a_rate_limit_only_delays(api, group, roster, groups_world):
    assert len(sync_roster(api, group, roster("2026-01")).added_group_member_ids) == 2
    assert groups_world.faults.list() == []


@pytest.mark.groups(sync_delay=90_000)
def test_someone_who_returns_after_a_month_end_is_the_same_member(api, group, roster, groups_world):
    clock = groups_world.clock
    clock.freeze(datetime(2026, 1, 31, 18, tzinfo=timezone.utc))

    def synced(month):
        return sync_roster(api, group, roster(month), wait=lambda seconds: clock.advance(seconds=seconds))

    first = synced("2026-01")
    clock.advance(days=28)
    synced("2026-02")
    clock.advance(days=31)
    assert [one["reference_id"] for one in groups_world.preview(group, roster("2026-03"))["added"]] == ["emp-2"]
    assert synced("2026-03").added_group_member_ids == first.added_group_member_ids[1:]

    [theo] = [member for member in groups_world.roster(group) if member["reference_id"] == "emp-2"]
    assert [one["started_at"][:10] for one in theo["subscriptions"]] == ["2026-01-31", "2026-03-31"]


def test_a_sync_that_never_ends_is_given_up(api, group, roster, groups_world):
    groups_world.change_settings(sync_manual=True)
    with pytest.raises(TimeoutError):
        sync_roster(api, group, roster("2026-01"), timeout=3, wait=lambda seconds: None)

import json
import urllib.request
from datetime import date, datetime, timedelta, timezone

import pytest

from vitable_groups_kit import ControlError, Mock, World


def call(world: World, method: str, path: str, body: object = None, key: str | None = None):
    """What an API client sends."""
    request = urllib.request.Request(
        world.base_url + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {key or world.api_key}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as response:
        return json.load(response)["data"]


def row(world: World, reference: str) -> dict[str, object]:
    return {
        "reference_id": reference,
        "first_name": "Noor",
        "last_name": f"Castellan {reference}",
        "date_of_birth": "1988-04-12",
        "email": f"{reference}@example.com",
        "plan_id": world.describe()["organizations"][0]["plans"][0]["id"],
        "address": {"address_line_1": "12 Orchard Street", "city": "Philadelphia", "state": "PA", "zipcode": "19106"},
    }


@pytest.fixture
def group(groups_world):
    return call(groups_world, "POST", "/v1/groups", {"name": "Keystone Bakery"})["id"]


def submit(world, group, *references):
    body = {"members": [row(world, reference) for reference in references]}
    return call(world, "POST", f"/v1/groups/{group}/members/sync", body)


def test_a_frozen_clock_moves_only_by_advance(groups_world):
    at = datetime(2026, 1, 31, 12, tzinfo=timezone.utc)
    assert groups_world.clock.freeze(at) == at
    assert groups_world.clock.advance(days=30, hours=1) == at + timedelta(days=30, hours=1)
    assert groups_world.clock.now() == at + timedelta(days=30, hours=1)
    assert groups_world.describe()["clock"]["frozen"]
    groups_world.clock.resume()
    assert not groups_world.describe()["clock"]["frozen"]


@pytest.mark.groups(sync_delay=60_000)
def test_a_sync_completes_when_the_clock_has_reached_its_time(groups_world, group):
    groups_world.clock.freeze()
    submit(groups_world, group, "emp-1")
    assert groups_world.syncs()[0]["completed_at"] is None
    groups_world.clock.advance(seconds=60)
    assert len(groups_world.syncs()[0]["results"]["added_group_member_ids"]) == 1


def test_a_fault_applies_as_often_as_it_says(groups_world):
    fault = groups_world.faults.add(status=503, times=1, retry_after=2)
    assert [one["id"] for one in groups_world.faults.list()] == [fault["id"]]
    with pytest.raises(urllib.request.HTTPError) as refused:
        call(groups_world, "GET", "/v1/groups")
    assert refused.value.code == 503
    assert call(groups_world, "GET", "/v1/groups") == []


def test_faults_can_be_removed_and_cleared(groups_world):
    first = groups_world.faults.add(status=503)
    second = groups_world.faults.add(status=500)
    groups_world.faults.remove(first["id"])
    assert [one["id"] for one in groups_world.faults.list()] == [second["id"]]
    groups_world.faults.clear()
    assert groups_world.faults.list() == []


def test_preview_says_what_a_sync_would_do_and_takes_dates(groups_world, group):
    submit(groups_world, group, "emp-1")
    joiner = {**row(groups_world, "emp-2"), "date_of_birth": date(1990, 5, 17)}
    preview = groups_world.preview(group, [joiner])
    assert [one["reference_id"] for one in preview["added"]] == ["emp-2"]
    assert [one["reference_id"] for one in preview["removed"]] == ["emp-1"]
    assert [member["reference_id"] for member in groups_world.roster(group)] == ["emp-1"]


def test_groups_people_and_every_page_of_them_are_listed(groups_world, group, monkeypatch):
    monkeypatch.setattr("vitable_groups_kit.client._page_size", 2)
    submit(groups_world, group, *[f"emp-{number}" for number in range(5)])
    assert [one["id"] for one in groups_world.groups()] == [group]
    assert len(groups_world.people()) == 5


def test_requests_are_those_of_an_operation_with_their_bodies(groups_world, group):
    submit(groups_world, group, "emp-1")
    assert [one["operation"] for one in groups_world.requests()] == ["createGroup", "submitMemberSync"]
    [sent] = groups_world.requests(operation="submitMemberSync")
    assert (sent["status"], sent["rows"], sent["group_id"]) == (202, 1, group)
    assert sent["body"]["members"][0]["reference_id"] == "emp-1"


def test_a_rejected_row_fails_with_the_reason(groups_world, group):
    groups_world.reject(reference_id="emp-1", reason="not eligible")
    submit(groups_world, group, "emp-1", "emp-2")
    [failure] = groups_world.syncs()[0]["results"]["failures"]
    assert (failure["reference_id"], failure["reason"]) == ("emp-1", "not eligible")


@pytest.mark.groups(sync_delay=86_400_000)
def test_a_sync_can_be_completed_at_once(groups_world, group):
    receipt = submit(groups_world, group, "emp-1")
    assert groups_world.complete_sync(receipt["request_id"])["progress"] == "completed"


def test_advice_names_what_the_client_did(groups_world):
    for page in (1, 2, 3):
        call(groups_world, "GET", f"/v1/groups?page={page}")
    advice = groups_world.advise()
    assert "ADV-PAST-END" in [finding["id"] for finding in advice["findings"]]


def test_settings_change_one_by_one(groups_world):
    before = groups_world.settings()
    changed = groups_world.change_settings(quirks={"create-status": "200"})
    assert changed == {**before, "quirks": {**before["quirks"], "create-status": "200"}}


def test_a_seed_brings_its_own_organizations_and_keys(groups_world):
    groups_world.reset({"organizations": [{"slug": "solo", "plans": ["Basic"]}]})
    assert groups_world.api_key == f"vit_apk_solo.{groups_world.name}"
    with pytest.raises(ControlError, match="has 1 organizations, expected 2"):
        _ = groups_world.other_api_key


def test_the_organizations_of_a_world_do_not_see_each_other(groups_world, group):
    assert call(groups_world, "GET", "/v1/groups", key=groups_world.other_api_key) == []


def test_a_refusal_has_the_message_and_the_status_of_the_mock(groups_world):
    with pytest.raises(ControlError, match="no-such-scenario") as refused:
        groups_world.load_scenario("no-such-scenario")
    assert refused.value.status == 400


def test_a_mock_that_does_not_answer_is_named():
    with pytest.raises(ControlError, match="http://127.0.0.1:9 does not answer"):
        Mock("http://127.0.0.1:9/").world("main").describe()

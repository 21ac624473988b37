def test_a_joiner_is_added_and_a_leaver_removed(api, person):
    group = api.ensure_group("Keystone Bakery", "employer-1042")
    first = api.sync_roster(group, [person(api, "noor"), person(api, "theo")])
    second = api.sync_roster(group, [person(api, "noor"), person(api, "mara")])
    assert len(second["added_group_member_ids"]) == 1
    assert second["removed_group_member_ids"] == first["added_group_member_ids"][1:]


def test_the_group_is_found_again_by_our_reference(api):
    assert api.ensure_group("Keystone Bakery", "employer-1042") == api.ensure_group("Renamed", "employer-1042")


def test_a_person_of_another_organization_is_reported_and_the_others_are_added(api, other_organization, person):
    elsewhere = other_organization.ensure_group("Another employer", "employer-7")
    other_organization.sync_roster(elsewhere, [person(other_organization, "noor")])

    group = api.ensure_group("Keystone Bakery", "employer-1042")
    results = api.sync_roster(group, [person(api, "noor"), person(api, "theo")])
    assert [failure["reference_id"] for failure in results["failures"]] == ["noor"]
    assert len(results["added_group_member_ids"]) == 1


def test_magic_data_stands_for_a_blocked_person(api, person):
    group = api.ensure_group("Keystone Bakery", "employer-1042")
    results = api.sync_roster(group, [person(api, "noor", email="blocked.noor@example.com")])
    assert results["added_group_member_ids"] == []
    assert results["failures"][0]["operation"] == "add"

"""What a partner writes: send the complete roster, wait for the results, report the rows that failed."""

import json
import time
import urllib.request


class GroupsApi:
    def __init__(self, base_url, api_key):
        self._base_url = base_url
        self._api_key = api_key

    def call(self, method, path, body=None):
        request = urllib.request.Request(
            self._base_url + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self._api_key}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=10) as response:
            return json.load(response)

    def ensure_group(self, name, reference):
        """Finds the group with our reference, or creates it."""
        found = self.call("GET", f"/v1/groups?external_reference_id={reference}")["data"]
        if found:
            return found[0]["id"]
        body = {"name": name, "external_reference_id": reference}
        return self.call("POST", "/v1/groups", body)["data"]["id"]

    def sync_roster(self, group_id, members, timeout=60, poll_every=1):
        """Replaces the group's roster; whoever is missing from `members` is removed. Returns the results."""
        path = f"/v1/groups/{group_id}/members/sync"
        request_id = self.call("POST", path, {"members": members})["data"]["request_id"]
        deadline = time.monotonic() + timeout
        while True:
            sync = self.call("GET", f"{path}/{request_id}")["data"]
            if sync["completed_at"] is not None:
                return sync["results"]
            if time.monotonic() > deadline:
                raise TimeoutError(f"sync {request_id} is not completed after {timeout} s")
            time.sleep(poll_every)

"""A client of the mock's control plane: worlds, their clocks, faults, rosters and journals."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode
from urllib.request import ProxyHandler, Request, build_opener

from . import control_types as types

if TYPE_CHECKING:
    from typing_extensions import Unpack

# The mock runs on this machine, which no proxy of the environment can reach.
_opener = build_opener(ProxyHandler({}))
_page_size = 1000


class ControlError(Exception):
    """The mock refused a request or did not answer; the message says why."""

    def __init__(self, message: str, status: int | None = None, code: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        """The HTTP status; None if the mock did not answer."""
        self.code = code


class ControlClient:
    """Sends requests to the control plane of a mock."""

    def __init__(self, base_url: str, control_token: str | None = None, timeout: float = 30) -> None:
        self.base_url = base_url.rstrip("/")
        self._headers = {"Content-Type": "application/json"}
        if control_token is not None:
            self._headers["Authorization"] = f"Bearer {control_token}"
        self._timeout = timeout

    def call(self, method: str, path: str, body: object = None, **query: str | int | None) -> Any:
        """Returns the decoded answer. Raises ControlError if the mock refuses the request or does not answer."""
        given = {name: value for name, value in query.items() if value is not None}
        url = f"{self.base_url}/_mock/{path}{'?' if given else ''}{urlencode(given)}"
        data = None if body is None else json.dumps(body, default=_encoded).encode()
        try:
            with _opener.open(Request(url, data, self._headers, method=method), timeout=self._timeout) as answer:
                return json.load(answer)
        except HTTPError as error:
            raise _refusal(error) from None
        except (URLError, OSError) as error:
            reason = getattr(error, "reason", error)
            raise ControlError(f"The mock at {self.base_url} does not answer: {reason}.") from error


def _encoded(value: object) -> object:
    """Dates, and the models of official clients, as JSON."""
    if isinstance(value, date):
        return value.isoformat()
    dump = getattr(value, "model_dump", None)
    if dump is not None:
        return dump(mode="json", exclude_unset=True)
    raise TypeError(f"expected something that JSON can hold, got {type(value).__name__}")


def _refusal(error: HTTPError) -> ControlError:
    try:
        body = json.load(error)
        return ControlError(body["message"], error.code, body.get("app_error_code"))
    except (ValueError, KeyError, TypeError, AttributeError):
        return ControlError(f"{error.url} answered {error.code} {error.reason}.", error.code)


class Clock:
    """The time of a world."""

    def __init__(self, client: ControlClient, path: str) -> None:
        self._client = client
        self._path = f"{path}/clock"

    def now(self) -> datetime:
        return _instant(self._client.call("GET", self._path))

    def freeze(self, at: datetime | None = None) -> datetime:
        """Freezes the time, now or at an instant. A time without a zone is taken for that of this machine."""
        body = {} if at is None else {"at": at.astimezone().isoformat()}
        return _instant(self._client.call("POST", f"{self._path}/freeze", body))

    def advance(
        self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0, milliseconds: float = 0
    ) -> datetime:
        """Moves the time forward. Syncs that are due by then have completed when this returns."""
        step = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds, milliseconds=milliseconds)
        body = {"ms": round(step / timedelta(milliseconds=1))}
        return _instant(self._client.call("POST", f"{self._path}/advance", body))

    def resume(self) -> datetime:
        """Makes the time follow the machine again, from the current instant."""
        return _instant(self._client.call("POST", f"{self._path}/resume"))


def _instant(clock: types.Clock) -> datetime:
    return datetime.fromisoformat(clock["now"].replace("Z", "+00:00"))


class Faults:
    """The faults that a world injects into requests."""

    def __init__(self, client: ControlClient, path: str) -> None:
        self._client = client
        self._path = f"{path}/faults"

    def add(self, **fault: Unpack[types.FaultRequest]) -> types.Fault:
        """Injects a fault into matching requests, such as `add(status=503, times=1, operations=["submitMemberSync"])`."""
        added: types.Fault = self._client.call("POST", self._path, fault)
        return added

    def list(self) -> list[types.Fault]:
        answer: types.FaultList = self._client.call("GET", self._path)
        return answer["faults"]

    def remove(self, fault_id: str) -> None:
        self._client.call("DELETE", f"{self._path}/{quote(fault_id, safe='')}")

    def clear(self) -> None:
        self._client.call("DELETE", self._path)


class World:
    """An isolated sandbox of a mock, chosen by the API key. A write creates it if it does not exist yet."""

    def __init__(self, client: ControlClient, name: str) -> None:
        self._client = client
        self._path = f"worlds/{quote(name, safe='')}"
        self._keys: list[str] | None = None
        self.name = name
        self.base_url = client.base_url
        """The address to give to an API client."""
        self.clock = Clock(client, self._path)
        self.faults = Faults(client, self._path)

    def __repr__(self) -> str:
        return f"World({self.base_url!r}, {self.name!r})"

    @property
    def api_key(self) -> str:
        """The key of the first organization, acme unless the world has a seed of its own."""
        return self._key(0)

    @property
    def other_api_key(self) -> str:
        """The key of the second organization, globex unless the world has a seed of its own."""
        return self._key(1)

    def _key(self, index: int) -> str:
        if self._keys is None:
            self._keys = [organization["key"] for organization in self.describe()["organizations"]]
        if index >= len(self._keys):
            raise ControlError(f"The world {self.name} has {len(self._keys)} organizations, expected {index + 1}.")
        return self._keys[index]

    def _recreated(self, world: types.World) -> types.World:
        self._keys = [organization["key"] for organization in world["organizations"]]
        return world

    def describe(self) -> types.World:
        """The state of the world: clock, organizations, keys and plans."""
        world: types.World = self._client.call("GET", self._path)
        return world

    def reset(self, seed: types.Seed | None = None) -> types.World:
        """Resets the world to a seed, or to that of the mock."""
        return self._recreated(self._client.call("POST", f"{self._path}/reset", seed))

    def load_scenario(self, name: str) -> types.World:
        """Resets the world to the content and the faults of a scenario."""
        return self._recreated(self._client.call("POST", f"{self._path}/scenario", {"name": name}))

    def settings(self) -> types.Settings:
        """The quirks of the world, and when its syncs complete."""
        settings: types.Settings = self._client.call("GET", f"{self._path}/settings")
        return settings

    def change_settings(self, **settings: Unpack[types.SettingsRequest]) -> types.Settings:
        """Changes these settings; the others stay as they are."""
        changed: types.Settings = self._client.call("PATCH", f"{self._path}/settings", settings)
        return changed

    def groups(self) -> list[types.GroupSummary]:
        """The groups of every organization, newest first."""
        groups: list[types.GroupSummary] = self._all("groups")
        return groups

    def roster(self, group_id: str) -> list[types.Member]:
        """Everyone who was ever on the roster of a group, with state and subscriptions."""
        answer: types.Roster = self._client.call("GET", f"{self._group(group_id)}/roster")
        return answer["members"]

    def preview(self, group_id: str, roster: Iterable[object]) -> types.Preview:
        """What a sync with these rows would do if it completed now. Changes nothing."""
        body = {"members": list(roster)}
        preview: types.Preview = self._client.call("POST", f"{self._group(group_id)}/preview", body)
        return preview

    def syncs(self) -> list[types.Sync]:
        """The accepted syncs, newest first."""
        syncs: list[types.Sync] = self._all("syncs")
        return syncs

    def complete_sync(self, request_id: str) -> types.Sync:
        """Completes a sync, once the earlier syncs of its group have completed."""
        sync: types.Sync = self._client.call("POST", f"{self._path}/syncs/{quote(request_id, safe='')}/complete")
        return sync

    def reject(self, **rejection: Unpack[types.RejectionRequest]) -> types.Rejection:
        """Makes the next row with a reference_id fail, such as `reject(reference_id="emp-7", reason="…")`."""
        added: types.Rejection = self._client.call("POST", f"{self._path}/rejections", rejection)
        return added

    def people(self) -> list[types.Person]:
        """The people known in the world, oldest first."""
        people: list[types.Person] = self._all("people")
        return people

    def requests(self, operation: str | None = None) -> list[types.Request]:
        """The requests to the world, oldest first; only those of an operation such as `submitMemberSync` if one is named."""
        answer: types.RequestList = self._client.call("GET", f"{self._path}/requests", operation=operation)
        return answer["requests"]

    def journal(self) -> types.Journal:
        """The last exchanges and completed syncs, without personal data."""
        journal: types.Journal = self._client.call("GET", f"{self._path}/journal")
        return journal

    def advise(self) -> types.Advice:
        """What the clients of the world did that would go wrong in production."""
        advice: types.Advice = self._client.call("GET", f"{self._path}/advice")
        return advice

    def drop(self) -> None:
        """Drops the world. The next use of its name creates it again."""
        self._client.call("DELETE", self._path)

    def _group(self, group_id: str) -> str:
        return f"{self._path}/groups/{quote(group_id, safe='')}"

    def _all(self, noun: str) -> Any:
        rows: list[Any] = []
        while True:
            page = len(rows) // _page_size + 1
            found = self._client.call("GET", f"{self._path}/{noun}", page=page, limit=_page_size)[noun]
            rows += found
            if len(found) < _page_size:
                return rows

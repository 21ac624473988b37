# Do not edit: written from spec/ by `npm run generate`.
"""Types of the control plane's requests and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypedDict

if TYPE_CHECKING:
    # Part of typing only from Python 3.11; type checkers know it without an installed package.
    from typing_extensions import NotRequired


class Health(TypedDict):
    ready: Literal[True]
    version: str
    worlds: int


class Liveness(TypedDict):
    live: Literal[True]


class Readiness(TypedDict):
    ready: Literal[True]


class NotReady(TypedDict):
    ready: Literal[False]
    reason: Literal["draining", "database_unreachable"]
    message: str


class Seed(TypedDict):
    """The initial content of a world, or content to add to one."""

    settings: NotRequired[SettingsRequest]
    organizations: NotRequired[list[SeedOrganization]]
    outside_subscriptions: NotRequired[list[Outsider]]


class SeedOrganization(TypedDict):
    slug: str
    plans: NotRequired[list[str | dict[str, Any]]]
    groups: NotRequired[list[SeedGroup]]


class SeedGroup(TypedDict):
    name: str
    external_reference_id: NotRequired[str | None]
    members: NotRequired[list[MemberRow]]


class Outsider(TypedDict):
    """The details by which a person is recognised: the e-mail or the phone, and the other fields."""

    first_name: str
    last_name: str
    date_of_birth: str
    email: NotRequired[str | None]
    phone: NotRequired[str]


class SettingsRequest(TypedDict):
    """Settings that a world has of its own, instead of those of the mock; at most one of those of the syncs."""

    quirks: NotRequired[dict[str, str]]
    sync_delay_ms: NotRequired[int]
    sync_polls: NotRequired[int]
    sync_manual: NotRequired[Literal[True]]


class Settings(TypedDict):
    """The settings in force in a world; one of those of the syncs."""

    quirks: dict[str, str]
    sync_delay_ms: NotRequired[int]
    sync_polls: NotRequired[int]
    sync_manual: NotRequired[Literal[True]]


Scenario = TypedDict("Scenario", {"name": "str", "holds": "str", "try": "str", "see": "str"})


class ScenarioList(TypedDict):
    scenarios: list[Scenario]


class ScenarioRequest(TypedDict):
    name: str


class World(TypedDict):
    name: str
    clock: Clock
    syncs_in_flight: int
    organizations: list[Organization]


class Organization(TypedDict):
    id: str
    slug: str
    key: str
    groups: int
    plans: list[Plan]


class WorldList(TypedDict):
    total: int
    worlds: list[World]
    closed: list[str]


class Clock(TypedDict):
    now: str
    frozen: bool


class FreezeRequest(TypedDict):
    at: NotRequired[str]


class AdvanceRequest(TypedDict):
    ms: int


class Sync(TypedDict):
    request_id: str
    group_id: str
    organization: str
    accepted_at: str
    progress: Literal["queued", "ready", "stalled", "completed"]
    completed_at: str | None
    results: GroupMemberSyncResults | None


class SyncList(TypedDict):
    syncs: list[Sync]


class RejectionRequest(TypedDict):
    reference_id: str
    reason: str
    operation: NotRequired[Literal["add", "remove"]]
    group_id: NotRequired[str]
    times: NotRequired[int]


class Rejection(TypedDict):
    reference_id: str
    reason: str
    operation: Literal["add", "remove"]
    group_id: NotRequired[str]
    times: int


class RejectionList(TypedDict):
    rejections: list[Rejection]


class FaultRequest(TypedDict):
    """What happens (at least one of status, headers, latency_ms and cut), to which requests, and how often."""

    status: NotRequired[int]
    app_error_code: NotRequired[str | None]
    body: NotRequired[Any]
    headers: NotRequired[dict[str, str]]
    retry_after: NotRequired[int]
    latency_ms: NotRequired[int]
    cut: NotRequired[Literal["connection", "body"]]
    applied: NotRequired[bool]
    operations: NotRequired[list[str]]
    times: NotRequired[int]
    probability: NotRequired[float]
    seed: NotRequired[int]


class Fault(TypedDict):
    id: str
    happened: int
    status: NotRequired[int]
    app_error_code: NotRequired[str | None]
    body: NotRequired[Any]
    headers: NotRequired[dict[str, str]]
    retry_after: NotRequired[int]
    latency_ms: NotRequired[int]
    cut: NotRequired[Literal["connection", "body"]]
    applied: NotRequired[bool]
    operations: NotRequired[list[str]]
    times: NotRequired[int]
    probability: NotRequired[float]
    seed: NotRequired[int]


class FaultList(TypedDict):
    faults: list[Fault]


class GroupSummary(TypedDict):
    id: str
    organization: str
    name: str
    external_reference_id: str | None
    active_members: int


class GroupList(TypedDict):
    groups: list[GroupSummary]


class Roster(TypedDict):
    group: GroupSummary
    members: list[Member]


class Member(TypedDict):
    reference_id: str
    state: str
    member_id: str | None
    person: int | None
    subscriptions: list[Subscription]


class Subscription(TypedDict):
    group_id: str
    organization: str
    reference_id: str
    member_id: str
    plan_id: str
    started_at: str
    ended_at: str | None


class Preview(TypedDict):
    """What a sync would do if it completed now. Each reference_id is in one list, in the order of the rows."""

    group_id: str
    rows: int
    syncs_in_flight: int
    added: list[PreviewAddition]
    kept: list[str]
    changed: list[PreviewChange]
    removed: list[PreviewRemoval]
    refused: list[GroupMemberSyncFailure]
    ignored_plans: list[PreviewIgnoredPlan]


class PreviewAddition(TypedDict):
    reference_id: str
    plan_id: str
    account: Literal["new", "known", "returning"]
    moved_from: str | None


class PreviewChange(TypedDict):
    reference_id: str
    fields: list[str]


class PreviewRemoval(TypedDict):
    reference_id: str
    member_id: str


class PreviewIgnoredPlan(TypedDict):
    reference_id: str
    plan_id: str
    ignored_plan_id: str


class Person(TypedDict):
    person: int
    details: dict[str, Any]
    subscriptions: list[Subscription]


class PersonList(TypedDict):
    people: list[Person]


class RequestList(TypedDict):
    requests: list[Request]


class Request(TypedDict):
    number: int
    operation: str | None
    method: str
    path: str
    status: int
    code: str | None
    rule: str | None
    fault: str | None
    rows: int | None
    group_id: str | None
    request_id: str | None
    body: Any
    answer: Any


class Har(TypedDict):
    """An HTTP archive, version 1.2."""

    log: dict[str, Any]


class Journal(TypedDict):
    forgotten: int
    exchanges: list[Exchange]
    completions: list[Completion]


class Exchange(TypedDict):
    """A request and its answer, without personal data."""

    number: int
    at: str
    world_time: str
    world: str
    organization: str | None
    method: str
    path: str
    query: dict[str, str]
    search: str | None
    operation: str | None
    status: int
    code: str | None
    rule: str | None
    message: str | None
    trace_id: str | None
    fault: str | None
    fault_effect: str | None
    cut: Literal["connection", "body", None]
    retry_after: int | None
    duration_ms: float
    retry: int | None
    suite: bool
    console: bool
    group_id: str | None
    request_id: str | None
    body: str | None
    roster: dict[str, Any] | None
    group: dict[str, Any] | None
    hints: list[str]
    listed: int | None
    completed: bool | None


class Completion(TypedDict):
    """The figures of a completed sync."""

    number: int
    at: str
    request_id: str
    group_id: str
    rows: int
    added: int
    removed: int
    kept: int
    updated: int
    failed: int
    failed_again: int
    plan_changes: int


class Advice(TypedDict):
    world: str
    exchanges: int
    forgotten: int
    unfinished: int
    findings: list[Finding]


class Finding(TypedDict):
    """A kind of mistake that the clients make."""

    id: str
    severity: Literal["error", "warning"]
    title: str
    why: str
    fix: str
    occurrences: list[Occurrence]


class Occurrence(TypedDict):
    what: str
    evidence: list[int]


class Quotas(TypedDict):
    """How much a tenant may use. More is answered with 429 and `Retry-After`."""

    worlds: int
    groups: int
    rows: int
    requests_per_minute: int


class QuotaChanges(TypedDict):
    """Quotas to change; the others stay as they are."""

    worlds: NotRequired[int]
    groups: NotRequired[int]
    rows: NotRequired[int]
    requests_per_minute: NotRequired[int]


class Tenant(TypedDict):
    name: str
    created_at: str
    suspended: bool
    quotas: Quotas
    use: TenantUse


class TenantUse(TypedDict):
    worlds: int
    requests: int
    requests_this_minute: int
    last_request_at: str | None


class TenantList(TypedDict):
    tenants: list[Tenant]
    total: int


class TenantRequest(TypedDict):
    name: str
    quotas: NotRequired[QuotaChanges]


class TenantChanges(TypedDict):
    suspended: NotRequired[bool]
    quotas: NotRequired[QuotaChanges]


class TenantKeys(TypedDict):
    keys: list[TenantKey]
    control_token: str


class TenantKey(TypedDict):
    organization: str
    key: str


class IssuedTenant(TypedDict):
    tenant: Tenant
    keys: list[TenantKey]
    control_token: str


class Snapshot(TypedDict):
    """The whole content of a world, in the tables of the mock's storage."""

    format: int
    world: NotRequired[str]
    tables: dict[str, list[dict[str, str | float | None]]]


class MemberRow(TypedDict):
    """One person of the roster, as the partner knows them (`docs`, `sdk`)."""

    reference_id: str
    first_name: str
    last_name: str
    date_of_birth: str
    phone: NotRequired[str | None]
    email: NotRequired[str | None]
    plan_id: str
    address: Address


class Plan(TypedDict):
    """A care offering linked to the organization by Vitable (`seed`, `docs`)."""

    id: str
    name: str


class GroupMemberSyncResults(TypedDict):
    """The outcome of a completed sync (`sdk`)."""

    added_group_member_ids: list[str]
    removed_group_member_ids: list[str]
    failures: list[GroupMemberSyncFailure]


class GroupMemberSyncFailure(TypedDict):
    """One row, or one removal, that could not be applied (`sdk`)."""

    reference_id: str
    operation: Literal["add", "remove"]
    reason: str


class Address(TypedDict):
    """A postal address in the United States (`docs`, `sdk`)."""

    address_line_1: str
    address_line_2: NotRequired[str | None]
    city: str
    state: Literal["AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY", "DC", "PR", "GU", "AS", "VI", "MP", "MH", "PW", "FM", "AE", "AA", "AP"]
    zipcode: str

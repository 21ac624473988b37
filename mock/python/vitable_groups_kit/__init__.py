"""The groups mock and the conformance suite for Python: a pytest plugin and a client of the mock's control plane."""

from .client import Clock, ControlClient, ControlError, Faults, World
from .mock import Mock, MockNotStartedError, StartedMock, start_mock
from .programs import NodeNotFoundError, command

__all__ = [
    "Clock",
    "ControlClient",
    "ControlError",
    "Faults",
    "Mock",
    "MockNotStartedError",
    "NodeNotFoundError",
    "StartedMock",
    "World",
    "command",
    "start_mock",
]

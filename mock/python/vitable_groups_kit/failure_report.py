"""What the report of a failed test says about its world."""

from __future__ import annotations

from .control_types import Advice, Exchange, Finding, Journal

_max_exchanges = 20


def exchanges_text(journal: Journal) -> str:
    """The last requests to a world, a line or two for each."""
    exchanges = journal["exchanges"]
    if not exchanges:
        return "no requests"
    left_out = len(exchanges) - _max_exchanges
    earlier = [f"… {left_out} earlier requests"] if left_out > 0 else []
    return "\n".join([*earlier, *map(_line, exchanges[-_max_exchanges:])])


def _line(exchange: Exchange) -> str:
    path = exchange["path"] + (exchange["search"] or "")
    status = exchange["status"] or "connection cut"
    code = f" {exchange['code']}" if exchange["code"] else ""
    rows = f", {exchange['roster']['rows']} rows" if exchange["roster"] else ""
    fault = f" (fault: {exchange['fault_effect']})" if exchange["fault"] else ""
    message = f"\n      {exchange['message']}" if exchange["message"] else ""
    return f"{exchange['method']:>6} {path}{rows} -> {status}{code}{fault}{message}"


def advice_text(advice: Advice) -> str:
    """What the advisor found, with what to change."""
    return "\n".join(map(_finding, advice["findings"])) or "nothing found"


def _finding(finding: Finding) -> str:
    occurrences = [f"    {occurrence['what']}" for occurrence in finding["occurrences"]]
    return "\n".join([f"{finding['severity']} {finding['id']}: {finding['title']}", *occurrences, f"  {finding['fix']}"])

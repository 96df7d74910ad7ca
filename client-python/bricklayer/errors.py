"""What can go wrong.

Everything raised here is a :class:`BricklayerError`, and so a :class:`requests.exceptions.RequestException`; refusals are
:class:`requests.exceptions.HTTPError` with the answer in ``response`` as well, as callers of Heketi's client expect.
"""

from dataclasses import dataclass, field, fields
from typing import Any, Optional

import requests

PROBLEM_JSON = "application/problem+json"


@dataclass(frozen=True)
class Problem:
    """What a server says about a refusal or a failure (RFC 9457). What it does not say is empty."""

    status: int = 0
    detail: str = ""
    """The text that clients of Heketi see."""
    type: str = ""
    """The kind, such as ``urn:bricklayer:problem:no-space``; stays the same for ever. Empty where the server said a line of text only."""
    title: str = ""
    """The kind in words."""
    object: str = ""
    """What it is about."""
    cause: str = ""
    """What lies behind it."""
    host: str = ""
    """The node on which a command failed."""
    command: str = ""
    """The command that failed there."""
    stderr: str = ""
    """What that command said."""
    next: str = ""
    """What can be done about it."""
    request: str = ""
    """By what the request is found in the server's log."""
    more: dict[str, Any] = field(default_factory=dict)
    """What this kind of problem has beside these, such as ``fields``, ``devices``, ``largest_size_gib``."""

    @property
    def kind(self) -> str:
        """The last word of the type, such as ``no-space``."""
        return self.type.rpartition(":")[2]

    def __str__(self) -> str:
        said = self.detail or f"status {self.status}"
        if self.cause and self.cause not in said:
            said += f": {self.cause}"
        if self.command and self.command not in said:
            said += f" (on {self.host}: {self.command}: {self.stderr})"
        if self.next:
            said += f"; {self.next}"
        return said

    @classmethod
    def of(cls, answer: requests.Response) -> "Problem":
        """What an answer says, be it JSON or a line of text."""
        request = answer.headers.get("x-request-id", "")
        if answer.headers.get("content-type", "").startswith(PROBLEM_JSON):
            try:
                said = answer.json()
            except ValueError:
                said = None
            if isinstance(said, dict):
                known = {f.name for f in fields(cls)} - {"more", "status"}
                return cls(
                    status=answer.status_code,
                    more={name: value for name, value in said.items() if name not in known | {"status"}},
                    **{"request": request, **{name: str(said[name]) for name in known if name in said}},
                )
        return cls(status=answer.status_code, detail=answer.text.strip(), request=request)


class BricklayerError(requests.exceptions.RequestException):
    """Whatever went wrong. ``response`` is the answer, where there is one."""


class ServerUnreachable(BricklayerError, requests.exceptions.ConnectionError):
    """No connection, or no answer to a question. Nothing was changed by this request."""


class OutcomeUnknown(BricklayerError, requests.exceptions.ConnectionError):
    """A change was sent, and whether it acted, or how it ended, is not known.

    Sent again with the same key it acts once: ``client.with_key(error.key).create_volume(...)``.
    """

    def __init__(self, message: str, key: str, queue: Optional[str] = None, response: Optional[requests.Response] = None) -> None:
        super().__init__(message, response=response)
        self.key = key
        """The ``Idempotency-Key`` that was sent."""
        self.queue = queue
        """Where the server tells of the operation (``/queue/ID``); None when it was not known to be accepted."""


class UnexpectedAnswer(BricklayerError):
    """The answer is none that a Bricklayer gives, or cannot give what was asked for; ask who or what else answers at this address."""


class RequestRefused(BricklayerError, requests.exceptions.HTTPError):
    """The server said no; ``problem`` has its words."""

    def __init__(self, asked: str, response: requests.Response) -> None:
        self.problem = Problem.of(response)
        super().__init__(f"{asked}: {self.problem}", response=response)


class InvalidRequest(RequestRefused):
    """400 or 422: it cannot mean anything; ``problem.more["fields"]`` may say which member is wrong."""


class NotAuthorised(RequestRefused):
    """401 or 403."""


class NotFound(RequestRefused):
    """404."""


class Conflict(RequestRefused):
    """409: in use, held by an open operation, or not as it was planned."""


class ServerBusy(RequestRefused):
    """429, still after all repetitions. Nothing was begun."""


class ServerFailed(RequestRefused):
    """500 or 503: no room, a node that failed, a mode that takes no changes. ``problem.kind`` says which."""


class OperationFailed(ServerFailed):
    """The change was accepted, failed later and was taken back."""


_BY_STATUS = {
    400: InvalidRequest,
    401: NotAuthorised,
    403: NotAuthorised,
    404: NotFound,
    409: Conflict,
    422: InvalidRequest,
    429: ServerBusy,
}


def refusal(asked: str, answer: requests.Response) -> RequestRefused:
    """:param asked: method and path"""
    fallback = ServerFailed if answer.status_code >= 500 else RequestRefused
    return _BY_STATUS.get(answer.status_code, fallback)(asked, answer)

"""See :class:`Transport`."""

import hashlib
import http.client
import itertools
import json
import random
import ssl
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, BinaryIO, Optional, Union
from urllib.parse import quote, unquote, urlencode, urlsplit

import jwt
import requests
import urllib3

from bricklayer.errors import PROBLEM_JSON, BricklayerError, OperationFailed, OutcomeUnknown, Problem, ServerUnreachable, UnexpectedAnswer, refusal
from bricklayer.patience import Patience, backed_off

_TOKEN_SECONDS = 60
# A server whose clock is further away is not believed.
_MAX_CLOCK_DIFFERENCE = 24 * 3600
_OF_THE_CLOCK = ("expired", "before issued", "not valid yet")
# What requests raises when a connection breaks, or nothing comes.
BROKEN = (
    requests.exceptions.ConnectionError,
    requests.exceptions.Timeout,
    requests.exceptions.ChunkedEncodingError,
    requests.exceptions.ContentDecodingError,
)
# No server of ours says this: somebody in between could not reach it, or heard no answer.
_LOST_BEHIND_A_PROXY = (requests.codes.bad_gateway, requests.codes.gateway_timeout)
# Heketi has neither such problems nor keys.
_PROBLEM_TYPES = "urn:bricklayer:problem:"

_NEVER_SENT = (
    requests.exceptions.ConnectTimeout,
    requests.exceptions.ProxyError,
    urllib3.exceptions.NewConnectionError,
    ssl.SSLError,
)
_DEEPEST_CAUSE = 8
_CHUNK_BYTES = 1 << 16

Query = Mapping[str, str]


@dataclass
class _Learnt:
    """What answers told of the server."""

    ahead: float = 0
    """Seconds by which its clock is ahead of ours."""
    knows_keys: Optional[bool] = None


class Transport:
    """How requests are said: signed, repeated where that is safe, and followed to the end of what they begin.

    - Every change carries an ``Idempotency-Key``. When its answer is lost it is sent again, as long as ``patience.reconnect``, if the
      server is one that knows keys; with one that does not (a Heketi), :class:`OutcomeUnknown` is raised instead.
    - 429 is waited out, as long as the server says (``Retry-After``).
    - A token that is refused for its times is made again by the server's clock, once.

    Holds no connection, so threads may share one.
    """

    def __init__(
        self,
        host: str,
        user: str,
        key: str,
        verify: Union[bool, str] = True,
        patience: Optional[Patience] = None,
        accept: str = "*/*",
    ) -> None:
        self.host = host.rstrip("/")
        self.user = user
        self.key = key
        self.verify = verify
        self.patience = patience or Patience()
        self.accept = accept
        self.clock = time.time
        self._learnt = _Learnt()

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        query: Optional[Query] = None,
        changes: Optional[bool] = None,
        repeatable: bool = True,
        slow: bool = False,
    ) -> requests.Response:
        """Asks, waits until what was begun has ended, and gives the last answer: of an operation, what it made.

        :param changes: whether it changes something; left out: all but GET does
        :param repeatable: whether a change acts once if its key comes twice, or may act twice
        :param slow: whether the server is silent until nodes have answered
        """
        idempotency_key = self.new_key() if (method != "GET" if changes is None else changes) else None
        answer = self.exchange(method, path, body, query=query, key=idempotency_key, repeatable=repeatable, slow=slow)
        if answer.status_code == requests.codes.accepted:
            return self.end_of(f"{method} {path}", self._location(answer), idempotency_key or "")
        return answer

    def new_key(self) -> str:
        return uuid.uuid4().hex

    def exchange(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        query: Optional[Query] = None,
        key: Optional[str] = None,
        repeatable: bool = True,
        slow: bool = False,
        stream: bool = False,
        headers: Optional[Mapping[str, str]] = None,
    ) -> requests.Response:
        """One answer, which is no refusal.

        :param key: the ``Idempotency-Key``; None for what changes nothing
        """
        answer = self.answer(method, path, body, query=query, key=key, repeatable=repeatable, slow=slow, stream=stream, headers=headers)
        if answer.status_code >= 300:
            raise self.refused(method, path, answer)
        return answer

    def refused(self, method: str, path: str, answer: requests.Response) -> BricklayerError:
        """What to raise for an answer that is not what was asked for."""
        asked = f"{method} {path}"
        if answer.status_code >= 400:
            return refusal(asked, answer)
        where = f", to {answer.headers['location']}" if answer.is_redirect else ""
        return UnexpectedAnswer(f"{asked}: answered with status {answer.status_code}{where}", response=answer)

    def end_of(self, asked: str, queue: str, key: str) -> requests.Response:
        """Waits for the end of an accepted operation, also across restarts of the server.

        :param asked: method and path of the request that began it
        """
        begun = time.monotonic()
        for looks in itertools.count():
            try:
                answer = self.answer("GET", queue, was_there=True)
            except ServerUnreachable as error:
                raise OutcomeUnknown(f"{asked} was accepted as {queue}, then the server was lost: {error}", key, queue) from error
            # What the header says does not matter: of an operation that has ended there is none.
            if "x-pending" not in answer.headers:
                return self._result(asked, queue, key, answer)
            if time.monotonic() - begun > self.patience.operation:
                raise OutcomeUnknown(
                    f"{asked} was accepted as {queue}, and has not ended after {self.patience.operation:g} s; it goes on",
                    key, queue, answer,
                )  # fmt: skip
            time.sleep(backed_off(self.patience.poll_first, looks, self.patience.poll_max))
        raise AssertionError("counting ended")

    def _result(self, asked: str, queue: str, key: str, answer: requests.Response) -> requests.Response:
        if answer.status_code == requests.codes.see_other:
            return self.exchange("GET", self._location(answer))
        if answer.status_code == requests.codes.not_found:
            raise OutcomeUnknown(f"{asked} was accepted as {queue}, which the server does not know any more", key, queue, answer)
        if answer.status_code >= 500:
            raise OperationFailed(asked, answer)
        if answer.status_code >= 300:
            raise self.refused("GET", queue, answer)
        return answer

    def answer(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        query: Optional[Query] = None,
        key: Optional[str] = None,
        repeatable: bool = True,
        slow: bool = False,
        stream: bool = False,
        headers: Optional[Mapping[str, str]] = None,
        was_there: bool = False,
    ) -> requests.Response:
        """One answer, whatever it says.

        :param was_there: whether the server is waited for even if nothing could be sent
        """
        asked = f"{method} {path}"
        said = {"Accept": self.accept, **(headers or {})}
        if key is not None:
            said["Idempotency-Key"] = key
        silence = self.patience.operation if slow else self.patience.answer
        lost_at: Optional[float] = None
        losses = busy = 0
        corrected = False
        while True:
            try:
                safe = lost_at is None or key is None or self._acts_once()
                answer = self._send(method, path, body, query, said, silence, stream) if safe else None
            except BROKEN as error:
                now = time.monotonic()
                if lost_at is None:
                    if not (was_there or _sent(error)):
                        raise ServerUnreachable(f"cannot reach {self.host}: {_why(error)}", request=error.request) from error
                    lost_at = now
                if now - lost_at > self.patience.reconnect or (key is not None and not repeatable):
                    message = f"{asked} on {self.host}: no answer: {_why(error)}"
                    if key is None:
                        raise ServerUnreachable(message, request=error.request) from error
                    raise OutcomeUnknown(message + "; whether it acted is not known", key) from error
                time.sleep(backed_off(self.patience.poll_first, losses, self.patience.poll_max))
                losses += 1
                continue
            if answer is None:
                raise OutcomeUnknown(f"{asked}: the answer was lost, and the server does not know keys; whether it acted is not known", key or "")
            if answer.status_code == requests.codes.too_many_requests and busy < self.patience.busy_retries:
                time.sleep(self._pause(answer, busy))
                busy += 1
                continue
            if answer.status_code == requests.codes.unauthorized and not corrected and self._correct_clock(answer):
                corrected = True
                continue
            return answer

    def _send(
        self, method: str, path: str, body: Any, query: Optional[Query], headers: Mapping[str, str], silence: float, stream: bool
    ) -> requests.Response:
        url = self.host + path
        all_headers = {**headers, "Authorization": "bearer " + self._token(method, url)}
        data = None
        if body is not None:
            all_headers["Content-Type"] = "application/json"
            data = json.dumps(body).encode()
        # Redirects are not followed by requests: each path needs a token of its own.
        answer = requests.request(
            method,
            url + ("?" + urlencode(query) if query else ""),
            headers=all_headers,
            data=data,
            verify=self.verify,
            timeout=(self.patience.connect, silence),
            allow_redirects=False,
            stream=stream,
        )
        if answer.status_code in _LOST_BEHIND_A_PROXY:
            raise requests.exceptions.ConnectionError(f"status {answer.status_code}: {answer.reason}", response=answer)
        return answer

    def _token(self, method: str, url: str) -> str:
        """A token for this one request: its hash covers the method and the path, decoded and without query."""
        signed = method + "&" + unquote(urlsplit(url).path)
        now = int(self.clock() + self._learnt.ahead)
        claims = {
            "iss": self.user,
            "iat": now,
            "exp": now + _TOKEN_SECONDS,
            "qsh": hashlib.sha256(signed.encode()).hexdigest(),
        }
        token = jwt.encode(claims, self.key, algorithm="HS256")
        # PyJWT gave bytes before version 2.
        return token.decode() if isinstance(token, bytes) else token

    def _correct_clock(self, refused: requests.Response) -> bool:
        """Takes over the server's time if that is why a token was refused."""
        detail = Problem.of(refused).detail
        if not any(words in detail for words in _OF_THE_CLOCK):
            return False
        try:
            ahead = parsedate_to_datetime(refused.headers["date"]).timestamp() - self.clock()
        except (KeyError, TypeError, ValueError):
            return False
        if abs(ahead) > _MAX_CLOCK_DIFFERENCE:
            return False
        self._learnt.ahead = ahead
        return True

    def _acts_once(self) -> bool:
        """Whether the server knows keys. Asked when it matters for the first time, since the answer costs a request."""
        if self._learnt.knows_keys is None:
            said = self._send("GET", "/queue/0", None, None, {"Accept": PROBLEM_JSON}, self.patience.answer, False)
            if said.status_code >= 500:
                # Somebody in between says that the server is not there, or it is starting.
                raise requests.exceptions.ConnectionError(f"status {said.status_code}", response=said)
            self._learnt.knows_keys = Problem.of(said).type.startswith(_PROBLEM_TYPES)
        return self._learnt.knows_keys

    def _pause(self, refused: requests.Response, tries: int) -> float:
        asked = refused.headers.get("retry-after", "").strip()
        own = backed_off(self.patience.busy_first, tries, self.patience.busy_max)
        pause = min(float(asked), self.patience.busy_max) if asked.isdecimal() else own
        # Spread, so that those who were refused together do not come back together.
        return pause * (1 + random.random() / 2)

    @staticmethod
    def _location(answer: requests.Response) -> str:
        location = answer.headers.get("location", "")
        # An address elsewhere would be given a token.
        if not location.startswith("/") or location.startswith("//"):
            raise UnexpectedAnswer(f"status {answer.status_code} with Location {location!r}, which is no path", response=answer)
        return location


def take(transport: Transport, path: str, to: BinaryIO) -> None:
    """Writes an answer as it comes. If this raises, what was written is not the whole."""
    with transport.exchange("GET", path, stream=True) as answer:
        try:
            written = sum(to.write(chunk) for chunk in answer.iter_content(_CHUNK_BYTES))
        except BROKEN as error:
            raise ServerUnreachable(f"GET {path}: broke off: {_why(error)}", response=answer) from error
        # Some versions of urllib3 take a body that was cut off for a whole one.
        announced = int(answer.headers.get("content-length", written))
        if written != announced:
            raise ServerUnreachable(f"GET {path}: broke off: {written} of {announced} bytes came", response=answer)


def lines(answer: requests.Response) -> Iterator[bytes]:
    """Whole lines of an answer, as they come. Raises one of :data:`BROKEN` if the last one was cut off."""
    # Read past urllib3, which gives out a chunk when it has seen its end; that may come only with the next one.
    source = answer.raw._original_response
    rest = b""
    while True:
        try:
            part = source.read1(_CHUNK_BYTES)
        except (OSError, http.client.HTTPException) as error:
            raise requests.exceptions.ConnectionError(error, request=answer.request, response=answer) from error
        if not part:
            break
        *whole, rest = (rest + part).split(b"\n")
        for line in whole:
            yield line.rstrip(b"\r")
    if rest:
        raise requests.exceptions.ConnectionError("broke off in the middle of a line", request=answer.request, response=answer)


def segment(identifier: str) -> str:
    """An id, or what the caller takes for one, as a part of a path."""
    if not identifier:
        raise ValueError("an id cannot be empty")
    return quote(identifier, safe="")


def _sent(error: BaseException) -> bool:
    """Whether the request may have reached the server."""
    causes = list(_causes(error))
    if any(isinstance(cause, ssl.SSLEOFError) for cause in causes):
        return True
    return not any(isinstance(cause, _NEVER_SENT) for cause in causes)


def _why(error: BaseException) -> str:
    deepest = list(_causes(error))[-1]
    return getattr(deepest, "strerror", None) or str(deepest) or type(deepest).__name__


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what lies behind it, as far as requests and urllib3 tell."""
    current: Optional[BaseException] = error
    for _ in range(_DEEPEST_CAUSE):
        if current is None:
            return
        yield current
        told = [getattr(current, "reason", None), *current.args, current.__cause__, current.__context__]
        current = next((cause for cause in told if isinstance(cause, BaseException)), None)

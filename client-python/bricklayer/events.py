"""See :class:`EventStream`."""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Optional, TypeVar

import requests

from bricklayer.errors import BricklayerError, UnexpectedAnswer
from bricklayer.patience import backed_off
from bricklayer.transport import BROKEN, Transport, lines
from bricklayer.wire import from_json

T = TypeVar("T")

# The server gives a sign of life each ten seconds, unless it was told otherwise.
_SILENCE_MAX = 60


@dataclass(frozen=True)
class Event:
    """What became of one object or operation in one durable write."""

    position: str
    """To go on from; opaque but for its beginning, which is the sequence."""
    sequence: int
    """Number of the write in the journal; several events share one."""
    time: str
    kind: str
    """``cluster``, ``node``, ``device``, ``volume``, ``brick``, ``blockvolume`` or ``operation``."""
    type: str
    """``created``, ``changed`` or ``deleted``; of an operation ``begun``, ``pivoted``, ``retrying``, ``undoing``, ``resumed``, ``ended``,
    ``failed``, ``changed`` or ``forgotten``."""
    id: str
    """Of the object or operation."""
    cluster: str = ""
    """That it belongs to; empty when it cannot be told."""
    operation: str = ""
    """That did it; empty when none did."""
    object: dict[str, Any] = field(default_factory=dict)
    """As ``GET`` shows it after the write; of one that was deleted, as it was before. Without passwords."""

    def object_as(self, cls: type[T]) -> T:
        """The object as what answers for it, such as :class:`~bricklayer.model.VolumeInfo` for a volume."""
        return from_json(cls, self.object)


@dataclass(frozen=True)
class EventGap:
    """What lies between two positions cannot be told."""

    after: str
    """What was asked for."""
    oldest: str
    """The oldest position that can be gone on from."""
    position: str
    """Where the stream goes on."""
    reason: str
    next: str


class EventsMissed(BricklayerError):
    """Some events cannot be told. Who keeps a copy of the objects reads them anew; the stream goes on behind the gap."""

    def __init__(self, gap: EventGap) -> None:
        super().__init__(f"what happened after {gap.after} cannot be told: {gap.reason}; {gap.next} (the stream goes on after {gap.position})")
        self.gap = gap


@dataclass(frozen=True)
class _Block:
    id: str
    event: str
    data: str


class EventStream(Iterator[Event]):
    """Events, one after the other, without gap or repetition.

    When the connection is lost, or the server ends it, the stream connects again by itself and goes on where it was, for as long as the server
    does not stay away longer than ``patience.reconnect``. ``next`` raises :class:`EventsMissed` where something cannot be told; the call
    after that goes on.

    One thread reads. :meth:`close` from another ends it with the next event or sign of life.
    """

    def __init__(self, transport: Transport, query: dict[str, str], after: str) -> None:
        self._transport = copy.copy(transport)
        self._transport.patience = replace(transport.patience, answer=min(transport.patience.answer, _SILENCE_MAX))
        self._query = query
        self._follows = query.get("follow") != "false"
        self.position = after
        """Behind the event that came last, or further, where none was for us; for ``after``, also in another process."""
        self._closed = self._ended = self._reading = False
        self._fruitless = 0
        self._answer: Optional[requests.Response] = None
        self._blocks: Optional[Iterator[_Block]] = None
        self._next: Optional[_Block] = None
        self._connect(was_there=False)
        if not after:
            # From here on everything is told, whatever becomes of the connection.
            self._next = self._receive()

    def __iter__(self) -> EventStream:
        return self

    def __next__(self) -> Event:
        block, self._next = self._next or self._receive(), None
        while block is not None and not block.data:
            block = self._receive()
        if block is None or self._closed:
            raise StopIteration
        try:
            said = json.loads(block.data)
            if block.event == "gap":
                raise EventsMissed(from_json(EventGap, said))
            return from_json(Event, said)
        except ValueError as error:
            raise UnexpectedAnswer(f"GET /events: cannot read an event: {error}: {block.data}") from error

    def __enter__(self) -> EventStream:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._closed = True
        if not self._reading:
            self._disconnect()

    def _receive(self) -> Optional[_Block]:
        """The next block, which is then behind us; None at the end."""
        self._reading = True
        try:
            while not (self._closed or self._ended):
                if self._blocks is None:
                    self._connect(was_there=True)
                try:
                    block = next(self._blocks or iter(()), None)
                except BROKEN:
                    self._disconnect()
                    continue
                if block is not None:
                    self._fruitless = 0
                    self.position = block.id or self.position
                    return block
                self._disconnect()
                self._ended = not self._follows
            self._disconnect()
            return None
        finally:
            self._reading = False

    def _connect(self, was_there: bool) -> None:
        asked = time.monotonic()
        headers = {"Accept": "text/event-stream, application/problem+json", "Accept-Encoding": "identity"}
        if self.position:
            headers["Last-Event-ID"] = self.position
        while True:
            if self._fruitless:
                time.sleep(backed_off(self._transport.patience.poll_first, self._fruitless, self._transport.patience.poll_max))
            self._fruitless += 1
            answer = self._transport.answer("GET", "/events", query=self._query, headers=headers, stream=True, was_there=was_there)
            if answer.status_code == requests.codes.ok:
                self._answer = answer
                self._blocks = _blocks(answer)
                return
            # A server that is stopping, or starting, says 503.
            patient = was_there and answer.status_code >= 500 and time.monotonic() - asked <= self._transport.patience.reconnect
            if not patient:
                raise self._transport.refused("GET", "/events", answer)

    def _disconnect(self) -> None:
        answer, self._answer, self._blocks = self._answer, None, None
        if answer is not None:
            answer.close()


def _blocks(answer: requests.Response) -> Iterator[_Block]:
    """Whole blocks of server-sent events; one that is cut off at the end is a broken connection."""
    members: dict[str, list[str]] = {}
    for line in lines(answer):
        name, _, value = line.decode(errors="replace").partition(":")
        if name:
            members.setdefault(name, []).append(value[1:] if value.startswith(" ") else value)
        elif not line and members:
            yield _Block(members.get("id", [""])[-1], members.get("event", [""])[-1], "\n".join(members.get("data", [])))
            members = {}
    if members:
        raise requests.exceptions.ConnectionError("broke off in the middle of an event", request=answer.request, response=answer)


def event_query(
    kinds: Sequence[str], ids: Sequence[str], clusters: Sequence[str], operations: Sequence[str], follow: bool
) -> dict[str, str]:
    chosen = {"kind": kinds, "id": ids, "cluster": clusters, "operation": operations}
    return {**{name: ",".join(values) for name, values in chosen.items() if values}, **({} if follow else {"follow": "false"})}

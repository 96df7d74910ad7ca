"""The stream of events, from a server that answers by script."""

import time
import unittest

from fake_server import KEY, LOST, Answer, FakeServer

from bricklayer import BricklayerClient, EventsMissed, Patience
from bricklayer.errors import InvalidRequest, NotFound, ServerFailed, UnexpectedAnswer
from bricklayer.model import VolumeInfo

HERE = "retry: 1000\nid: 7-aa\n: here\n\n"


def event(position, **more):
    said = ", ".join(f'"{name}": {value}' for name, value in {"position": f'"{position}"', "kind": '"volume"', **more}.items())
    return f"id: {position}\nevent: volume\ndata: {{{said}}}\n\n"


class EventsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.server = FakeServer()
        self.addCleanup(self.server.close)
        self.client = BricklayerClient(self.server.url, "admin", KEY, patience=Patience(poll_first=0, poll_max=0.01, reconnect=5))

    def streams(self, *answers, path="/events"):
        self.server.answers("GET", path, *[Answer(200, it) if isinstance(it, str) else it for it in answers])

    def follow(self, after=""):
        events = self.client.stream_events(after)
        self.addCleanup(events.close)
        return events

    def asked_after(self):
        return [headers.get("Last-Event-ID") for headers in self.server.headers]

    def test_events_come_as_they_are(self) -> None:
        self.streams(HERE + event("8.1-aa", sequence=8, type='"created"', id='"v"', object='{"id": "v", "size": 3}'))
        events = self.follow()
        self.assertEqual("7-aa", events.position)
        first = next(events)
        self.assertEqual(("8.1-aa", 8, "volume", "created", "v", ""), (first.position, first.sequence, first.kind, first.type, first.id, first.operation))
        self.assertEqual(3, first.object_as(VolumeInfo).size)
        self.assertEqual("8.1-aa", events.position)

    def test_a_lost_connection_is_made_again_where_it_was(self) -> None:
        cut = event("10-aa")
        self.streams(HERE + event("8-aa"), LOST, Answer(503, "The server is stopping\n"), "", event("9-aa") + cut[:-10], event("10-aa"))
        events = self.follow()
        self.assertEqual(["8-aa", "9-aa", "10-aa"], [next(events).position for _ in range(3)])
        self.assertEqual([None, "8-aa", "8-aa", "8-aa", "8-aa", "9-aa"], self.asked_after())

    def test_a_connection_lost_before_the_first_event_is_made_again_from_where_the_stream_began(self) -> None:
        self.streams(HERE, event("8-aa"))
        events = self.follow()
        self.assertEqual("8-aa", next(events).position)
        self.assertEqual([None, "7-aa"], self.asked_after())

    def test_signs_of_life_carry_the_position_on(self) -> None:
        self.streams(HERE + ": \n\nid: 9-aa\n\n" + event("10-aa"), event("11-aa"))
        events = self.follow()
        self.assertEqual(["10-aa", "11-aa"], [next(events).position, next(events).position])

    def test_what_cannot_be_told_is_told_of_and_passed_over(self) -> None:
        gap = 'id: 20-aa\nevent: gap\ndata: {"after": "3-aa", "oldest": "19-aa",\ndata: "position": "20-aa", "reason": "too old", "next": "read"}\n\n'
        self.streams(gap + event("21-aa"))
        events = self.follow("3-aa")
        with self.assertRaises(EventsMissed) as caught:
            next(events)
        self.assertEqual(("3-aa", "19-aa", "20-aa"), (caught.exception.gap.after, caught.exception.gap.oldest, caught.exception.gap.position))
        self.assertIn("too old", str(caught.exception))
        self.assertEqual("21-aa", next(events).position)
        self.assertEqual(["3-aa"], self.asked_after())

    def test_what_has_happened_ends(self) -> None:
        path = "/events?kind=volume%2Cnode&id=v&cluster=c&operation=o&follow=false"
        self.streams(event("8-aa") + event("9-aa")[:-1], event("9-aa"), path=path)
        chosen = {"kinds": ["volume", "node"], "ids": ["v"], "clusters": ["c"], "operations": ["o"]}
        self.assertEqual(["8-aa", "9-aa"], [it.position for it in self.client.stream_events("7-aa", **chosen, follow=False)])
        self.assertEqual(["7-aa", "8-aa"], self.asked_after())

    def test_a_refusal_is_told_at_once(self) -> None:
        self.streams(Answer(400, "no kind of events: x\n"))
        with self.assertRaises(InvalidRequest):
            self.client.stream_events()
        with self.assertRaises(NotFound):
            self.client.stream_events()
        self.streams(HERE, Answer(400, "no position of an event\n"))
        events = self.follow()
        with self.assertRaises(InvalidRequest):
            next(events)

    def test_a_server_that_stays_away_is_given_up(self) -> None:
        self.streams(HERE, *[Answer(503, "The server is stopping\n")] * 1000)
        impatient = BricklayerClient(self.server.url, "admin", KEY, patience=Patience(poll_first=0.01, poll_max=0.01, reconnect=0.1))
        events = impatient.stream_events()
        self.addCleanup(events.close)
        begun = time.monotonic()
        with self.assertRaises(ServerFailed):
            next(events)
        self.assertLess(time.monotonic() - begun, 30)

    def test_what_is_no_event_is_told_of(self) -> None:
        self.streams(HERE + "data: {\n\n")
        events = self.follow()
        with self.assertRaises(UnexpectedAnswer):
            next(events)

    def test_a_closed_stream_has_ended(self) -> None:
        self.streams(HERE + event("8-aa") + event("9-aa"))
        with self.client.stream_events() as events:
            next(events)
        self.assertEqual([], list(events))


if __name__ == "__main__":
    unittest.main()

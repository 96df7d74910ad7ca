"""What goes wrong between both clients and a real server: too much at once, clocks, restarts, lost answers."""

import threading
import time
import unittest
import unittest.mock
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import jwt
import requests
from live_server import KEY, PATIENCE, LiveServer, load_topology, shared

from bricklayer import BricklayerClient, HeketiClient, Patience, replicate
from bricklayer.errors import InvalidRequest, NotAuthorised, OperationFailed, OutcomeUnknown, ServerBusy, ServerFailed, ServerUnreachable
from bricklayer.model import FaultRule, FaultRules, VolumeCreateRequest, VolumeInfo

server: LiveServer

SMALL = VolumeCreateRequest(size=1, durability=replicate(3))
SLOW = FaultRule(name="slow", operation="create-volume", command="^mkfs", act="delay", wait_ms=2000)
STANDSTILL = replace(SLOW, wait_ms=600_000)
CRASH = FaultRule(point="create-volume/begin:after", act="crash")


def setUpModule() -> None:
    global server
    server = shared()
    if not server.client().list_clusters():
        load_topology(server.client())


class FailuresTest(unittest.TestCase):
    def setUp(self) -> None:
        self.client = server.client()
        self.leave_nothing()
        self.addCleanup(self.leave_nothing)

    def leave_nothing(self) -> None:
        self.client.clear_faults()
        for volume in self.client.list_volumes():
            self.client.delete_volume(volume)

    def test_a_busy_server_is_waited_for(self) -> None:
        self.client.set_faults(FaultRules([SLOW]))
        with ThreadPoolExecutor(3) as threads:
            made = [threads.submit(self.client.create_volume, SMALL) for _ in range(2)]
            self.until(lambda: self.client.count_operations().in_flight == 2)
            old = HeketiClient(server.url, "admin", KEY, poll_delay=0.1, patience=PATIENCE)
            also = threads.submit(old.volume_create, {"size": 1})
            ids = {it.result().id for it in made} | {also.result()["id"]}
        self.assertEqual(sorted(ids), self.client.list_volumes())
        self.assertEqual(3, len(ids))

    def test_a_busy_server_is_not_waited_for_for_ever_and_killed_in_the_middle_of_creates(self) -> None:
        self.client.set_faults(FaultRules([STANDSTILL]))
        old = HeketiClient(server.url, "admin", KEY, patience=PATIENCE)
        with ThreadPoolExecutor(2) as threads:
            under_way = [
                threads.submit(lambda: self.client.create_volume(SMALL).id),
                threads.submit(lambda: old.volume_create({"size": 1})["id"]),
            ]
            self.until(lambda: self.client.count_operations().in_flight == 2)
            with self.assertRaises(ServerBusy) as caught:
                server.client(Patience(busy_retries=0)).create_volume(SMALL)
            with self.assertRaises(requests.exceptions.HTTPError) as also:
                HeketiClient(server.url, "admin", KEY, patience=Patience(busy_retries=0)).volume_create({"size": 1})
            server.kill()
            server.start()
            self.assertEqual(sorted(it.result() for it in under_way), self.client.list_volumes())
        self.assertEqual("busy", caught.exception.problem.kind)
        self.assertEqual("2", caught.exception.response.headers["retry-after"])
        self.assertEqual("Server busy. Retry operation later.\n", also.exception.response.text)

    def test_a_clock_that_is_wrong_is_corrected(self) -> None:
        for wrong in (-3600, 3600):
            for client in (server.client(), HeketiClient(server.url, "admin", KEY)):
                with self.subTest(f"{type(client).__name__} {wrong}"):
                    client._transport.clock = lambda wrong=wrong: time.time() + wrong
                    answer = client.list_clusters() if isinstance(client, BricklayerClient) else client.cluster_list()["clusters"]
                    self.assertEqual(1, len(answer))

    def test_a_clock_that_is_days_off_is_not_believed(self) -> None:
        self.client._transport.clock = lambda: time.time() - 3 * 86400
        with self.assertRaises(NotAuthorised) as caught:
            self.client.list_clusters()
        self.assertIn("expired", caught.exception.problem.detail)
        self.client._transport.clock = time.time

    def test_a_token_that_ran_out_on_the_way_is_made_again(self) -> None:
        claims = []

        def late(payload, key, algorithm):
            if not claims:
                payload["exp"] -= 120
            claims.append(payload)
            return encode(payload, key, algorithm=algorithm)

        encode = jwt.encode
        with unittest.mock.patch.object(jwt, "encode", late):
            self.assertEqual(1, len(self.client.list_clusters()))
        self.assertEqual(2, len(claims))

    def test_a_server_stopped_in_the_middle_of_a_create_and_of_a_stream_of_events(self) -> None:
        with ThreadPoolExecutor(1) as threads, self.client.stream_events(kinds=["volume"]) as events:
            before = self.client.create_volume(SMALL)
            self.client.set_faults(FaultRules([SLOW]))
            made = threads.submit(self.client.create_volume, SMALL)
            self.until(lambda: self.client.get_faults().rules[0].acted > 0)
            self.assertEqual(before.id, next(events).id)
            server.stop()
            server.start()
            after = made.result()
            self.assertEqual(sorted([before.id, after.id]), self.client.list_volumes())
            self.client.delete_volume(before.id)
            self.assertEqual([("created", after.id), ("deleted", before.id)], [(it.type, it.id) for it in (next(events), next(events))])

    def test_a_server_that_dies_between_request_and_answer_acts_once(self) -> None:
        """And in the middle of what somebody else asked for."""
        creates = {
            "BricklayerClient": lambda: self.client.create_volume(SMALL).id,
            "HeketiClient": lambda: HeketiClient(server.url, "admin", KEY, patience=PATIENCE).volume_create({"size": 1})["id"],
        }
        for name in creates:
            with self.subTest(f"{name} gets no answer"), ThreadPoolExecutor(2) as threads:
                self.client.set_faults(FaultRules([SLOW]))
                others = [threads.submit(create) for other, create in creates.items() if other != name]
                self.until(lambda: self.client.get_faults().rules[0].acted > 0)
                self.client.set_faults(FaultRules([CRASH]))
                mine = threads.submit(creates[name])
                server.await_own_end()
                server.start()
                self.assertEqual(sorted(it.result() for it in [mine, *others]), self.client.list_volumes())
            self.leave_nothing()

    def test_who_gave_up_may_ask_again_with_the_key(self) -> None:
        self.client.set_faults(FaultRules([CRASH]))
        with self.assertRaises(OutcomeUnknown) as caught:
            server.client(Patience(reconnect=0)).create_volume(SMALL)
        self.assertIsNone(caught.exception.queue)
        server.await_own_end()
        with self.assertRaises(ServerUnreachable):
            self.client.list_volumes()
        server.start()
        made = self.client.with_key(caught.exception.key).create_volume(SMALL)
        self.assertEqual([made.id], self.client.list_volumes())
        self.assertEqual(made, self.client.with_key(caught.exception.key).create_volume(SMALL))
        with self.assertRaises(InvalidRequest) as reused:
            self.client.with_key(caught.exception.key).create_volume(VolumeCreateRequest(size=2))
        self.assertEqual("key-reused", reused.exception.problem.kind)

    def test_a_command_that_fails_on_a_node_is_told(self) -> None:
        broken = FaultRule(operation="create-volume", command="^mkfs", act="error", stderr="mkfs.xfs: no such luck")
        self.client.set_faults(FaultRules([broken]))
        with self.assertRaises(OperationFailed) as caught:
            self.client.create_volume(SMALL)
        self.assertEqual("operation-failed", caught.exception.problem.kind)
        self.assertIn("no such luck", caught.exception.problem.detail)
        self.assertTrue(caught.exception.problem.next)
        self.assertIn("no such luck", str(caught.exception))
        with self.assertRaises(requests.exceptions.HTTPError) as also:
            HeketiClient(server.url, "admin", KEY).volume_create({"size": 1})
        self.assertIn("no such luck", also.exception.response.text)

    def test_a_volume_without_room_says_how_large_one_could_be(self) -> None:
        with self.assertRaises(ServerFailed) as caught:
            self.client.create_volume(VolumeCreateRequest(size=5000, durability=replicate(3)))
        problem = caught.exception.problem
        self.assertEqual("no-space", problem.kind)
        self.assertGreater(problem.more["largest_size_gib"], 10)
        self.assertTrue(problem.more["devices"])

    def test_threads_share_a_client(self) -> None:
        made: list[VolumeInfo] = []
        workers = [threading.Thread(target=lambda: made.append(self.client.create_volume(SMALL))) for _ in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        self.assertEqual(sorted(it.id for it in made), self.client.list_volumes())
        self.assertEqual(4, len(made))

    def until(self, condition) -> None:
        give_up = time.monotonic() + 60
        while not condition():
            self.assertLess(time.monotonic(), give_up, "it did not come to pass within a minute")
            time.sleep(0.02)


if __name__ == "__main__":
    unittest.main()

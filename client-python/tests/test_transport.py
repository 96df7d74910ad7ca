"""How requests are said, against a server that answers by script."""

import socket
import ssl
import subprocess
import shutil
import tempfile
import time
import unittest
from pathlib import Path

import requests
from fake_server import KEY, LOST, Answer, FakeServer

from bricklayer import BricklayerClient, HeketiClient, Patience
from bricklayer.errors import (
    BricklayerError,
    InvalidRequest,
    NotFound,
    OperationFailed,
    OutcomeUnknown,
    Problem,
    RequestRefused,
    ServerBusy,
    ServerUnreachable,
    UnexpectedAnswer,
)
from bricklayer.model import VolumeCreateRequest

ID = "e1" * 16
QUICK = Patience(poll_first=0, poll_max=0.01, reconnect=5, busy_first=0.01, busy_max=0.05)
VOLUME = Answer(200, '{"id": "%s", "size": 1}' % ID)
MADE = Answer(303, headers={"Location": f"/volumes/{ID}"})


class TransportTest(unittest.TestCase):
    def setUp(self) -> None:
        self.server = FakeServer()
        self.addCleanup(self.server.close)
        self.client = BricklayerClient(self.server.url, "admin", KEY, patience=QUICK)

    def create(self, client=None):
        return (client or self.client).create_volume(VolumeCreateRequest(size=1))

    def posts(self):
        return [index for index, (method, _, _) in enumerate(self.server.seen) if method == "POST"]

    def keys(self):
        return [self.server.headers[index]["Idempotency-Key"] for index in self.posts()]

    # Keys

    def test_each_change_has_a_key_of_its_own_and_a_question_none(self) -> None:
        self.server.answers("POST", "/clusters", Answer(201, "{}"), Answer(201, "{}"))
        self.server.answers("GET", "/clusters", Answer(200, "{}"))
        self.client.create_cluster()
        self.client.create_cluster()
        self.client.list_clusters()
        self.assertEqual(2, len(set(self.keys())))
        self.assertNotIn("Idempotency-Key", self.server.headers[-1])

    def test_a_key_of_the_callers_is_sent_with_the_change_alone(self) -> None:
        self.server.operation("POST", "/volumes", MADE)
        self.server.answers("GET", f"/volumes/{ID}", VOLUME)
        self.create(self.client.with_key("claim-7"))
        self.assertEqual(["claim-7"], self.keys())
        self.assertEqual(1, sum("Idempotency-Key" in headers for headers in self.server.headers))

    # Lost answers

    def test_a_change_whose_answer_is_lost_is_sent_again_with_its_key(self) -> None:
        self.server.answers("POST", "/volumes", LOST, LOST, Answer(202, headers={"Location": "/queue/0b0b"}))
        self.server.answers("GET", "/queue/0b0b", Answer(200, headers={"X-Pending": "true"}), LOST, MADE)
        self.server.answers("GET", f"/volumes/{ID}", VOLUME)
        self.assertEqual(ID, self.create().id)
        self.assertEqual(3, len(self.keys()))
        self.assertEqual(1, len(set(self.keys())))

    def test_a_proxy_that_lost_the_server_is_no_answer(self) -> None:
        self.server.answers("GET", "/volumes", Answer(502, "Bad Gateway"), Answer(504), Answer(200, '{"volumes": ["1"]}'))
        self.assertEqual(["1"], self.client.list_volumes())

    def test_a_server_that_knows_no_keys_is_not_asked_twice(self) -> None:
        heketi = FakeServer(problems=False)
        self.addCleanup(heketi.close)
        heketi.answers("POST", "/volumes", LOST, Answer(202, headers={"Location": "/queue/0b0b"}))
        for client in (HeketiClient(heketi.url, "admin", KEY, patience=QUICK), BricklayerClient(heketi.url, "admin", KEY, patience=QUICK)):
            with self.subTest(type(client).__name__), self.assertRaises(OutcomeUnknown):
                client.volume_create({"size": 1}) if isinstance(client, HeketiClient) else self.create(client)
            heketi.answers("POST", "/volumes", LOST, Answer(202, headers={"Location": "/queue/0b0b"}))
        self.assertEqual(2, sum(method == "POST" for method, _, _ in heketi.seen))

    def test_what_would_act_twice_is_sent_once(self) -> None:
        self.server.answers("POST", "/operations/quarantined/forget", LOST, Answer(204))
        with self.assertRaises(OutcomeUnknown):
            self.client.forget_quarantined("bricks", ID)
        self.assertEqual(1, len(self.server.seen))

    def test_nobody_there_is_told_at_once(self) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            nobody = BricklayerClient(f"http://127.0.0.1:{taken.getsockname()[1]}", "admin", KEY)
            begun = time.monotonic()
            with self.assertRaises(ServerUnreachable) as caught:
                self.create(nobody)
        self.assertLess(time.monotonic() - begun, 30)
        self.assertIn("refused", str(caught.exception))
        self.assertIsInstance(caught.exception, requests.exceptions.ConnectionError)

    def test_a_server_that_stays_away_is_given_up(self) -> None:
        self.server.answers("POST", "/volumes", *[LOST] * 1000)
        impatient = BricklayerClient(self.server.url, "admin", KEY, patience=Patience(reconnect=0.2))
        with self.assertRaises(OutcomeUnknown) as caught:
            self.create(impatient)
        self.assertEqual({caught.exception.key}, set(self.keys()))
        self.assertGreater(len(self.keys()), 1)
        self.assertIsNone(caught.exception.queue)

    def test_an_answer_that_never_comes_is_lost(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            client = BricklayerClient(f"http://127.0.0.1:{silent.getsockname()[1]}", patience=Patience(answer=0.05, reconnect=0.1))
            with self.assertRaises(ServerUnreachable):
                client.list_volumes()

    # Busy

    def test_a_busy_server_is_asked_again_when_it_says(self) -> None:
        self.server.answers("GET", "/volumes", Answer(429, "busy", {"Retry-After": "1"}), Answer(200, '{"volumes": []}'))
        begun = time.monotonic()
        client = BricklayerClient(self.server.url, "admin", KEY)
        self.assertEqual([], client.list_volumes())
        self.assertGreaterEqual(time.monotonic() - begun, 1)

    def test_no_server_can_make_us_wait_for_ever(self) -> None:
        self.server.answers("GET", "/volumes", Answer(429, "busy", {"Retry-After": "999999999"}), Answer(200, '{"volumes": []}'))
        self.assertEqual([], self.client.list_volumes())

    def test_a_server_that_stays_busy_is_told_of(self) -> None:
        self.server.answers("GET", "/volumes", *[Answer(429, "Server busy.\n", {"Retry-After": "Sat, 01 Jan 2000 00:00:00 GMT"})] * 20)
        with self.assertRaises(ServerBusy) as caught:
            self.client.list_volumes()
        self.assertEqual(1 + QUICK.busy_retries, len(self.server.seen))
        self.assertEqual("Server busy.", caught.exception.problem.detail)

    # The queue

    def test_an_operation_is_not_waited_for_for_ever(self) -> None:
        self.server.operation("POST", "/volumes", MADE, pending=1000)
        with self.assertRaises(OutcomeUnknown) as caught:
            self.create(BricklayerClient(self.server.url, "admin", KEY, patience=Patience(poll_max=0.01, operation=0.1)))
        self.assertEqual("/queue/0b0b", caught.exception.queue)
        self.assertEqual([caught.exception.key], self.keys())

    def test_an_operation_that_the_server_forgot_is_told_of(self) -> None:
        self.server.answers("POST", "/volumes", Answer(202, headers={"Location": "/queue/0c0c"}))
        with self.assertRaises(OutcomeUnknown) as caught:
            self.create()
        self.assertEqual("/queue/0c0c", caught.exception.queue)

    def test_tokens_are_not_carried_elsewhere(self) -> None:
        for elsewhere in ("http://elsewhere/queue/1", "//elsewhere/queue/1", ""):
            with self.subTest(elsewhere):
                self.server.answers("POST", "/volumes", Answer(202, headers={"Location": elsewhere}))
                with self.assertRaises(UnexpectedAnswer):
                    self.create()

    # Answers

    def test_a_problem_is_told_in_full(self) -> None:
        said = (
            '{"type": "urn:bricklayer:problem:host-failure", "title": "a node failed", "status": 500, "detail": "it failed", "object": "volume v",'
            ' "cause": "no route", "host": "node1", "command": "lvs", "stderr": "oops", "next": "look at node1", "request": "r1", "devices": [1]}'
        )
        self.server.operation("POST", "/volumes", Answer(500, said, {"Content-Type": "application/problem+json; charset=utf-8"}))
        with self.assertRaises(OperationFailed) as caught:
            self.create()
        self.assertEqual(
            Problem(
                500, "it failed", "urn:bricklayer:problem:host-failure", "a node failed", "volume v", "no route",
                "node1", "lvs", "oops", "look at node1", "r1", {"devices": [1]},
            ),
            caught.exception.problem,
        )  # fmt: skip
        self.assertEqual("host-failure", caught.exception.problem.kind)
        for words in ("POST /volumes", "it failed", "no route", "node1", "lvs", "oops", "look at node1"):
            self.assertIn(words, str(caught.exception))

    def test_each_refusal_has_its_kind_and_heketis_words(self) -> None:
        for status, kind in ((400, InvalidRequest), (404, NotFound), (422, InvalidRequest), (405, RequestRefused)):
            with self.subTest(status):
                self.server.answers("GET", "/volumes", Answer(status, "no\n", {"X-Request-ID": "r7"}))
                with self.assertRaises(kind) as caught:
                    self.client.list_volumes()
                self.assertEqual(("no", "r7", ""), (caught.exception.problem.detail, caught.exception.problem.request, caught.exception.problem.type))
                self.assertIsInstance(caught.exception, requests.exceptions.HTTPError)
                self.assertIsInstance(caught.exception, BricklayerError)

    def test_what_is_no_answer_of_a_bricklayer_is_told_of(self) -> None:
        for answer in (Answer(200, "<html>"), Answer(200, "[]"), Answer(200, '{"volumes": '), Answer(301, headers={"Location": "/x"})):
            with self.subTest(answer.body):
                self.server.answers("GET", "/volumes", answer)
                with self.assertRaises(UnexpectedAnswer):
                    self.client.list_volumes()

    def test_a_broken_problem_is_still_a_refusal(self) -> None:
        self.server.answers("GET", "/volumes", Answer(400, '{"type": ', {"Content-Type": "application/problem+json"}))
        with self.assertRaises(InvalidRequest):
            self.client.list_volumes()

    def test_an_answer_of_a_newer_server_is_understood(self) -> None:
        self.server.answers("GET", f"/volumes/{ID}", Answer(200, '{"id": "x", "novelty": {"a": 1}, "bricks": [{"id": "b", "more": 2}]}'))
        volume = self.client.get_volume(ID)
        self.assertEqual(("x", "b", 0, ""), (volume.id, volume.bricks[0].id, volume.size, volume.name))

    def test_an_empty_id_asks_for_nothing(self) -> None:
        for call in (lambda: self.client.delete_volume(""), lambda: HeketiClient(self.server.url, "admin", KEY).volume_delete("")):
            with self.assertRaises(ValueError):
                call()
        self.assertEqual([], self.server.seen)

    # Plans

    def test_a_server_without_plans_is_not_asked_for_the_change(self) -> None:
        heketi = FakeServer(problems=False)
        self.addCleanup(heketi.close)
        with self.assertRaises(UnexpectedAnswer):
            BricklayerClient(heketi.url, "admin", KEY, patience=QUICK).plan(lambda it: it.delete_volume(ID))
        self.assertEqual([("GET", "/plans/0", "")], heketi.seen)

    def test_a_change_that_is_planned_is_asked_for_as_a_dry_run_and_nothing_after_it(self) -> None:
        self.server.answers("DELETE", f"/volumes/{ID}?dryRun=true", Answer(200, '{"id": "p1", "kind": "delete-volume"}'))
        plan = self.client.plan(lambda it: (it.delete_volume(ID), it.create_cluster()))
        self.assertEqual("p1", plan.id)
        self.assertEqual(["/plans/0", f"/volumes/{ID}?dryRun=true"], [path for _, path, _ in self.server.seen])
        self.assertNotIn("Idempotency-Key", self.server.headers[-1])

    # A comparison

    def test_a_comparison_that_breaks_off_is_told_of(self) -> None:
        for rest in ("", '{"finding": {"id"'):
            with self.subTest(rest):
                self.server.answers("GET", "/reconcile", Answer(200, '{"node": {"id": "n", "done": 1, "of": 2}}\n\n{"novelty": {}}\n' + rest))
                lines = self.client.compare_nodes()
                self.assertEqual("n", next(lines).id)
                with self.assertRaises(ServerUnreachable):
                    list(lines)


@unittest.skipUnless(shutil.which("openssl"), "there is no openssl to make certificates with")
class TlsTest(unittest.TestCase):
    def test_only_certificates_that_ours_vouches_for_are_taken(self) -> None:
        folder = Path(tempfile.mkdtemp(prefix="bricklayer-python-"))
        self.addCleanup(shutil.rmtree, folder)
        for name in ("ours", "theirs"):
            subprocess.run(
                ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                 "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder / f"{name}.key", "-out", folder / f"{name}.pem"],
                check=True, capture_output=True,
            )  # fmt: skip
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(folder / "ours.pem", folder / "ours.key")
        server = FakeServer(tls)
        self.addCleanup(server.close)
        server.answers("GET", "/volumes", *[Answer(200, '{"volumes": []}')] * 4)
        ours = str(folder / "ours.pem")
        self.assertEqual([], BricklayerClient(server.url, "admin", KEY, verify=ours).list_volumes())
        self.assertEqual({"volumes": []}, HeketiClient(server.url, "admin", KEY, verify=ours).volume_list())
        with self.assertRaises(ServerUnreachable) as caught:
            BricklayerClient(server.url, "admin", KEY, verify=str(folder / "theirs.pem")).create_cluster()
        self.assertIn("certificate verify failed", str(caught.exception))
        self.assertEqual(2, len(server.seen))


if __name__ == "__main__":
    unittest.main()

import inspect
import io
import json
import unittest
from typing import get_type_hints

import requests
from fake_server import KEY, Answer, FakeServer

from bricklayer import TAGS_DELETE, TAGS_SET, TAGS_UPDATE, HeketiClient

ID = "e1" * 16
THING = {"id": ID, "nodes": []}
BODY = {"some": "option"}

# Method of the client, its arguments, and what it must send: method, path, body.
FETCHES = [
    ("cluster_list", (), "GET", "/clusters", None),
    ("cluster_info", (ID,), "GET", f"/clusters/{ID}", None),
    ("cluster_create", (BODY,), "POST", "/clusters", BODY),
    ("cluster_create", (), "POST", "/clusters", {}),
    ("node_info", (ID,), "GET", f"/nodes/{ID}", None),
    ("device_info", (ID,), "GET", f"/devices/{ID}", None),
    ("volume_list", (), "GET", "/volumes", None),
    ("volume_info", (ID,), "GET", f"/volumes/{ID}", None),
    ("block_volume_list", (), "GET", "/blockvolumes", None),
    ("block_volume_info", (ID,), "GET", f"/blockvolumes/{ID}", None),
    ("db_check", (), "GET", "/db/check", None),
    ("state_examine", (), "GET", "/internal/state/examine/gluster", None),
    ("loglevel_get", (), "GET", "/internal/logging", None),
    ("loglevel_set", (BODY,), "POST", "/internal/logging", BODY),
    ("admin_get", (), "GET", "/admin", None),
    ("operations_info", (), "GET", "/operations", None),
    ("operations_health", (), "GET", "/operations/health", None),
    ("operations_list", (), "GET", "/operations/pending", None),
    ("operations_details", (ID,), "GET", f"/operations/pending/{ID}", None),
    ("operation_info", (ID,), "GET", f"/operations/{ID}", None),
    ("operations_abandoned", (), "GET", "/operations/abandoned", None),
]
ACKNOWLEDGED = [
    ("hello", (), "GET", "/hello", None),
    ("cluster_setflags", (ID, BODY), "POST", f"/clusters/{ID}/flags", BODY),
    ("cluster_delete", (ID,), "DELETE", f"/clusters/{ID}", None),
    ("node_set_tags", (ID, BODY), "POST", f"/nodes/{ID}/tags", BODY),
    ("device_set_tags", (ID, BODY), "POST", f"/devices/{ID}/tags", BODY),
]
OPERATIONS_THAT_MAKE = [
    ("node_add", (BODY,), "POST", "/nodes", BODY),
    ("volume_create", (BODY,), "POST", "/volumes", BODY),
    ("volume_expand", (ID, {"expand_size": 10}), "POST", f"/volumes/{ID}/expand", {"expand_size": 10}),
    ("volume_clone", (ID, BODY), "POST", f"/volumes/{ID}/clone", BODY),
    ("volume_clone", (ID,), "POST", f"/volumes/{ID}/clone", {}),
    ("volume_set_block_restriction", (ID, BODY), "POST", f"/volumes/{ID}/block-restriction", BODY),
    ("block_volume_create", (BODY,), "POST", "/blockvolumes", BODY),
    ("operation_resume", (ID,), "POST", f"/operations/pending/{ID}/resume", None),
    ("operation_undo", (ID,), "POST", f"/operations/pending/{ID}/undo", None),
    ("operation_abandon", (ID,), "POST", f"/operations/pending/{ID}/abandon", None),
    ("block_volume_expand", (ID, {"new_size": 10}), "POST", f"/blockvolumes/{ID}/expand", {"new_size": 10}),
]
OPERATIONS = [
    ("node_delete", (ID,), "DELETE", f"/nodes/{ID}", None),
    ("node_state", (ID, BODY), "POST", f"/nodes/{ID}/state", BODY),
    ("device_add", (BODY,), "POST", "/devices", BODY),
    ("device_delete", (ID,), "DELETE", f"/devices/{ID}", None),
    ("device_delete", (ID, BODY), "DELETE", f"/devices/{ID}", BODY),
    ("device_state", (ID, BODY), "POST", f"/devices/{ID}/state", BODY),
    ("device_resync", (ID,), "GET", f"/devices/{ID}/resync", None),
    ("volume_delete", (ID,), "DELETE", f"/volumes/{ID}", None),
    ("block_volume_delete", (ID,), "DELETE", f"/blockvolumes/{ID}", None),
    ("brick_evict", (ID,), "POST", f"/bricks/to-evict/{ID}", None),
    ("brick_evict", (ID, BODY), "POST", f"/bricks/to-evict/{ID}", BODY),
    ("operations_cleanup", (), "POST", "/operations/pending/cleanup", {}),
    ("operations_cleanup", (BODY,), "POST", "/operations/pending/cleanup", BODY),
]
# Tested one by one.
OTHERS = {"db_dump", "db_backup", "admin_set"}
# The methods of Heketi's client with the arguments that its callers may give by name.
HEKETIS = {
    "hello": [],
    "cluster_create": ["cluster_options"],
    "cluster_setflags": ["cluster_id", "cluster_options"],
    "cluster_info": ["cluster_id"],
    "cluster_list": [],
    "cluster_delete": ["cluster_id"],
    "node_add": ["node_options"],
    "node_info": ["node_id"],
    "node_delete": ["node_id"],
    "node_state": ["node_id", "state_request"],
    "node_set_tags": ["node_id", "tags_options"],
    "device_add": ["device_options"],
    "device_info": ["device_id"],
    "device_delete": ["device_id"],
    "device_state": ["device_id", "state_request"],
    "device_resync": ["device_id"],
    "device_set_tags": ["device_id", "tags_options"],
    "volume_create": ["volume_options"],
    "volume_list": [],
    "volume_info": ["volume_id"],
    "volume_expand": ["volume_id", "expand_size"],
    "volume_delete": ["volume_id"],
    "block_volume_list": [],
    "block_volume_info": ["volume_id"],
    "block_volume_create": ["volume_options"],
    "block_volume_delete": ["volume_id"],
    "db_dump": [],
}


class HeketiClientTest(unittest.TestCase):
    def setUp(self) -> None:
        self.server = FakeServer()
        self.addCleanup(self.server.close)
        self.client = HeketiClient(self.server.url, "admin", KEY, poll_delay=0)

    def call(self, name, arguments):
        self.server.seen.clear()
        return getattr(self.client, name)(*arguments)

    def assert_sent_first(self, method, path, body) -> None:
        sent_method, sent_path, sent_body = self.server.seen[0]
        self.assertEqual((method, path), (sent_method, sent_path))
        self.assertEqual(body, json.loads(sent_body) if sent_body else None)

    def test_fetches_give_what_the_server_says(self) -> None:
        for name, arguments, method, path, body in FETCHES:
            with self.subTest(name):
                status = 201 if (method, path) == ("POST", "/clusters") else 200
                self.server.answers(method, path, Answer(status, json.dumps(THING)))
                self.assertEqual(THING, self.call(name, arguments))
                self.assert_sent_first(method, path, body)

    def test_acknowledged_requests_give_true(self) -> None:
        for name, arguments, method, path, body in ACKNOWLEDGED:
            with self.subTest(name):
                self.server.answers(method, path, Answer(200))
                self.assertIs(True, self.call(name, arguments))
                self.assert_sent_first(method, path, body)

    def test_operations_give_what_they_made(self) -> None:
        for name, arguments, method, path, body in OPERATIONS_THAT_MAKE:
            with self.subTest(name):
                self.server.operation(method, path, Answer(303, headers={"Location": "/things/1"}))
                self.server.answers("GET", "/things/1", Answer(200, json.dumps(THING)))
                self.assertEqual(THING, self.call(name, arguments))
                self.assert_sent_first(method, path, body)

    def test_operations_that_make_nothing_give_true(self) -> None:
        for name, arguments, method, path, body in OPERATIONS:
            with self.subTest(name):
                self.server.operation(method, path, Answer(204))
                self.assertIs(True, self.call(name, arguments))
                self.assert_sent_first(method, path, body)

    def test_there_is_no_method_that_these_tests_forgot(self) -> None:
        named = {case[0] for case in FETCHES + ACKNOWLEDGED + OPERATIONS_THAT_MAKE + OPERATIONS} | OTHERS
        public = {name for name, _ in inspect.getmembers(HeketiClient, inspect.isfunction) if name[0] != "_"}
        self.assertEqual(public, named)

    def test_every_method_of_heketis_client_is_there_with_its_arguments(self) -> None:
        for name, arguments in HEKETIS.items():
            with self.subTest(name):
                parameters = list(inspect.signature(getattr(HeketiClient, name)).parameters)
                self.assertEqual(["self"] + arguments, parameters[: 1 + len(arguments)])
                inspect.signature(getattr(HeketiClient, name)).bind(self.client, *arguments)

    def test_every_method_has_type_hints(self) -> None:
        for name, method in inspect.getmembers(HeketiClient, inspect.isfunction):
            with self.subTest(name):
                hints = get_type_hints(method)
                self.assertEqual(set(inspect.signature(method).parameters) - {"self"} | {"return"}, set(hints))

    def test_setting_the_mode_gives_true(self) -> None:
        self.server.answers("POST", "/admin", Answer(204))
        self.assertIs(True, self.client.admin_set({"state": "read-only"}))
        self.assertEqual([("POST", "/admin", '{"state": "read-only"}')], self.server.seen)

    def test_a_backup_is_written_as_it_comes(self) -> None:
        self.server.answers("GET", "/backup/db", Answer(200, "\0" * 200_000))
        file = io.BytesIO()
        self.client.db_backup(file)
        self.assertEqual(b"\0" * 200_000, file.getvalue())

    def test_a_backup_that_is_cut_off_is_no_backup(self) -> None:
        self.server.answers("GET", "/backup/db", Answer(200, "abc", headers={"Content-Length": "5"}))
        with self.assertRaises(requests.exceptions.RequestException):
            self.client.db_backup(io.BytesIO())

    def test_a_refused_backup_writes_nothing(self) -> None:
        file = io.BytesIO()
        with self.assertRaises(requests.exceptions.HTTPError) as caught:
            self.client.db_backup(file)
        self.assertEqual("Id not found\n", caught.exception.response.text)
        self.assertEqual(b"", file.getvalue())

    def test_the_dump_is_the_whole_answer(self) -> None:
        self.server.answers("GET", "/db/dump", Answer(200, "{}"))
        self.assertIsInstance(self.client.db_dump(), requests.Response)

    def test_waits_while_an_operation_is_pending(self) -> None:
        self.server.operation("DELETE", f"/volumes/{ID}", Answer(204), pending=3)
        self.assertTrue(self.client.volume_delete(ID))
        self.assertEqual([("GET", "/queue/0b0b", "")] * 4, self.server.seen[1:])

    def test_an_operation_that_fails_raises_with_the_servers_words(self) -> None:
        self.server.operation("POST", "/volumes", Answer(500, "lvcreate failed on n1\n"))
        with self.assertRaises(requests.exceptions.HTTPError) as caught:
            self.client.volume_create({"size": 1})
        self.assertEqual("lvcreate failed on n1\n", caught.exception.response.text)

    def test_a_refusal_raises(self) -> None:
        with self.assertRaises(requests.exceptions.HTTPError) as caught:
            self.client.volume_info("badid")
        self.assertEqual(404, caught.exception.response.status_code)

    def test_tokens_live_a_minute_and_name_the_user(self) -> None:
        self.server.answers("GET", "/hello", Answer(200))
        self.client.hello()
        [claims] = self.server.claims
        self.assertEqual({"iss", "iat", "exp", "qsh"}, set(claims))
        self.assertEqual("admin", claims["iss"])
        self.assertEqual(60, claims["exp"] - claims["iat"])

    def test_each_request_of_an_operation_has_a_token_of_its_own(self) -> None:
        self.server.operation("POST", "/nodes", Answer(303, headers={"Location": f"/nodes/{ID}"}))
        self.server.answers("GET", f"/nodes/{ID}", Answer(200, "{}"))
        self.client.node_add({})
        self.assertEqual(3, len({claims["qsh"] for claims in self.server.claims}))

    def test_a_path_in_the_address_is_signed_too(self) -> None:
        self.server.answers("GET", "/storage/hello", Answer(200))
        self.assertTrue(HeketiClient(self.server.url + "/storage/", "admin", KEY).hello())

    def test_change_types_of_tags(self) -> None:
        self.assertEqual(("set", "update", "delete"), (TAGS_SET, TAGS_UPDATE, TAGS_DELETE))

    def test_the_constructor_takes_heketis_arguments_in_their_order(self) -> None:
        client = HeketiClient("http://h", "user", "k", False, 5)
        self.assertEqual(
            ("http://h", "user", "k", False, 5),
            (client.host, client.user, client.key, client.verify, client.poll_delay),
        )


if __name__ == "__main__":
    unittest.main()

"""Every endpoint, asked by both clients, of a real server on simulated nodes."""

import io
import os
import re
import time
import unittest
from pathlib import Path
from typing import Any, Callable
from unittest import mock

import model_source
import requests
from live_server import KEY, USER_KEY, LiveServer, load_topology, shared

import bricklayer.model
from bricklayer import TAGS_SET, TAGS_UPDATE, BricklayerClient, DriftEnd, HeketiClient, NodeLooked, Patience, disperse, replicate
from bricklayer.errors import Conflict, InvalidRequest, NotAuthorised, NotFound, OperationFailed, OutcomeUnknown
from bricklayer.model import (
    AdoptionRequest,
    BlockVolumeCreateRequest,
    ClusterCreateRequest,
    ClusterFlagsRequest,
    DeviceAddRequest,
    Drift,
    FaultRule,
    FaultRules,
    Hostnames,
    NodeAddRequest,
    NodeAddressRequest,
    RebuildRequest,
    RepairRequest,
    Snapshot,
    StateRequest,
    TagsChangeRequest,
    VolumeCreateRequest,
    VolumeInfo,
)
from bricklayer.transport import Transport

MODEL = Path(bricklayer.model.__file__)
server: LiveServer
asked: set[tuple[str, str]] = set()


def setUpModule() -> None:
    global server
    server = shared()
    send = Transport._send

    def noting(self: Transport, method: str, path: str, *rest: Any) -> Any:
        asked.add((method, path))
        return send(self, method, path, *rest)

    noted = mock.patch.object(Transport, "_send", noting)
    noted.start()
    unittest.addModuleCleanup(noted.stop)


class DescriptionTest(unittest.TestCase):
    def test_every_operation_has_a_method_of_its_name(self) -> None:
        for path, methods in server.client().describe()["paths"].items():
            for method, operation in _operations(methods):
                name = re.sub("([A-Z])", r"_\1", operation["operationId"]).lower()
                with self.subTest(f"{method.upper()} {path}"):
                    self.assertTrue(
                        callable(getattr(BricklayerClient, name, None)),
                        f"BricklayerClient has no method {name}; add it to bricklayer/client.py, and its use to EndpointsTest",
                    )

    def test_the_model_is_what_the_server_describes(self) -> None:
        written = model_source.model(server.client().describe())
        if os.environ.get("MODEL_WRITE"):
            MODEL.write_text(written)
        self.assertEqual(
            model_source.structure(MODEL.read_text()),
            model_source.structure(written),
            "requests or answers have changed: MODEL_WRITE=1 client-python/run-tests writes bricklayer/model.py again",
        )


class EndpointsTest(unittest.TestCase):
    """In the order of the names, with one set of nodes."""

    maxDiff = None

    def setUp(self) -> None:
        self.client = server.client()

    def test_1_service(self) -> None:
        self.assertEqual("Hello from Heketi", self.client.hello())
        self.assertEqual("ok", self.client.live().status)
        self.assertIn("journal", [check.name for check in self.client.ready().checks])
        self.assertIn("bricklayer_http_request_seconds", self.client.metrics())
        self.assertIn("/volumes/{id}", self.client.docs())
        self.assertEqual("ok", self.client.get_health().status)

    def test_2_clusters_nodes_devices(self) -> None:
        client = self.client
        load_topology(client, nodes=4)
        [cluster] = client.list_clusters()
        other = client.create_cluster(ClusterCreateRequest(file=True))
        self.assertEqual((True, False), (other.file, other.block))
        client.set_cluster_flags(other.id, ClusterFlagsRequest(block=True))
        other = client.get_cluster(other.id)
        self.assertEqual((False, True), (other.file, other.block))
        client.delete_cluster(other.id)
        self.assertEqual([cluster], client.list_clusters())

        node = client.add_node(NodeAddRequest(zone=5, hostnames=Hostnames(["node5"], ["10.0.0.5"]), cluster=cluster, tags={"rack": "r5"}))
        self.assertEqual({"rack": "r5"}, client.get_node(node.id).tags)
        self.assertEqual({"rack": "r6", "x": "y"}, client.set_node_tags(node.id, TagsChangeRequest("update", {"rack": "r6", "x": "y"})))
        self.assertEqual({}, client.set_node_tags(node.id, TagsChangeRequest("set")))
        self.assertEqual(9, client.set_node_zone(node.id, 9).zone)
        # each name of a simulated node is a machine of its own
        with self.assertRaisesRegex(Conflict, "another machine answers there"):
            client.set_node_address(node.id, NodeAddressRequest(manage="node5b"))
        self.assertEqual(["node5"], client.set_node_address(node.id, NodeAddressRequest(manage="node5")).hostnames.manage)
        self.assertEqual(9, client.get_node(node.id).zone)
        client.add_device(DeviceAddRequest(name="/dev/vdb", node=node.id, destroydata=True))
        [device] = client.get_node(node.id).devices
        self.assertGreater(client.get_device(device.id).storage.free, 1 << 20)
        self.assertEqual({"a": "b"}, client.set_device_tags(device.id, TagsChangeRequest("set", {"a": "b"})))
        client.resync_device(device.id)
        client.set_device_state(device.id, StateRequest("offline"))
        self.assertEqual("offline", client.get_device(device.id).state)
        client.set_device_state(device.id, StateRequest("failed"))
        client.delete_device(device.id, force_forget=True)
        client.set_node_state(node.id, StateRequest("offline"))
        self.assertEqual("offline", client.get_node(node.id).state)
        self.assertEqual([], client.get_node(node.id).devices)
        client.delete_node(node.id)
        with self.assertRaises(NotFound) as caught:
            client.get_node(node.id)
        self.assertEqual(("not-found", 404), (caught.exception.problem.kind, caught.exception.problem.status))

    def test_3_volumes(self) -> None:
        client = self.client
        volume = client.create_volume(
            VolumeCreateRequest(size=2, name="data", durability=replicate(3), snapshot=Snapshot(True, 1.5), glustervolumeoptions=["performance.io-cache off"])
        )
        self.assertEqual(("data", 2, 3), (volume.name, volume.size, len(volume.bricks)))
        self.assertEqual(volume, client.get_volume(volume.id))
        self.assertEqual(3, client.expand_volume(volume.id, 1).size)
        clone = client.clone_volume(volume.id, "copy")
        self.assertEqual(sorted([volume.id, clone.id]), client.list_volumes())
        self.assertEqual(min(volume.id, clone.id), client.list_volumes(limit=1)[0])
        self.assertEqual([max(volume.id, clone.id)], client.list_volumes(after=min(volume.id, clone.id)))
        self.assertEqual([clone.id], client.list_volumes(name=clone.name, cluster=clone.cluster))
        dispersed = client.create_volume(VolumeCreateRequest(size=3, durability=disperse(2, 1)))
        self.assertEqual(2, dispersed.durability.disperse.data)
        before = {brick.id for brick in dispersed.bricks}
        client.evict_brick(dispersed.bricks[0].id)
        self.assertEqual(2, len(before & {brick.id for brick in client.get_volume(dispersed.id).bricks}))
        for gone in (clone, dispersed):
            client.delete_volume(gone.id)
        self.assertEqual([volume.id], client.list_volumes())

    def test_4_block_volumes(self) -> None:
        client = self.client
        block = client.create_block_volume(BlockVolumeCreateRequest(size=2, name="disk", auth=True))
        self.assertTrue(block.blockvolume.password)
        self.assertEqual([block.id], client.list_block_volumes())
        self.assertEqual(3, client.expand_block_volume(block.id, 3).usablesize)
        self.assertEqual(3, client.get_block_volume(block.id).size)
        hosting = client.restrict_volume(block.blockhostingvolume, True)
        self.assertEqual("locked", hosting.blockinfo.restriction)
        self.assertEqual("", client.restrict_volume(hosting.id, False).blockinfo.restriction)
        client.delete_block_volume(block.id)
        client.delete_volume(hosting.id)

    def test_5_operations(self) -> None:
        client = self.client
        self.assertEqual(0, client.count_operations().in_flight)
        broken = FaultRule(name="no deletion", operation="delete-volume", command="lvremove", act="error", stderr="device busy")
        self.addCleanup(client.clear_faults)
        self.assertEqual(7, client.set_faults(FaultRules([broken], seed=7)).seed)
        volume = client.create_volume(VolumeCreateRequest(size=1))
        with self.assertRaises(OutcomeUnknown) as impatient:
            server.client(patience=Patience(operation=0)).delete_volume(volume.id)
        operation = str(impatient.exception.queue).rpartition("/")[2]
        self.assertTrue(client.get_queue(operation).pending)
        self.assertEqual("delete-volume", client.get_operation(operation).type_name)
        for steering in (client.undo_operation, client.resume_operation):
            with self.assertRaises(OperationFailed) as refused:
                self.steer(steering, operation)
            self.assertIn("stays open", refused.exception.problem.detail)
        pending = client.get_pending_operation(operation)
        self.assertIn("device busy", pending.obstacle)
        self.assertIn(operation, [it.id for it in client.list_pending_operations()])
        self.assertGreater(client.get_faults().rules[0].acted, 0)
        client.clear_faults()
        self.steer(client.abandon_operation, operation)
        abandoned = client.list_abandoned_operations()
        self.assertEqual([operation], [it.id for it in abandoned])
        self.assertTrue(abandoned[0].leftovers)
        self.steer(client.resume_operation, operation)
        self.assertEqual([], client.list_abandoned_operations())
        self.assertEqual("done", client.get_operation(operation).state)
        client.clean_up_operations()
        with self.assertRaises(NotFound):
            client.forget_quarantined("bricks", "b1" * 16)
        with self.assertRaises(NotFound):
            client.get_queue("0")

    def test_6_events(self) -> None:
        client = self.client
        with client.stream_events(kinds=["volume"]) as following:
            begin = following.position
            self.assertTrue(begin)
            volume = client.create_volume(VolumeCreateRequest(size=1))
            client.delete_volume(volume.id)
            created, deleted = next(following), next(following)
        self.assertEqual(["created", "deleted"], [created.type, deleted.type])
        self.assertEqual(volume, created.object_as(VolumeInfo))
        self.assertEqual(deleted.position, following.position)
        self.assertRaises(StopIteration, next, following)

        again = list(client.stream_events(begin, kinds=["volume"], follow=False))
        self.assertEqual([created, deleted], again)
        self.assertEqual([deleted], list(client.stream_events(created.position, ids=[volume.id], follow=False)))
        steps = list(client.stream_events(begin, kinds=["operation"], operations=[created.operation], follow=False))
        self.assertEqual("begun", steps[0].type)
        self.assertGreater(len(list(client.stream_events("0", clusters=[volume.cluster], follow=False))), 10)
        with self.assertRaises(InvalidRequest):
            client.stream_events("nonsense")

    def test_6_plans(self) -> None:
        client = self.client
        before = client.list_volumes()
        plan = client.plan(lambda it: it.create_volume(VolumeCreateRequest(size=1, durability=replicate(3))))
        self.assertEqual("create-volume", plan.kind)
        self.assertEqual(3, sum(choice.chosen for choice in plan.placement))
        self.assertEqual(before, client.list_volumes())
        self.assertEqual(plan, client.get_plan(plan.id))
        resource = client.carry_out_plan(plan.id)
        self.assertEqual(plan.resource, resource)
        self.assertEqual(resource, client.carry_out_plan(plan.id))
        volume = resource.rpartition("/")[2]
        self.assertEqual(sorted([*before, volume]), client.list_volumes())
        stale = client.plan(lambda it: it.expand_volume(volume, 1))
        client.carry_out_plan(client.plan(lambda it: it.delete_volume(volume)).id)
        with self.assertRaises((Conflict, NotFound)):
            client.carry_out_plan(stale.id)
        with self.assertRaises(ValueError):
            client.plan(lambda it: it.list_volumes())
        with self.assertRaises(NotFound):
            client.plan(lambda it: it.delete_volume("f" * 32))
        resynced = client.plan(lambda it: it.resync_device(client.get_node(client.get_cluster(client.list_clusters()[0]).nodes[0]).devices[0].id))
        self.assertTrue(resynced.id)

    def test_7_nodes_looked_at(self) -> None:
        client = self.client
        nodes = client.get_cluster(client.list_clusters()[0]).nodes
        self.assertEqual(sorted(nodes), sorted(node.id for node in client.examine_nodes().nodes))
        self.assertEqual([nodes[0]], [node.id for node in client.examine_node(nodes[0]).nodes])
        self.assertEqual(1, len(client.examine_host("node9").nodes))
        self.assertEqual(nodes[0], client.check_reboot(nodes[0]).node)
        self.assertEqual(len(client.list_volumes()), len(client.examine_gluster().heketidb["volumeentries"]))

        lines = list(client.compare_nodes())
        self.assertIsInstance(lines[-1], DriftEnd)
        self.assertEqual(len(nodes), sum(isinstance(line, NodeLooked) for line in lines))
        last = client.last_comparison()
        self.assertEqual((len(nodes), 0), (last.nodes, last.standing))
        self.assertEqual(1, sum(isinstance(line, NodeLooked) for line in client.compare_nodes(node=nodes[0])))
        findings = [line for line in lines if isinstance(line, Drift.Finding)]
        self.assertEqual([], [it for it in findings if not it.explained_by])
        [refused] = client.repair(RepairRequest(["3f2a9c01b7d4"], plan=True)).repairs
        self.assertTrue(refused.refused)
        with self.assertRaises(NotFound):
            next(client.compare_nodes(cluster="f" * 32))

        client.write_identity()
        self.assertEqual([], client.compare_identity().unknown)

    def test_8_records(self) -> None:
        client = self.client
        made = client.make_backup()
        self.assertTrue(made.last_good)
        self.assertEqual(made.backups[-1], client.list_backups().backups[-1])
        copy = io.BytesIO()
        client.back_up_records(copy)
        self.assertGreater(len(copy.getvalue()), 1000)
        self.assertEqual(set(client.list_volumes()), set(client.dump_records()["volumeentries"]))
        self.assertEqual(0, client.check_records()["totalinconsistencies"])
        client.set_log_level("debug")
        self.assertEqual("debug", client.get_log_level())
        client.set_log_level("info")
        self.assertEqual("normal", client.get_mode())
        client.set_mode("local-client")
        self.assertEqual("local-client", client.get_mode())
        client.set_mode("normal")
        with self.assertRaises(InvalidRequest):
            client.set_mode("asleep")

    def test_9_records_lost_and_made_again(self) -> None:
        client = self.client
        volumes = [client.get_volume(volume) for volume in client.list_volumes()]
        self.assertTrue(volumes)
        export = client.export_heketi()
        report = client.preview_heketi_import(export.dump)
        self.assertEqual([], report.problems)
        self.assertFalse(report.imported)
        with self.assertRaises(Conflict):
            client.import_heketi(export.dump)

        orphan = client.create_volume(VolumeCreateRequest(size=1, name="orphan", durability=replicate(3)))

        self.lose_records()
        self.assertEqual([], client.list_volumes())
        self.assertTrue(client.import_heketi(export.dump).imported)
        self.assertEqual(volumes, [client.get_volume(volume) for volume in client.list_volumes()])
        client.write_identity()

        [found] = client.list_adoptable(client.list_clusters()[0]).volumes
        self.assertEqual(("orphan", "orphan", []), (found.name, found.state, found.obstacles))
        adopted = client.adopt(AdoptionRequest("orphan"))
        self.assertIn(adopted.id, client.list_volumes())
        client.forget_volume(adopted.id)
        self.assertNotIn(adopted.id, client.list_volumes())
        managed = client.adopt(AdoptionRequest("orphan", managed=True))
        self.assertEqual(sorted(it.path for it in orphan.bricks), sorted(it.path for it in managed.bricks))
        client.delete_volume(managed.id)

        self.lose_records()
        nodes = [f"node{n}" for n in range(1, 5)]
        planned = client.rebuild_records(RebuildRequest(nodes, plan=True))
        self.assertEqual((False, len(volumes)), (planned.written, planned.volumes))
        self.assertTrue(client.rebuild_records(RebuildRequest(nodes, partial=True)).written)
        self.assertEqual(volumes, [client.get_volume(volume) for volume in client.list_volumes()])

    def test_z_nothing_was_forgotten(self) -> None:
        served = {
            (method.upper(), path)
            for path, methods in self.client.describe()["paths"].items()
            for method, _ in _operations(methods)
        }
        missing = {(m, p) for m, p in served if not any(m == method and _matches(p, path) for method, path in asked)}
        self.assertEqual(set(), missing, "EndpointsTest does not ask for these")

    def lose_records(self) -> None:
        server.kill()
        server.forget_records()
        server.start()

    def steer(self, how: Callable[[str], object], operation: str) -> None:
        """Again while it is being driven by itself."""
        for _ in range(600):
            try:
                how(operation)
                return
            except Conflict as error:
                if "being driven" not in error.problem.detail:
                    raise
                time.sleep(0.05)
        raise AssertionError(f"{operation} is being driven for ever")


class HeketiClientTest(unittest.TestCase):
    """What Heketi's client has, as its callers use it."""

    def test_the_life_of_a_volume(self) -> None:
        client = HeketiClient(server.url, "admin", KEY)
        self.assertTrue(client.hello())
        cluster = client.cluster_create({"file": True, "block": False})
        self.assertIs(True, cluster["file"])
        self.assertEqual(cluster, client.cluster_info(cluster["id"]))
        self.assertIn(cluster["id"], client.cluster_list()["clusters"])
        self.assertTrue(client.cluster_setflags(cluster["id"], {"file": True, "block": True}))
        nodes = []
        for n in (11, 12):
            node = client.node_add({"zone": n, "hostnames": {"manage": [f"node{n}"], "storage": [f"10.0.0.{n}"]}, "cluster": cluster["id"]})
            self.assertEqual([], node["devices"])
            self.assertTrue(client.device_add({"node": node["id"], "name": "/dev/vdb"}))
            nodes.append(client.node_info(node["id"]))
        device = nodes[0]["devices"][0]["id"]
        self.assertTrue(client.device_set_tags(device, {"change_type": TAGS_SET, "tags": {"a": "b"}}))
        self.assertEqual({"a": "b"}, client.device_info(device)["tags"])
        self.assertTrue(client.node_set_tags(nodes[0]["id"], {"change_type": TAGS_UPDATE, "tags": {"a": "b"}}))
        self.assertTrue(client.device_resync(device))
        volume = client.volume_create({"size": 10, "clusters": [cluster["id"]], "durability": {"type": "replicate", "replicate": {"replica": 2}}})
        self.assertEqual(volume, client.volume_info(volume["id"]))
        self.assertEqual(20, client.volume_expand(volume["id"], {"expand_size": 10})["size"])
        self.assertIn(volume["id"], client.volume_list()["volumes"])
        self.assertEqual([], client.block_volume_list()["blockvolumes"])
        self.assertIn(volume["id"], client.db_dump().json()["volumeentries"])
        self.assertTrue(client.volume_delete(volume["id"]))
        for node in nodes:
            [only] = client.node_info(node["id"])["devices"]
            self.assertTrue(client.device_state(only["id"], {"state": "offline"}))
            self.assertTrue(client.device_state(only["id"], {"state": "failed"}))
            self.assertTrue(client.device_delete(only["id"]))
            self.assertTrue(client.node_state(node["id"], {"state": "offline"}))
            self.assertTrue(client.node_delete(node["id"]))
        self.assertTrue(client.cluster_delete(cluster["id"]))

    def test_refusals_are_told_in_heketis_words(self) -> None:
        client = HeketiClient(server.url, "admin", KEY)
        with self.assertRaises(requests.exceptions.HTTPError) as caught:
            client.volume_info("f" * 32)
        self.assertEqual("Id not found\n", caught.exception.response.text)
        with self.assertRaises(requests.exceptions.HTTPError) as caught:
            client.volume_info("badid")
        self.assertEqual(404, caught.exception.response.status_code)
        with self.assertRaises(requests.exceptions.HTTPError) as caught:
            HeketiClient(server.url, "admin", "wrong").volume_list()
        self.assertEqual(401, caught.exception.response.status_code)

    def test_the_user_may_list_and_create_and_no_more(self) -> None:
        self.assertIsInstance(BricklayerClient(server.url, "user", USER_KEY).list_volumes(), list)
        with self.assertRaises(NotAuthorised) as caught:
            BricklayerClient(server.url, "user", USER_KEY).list_clusters()
        self.assertEqual("unauthorized", caught.exception.problem.kind)


def _operations(methods: dict[str, Any]) -> list[tuple[str, Any]]:
    return [(method, operation) for method, operation in methods.items() if "operationId" in operation]


def _matches(template: str, path: str) -> bool:
    return re.fullmatch(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template)), path) is not None


if __name__ == "__main__":
    unittest.main()

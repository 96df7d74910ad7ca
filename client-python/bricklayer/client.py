"""See :class:`BricklayerClient`."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Optional, TypeVar, Union

import requests

from bricklayer.errors import Problem, ServerUnreachable, UnexpectedAnswer
from bricklayer.events import EventStream, event_query
from bricklayer.model import (
    AbandonedOperationList,
    AdminStatus,
    AdoptionList,
    AdoptionRequest,
    BackupList,
    BlockRestrictionRequest,
    BlockVolumeCreateRequest,
    BlockVolumeExpandRequest,
    BlockVolumeInfo,
    BlockVolumeList,
    BrickEvictRequest,
    Check,
    ClusterCreateRequest,
    ClusterFlagsRequest,
    ClusterInfo,
    ClusterList,
    DeviceAddRequest,
    DeviceDeleteRequest,
    DeviceInfo,
    DoctorReport,
    DoctorRequest,
    Drift,
    Dump,
    Durability,
    Examination,
    FaultReport,
    FaultRules,
    HeketiExport,
    ImportReport,
    LastDrift,
    LogLevels,
    NodeAddRequest,
    NodeAddressRequest,
    NodeInfo,
    NodeZone,
    OperationInfo,
    OperationsCleanupRequest,
    OperationsHealth,
    OperationsInfo,
    PendingOperation,
    PendingOperationDetails,
    PendingOperationList,
    PlanInfo,
    Probe,
    QuarantinedForgetRequest,
    RebootCheck,
    RebuildReport,
    RebuildRequest,
    RepairAnswer,
    RepairRequest,
    StampReport,
    StateRequest,
    Tags,
    TagsChangeRequest,
    VolumeCloneRequest,
    VolumeCreateRequest,
    VolumeExpandRequest,
    VolumeInfo,
    VolumeList,
)
from bricklayer.patience import Patience
from bricklayer.transport import Query, Transport, lines, segment, take
from bricklayer.wire import from_json, to_json

T = TypeVar("T")

_ACCEPT = "application/json, application/problem+json"
_LOGGER = "glusterfs"
_PLAIN = {"Accept-Encoding": "identity"}


@dataclass(frozen=True)
class QueueEntry:
    """What ``/queue/ID`` tells of an operation."""

    pending: bool
    """Whether it has not ended."""
    resource: str = ""
    """Where its result is found, such as ``/volumes/ID``; empty for none."""
    problem: Optional[Problem] = None
    """Why it failed; None unless it did. It was taken back then."""


@dataclass(frozen=True)
class NodeLooked:
    """One more node has been compared with the records."""

    id: str
    done: int
    """Nodes that have been looked at so far."""
    of: int
    """How many there are."""
    trouble: str = ""
    """Why something of it is not known."""


@dataclass(frozen=True)
class DriftEnd:
    """The end of a comparison."""

    nodes: int
    findings: int
    """Those that no operation explains."""
    explained: int
    """Those that one does."""
    unknown: int
    """Parts that nobody could tell about."""
    took_ms: int


DriftLine = Union[NodeLooked, Drift.Finding, Drift.Gap, DriftEnd]
_DRIFT_LINES: dict[str, type] = {"node": NodeLooked, "finding": Drift.Finding, "unknown": Drift.Gap, "end": DriftEnd}


def replicate(replica: int) -> Durability:
    """So many copies, on as many nodes."""
    return Durability(type="replicate", replicate=Durability.Replicate(replica))


def disperse(data: int, redundancy: int) -> Durability:
    """Erasure coding: 2+1, 4+2, 8+3 or 8+4."""
    return Durability(type="disperse", disperse=Durability.Disperse(data, redundancy))


class BricklayerClient:
    """Everything that Bricklayer can be asked for, with typed requests and answers; method names are those of ``/openapi.json``.

    Methods wait until the server has done what they ask, also across its restarts. What goes wrong is a
    :class:`~bricklayer.errors.BricklayerError`; a refusal carries the server's :class:`~bricklayer.errors.Problem`.

    Holds no connection, so threads may share one.

    :param host: the server's address, such as ``https://storage.example:8080``
    :param user: ``admin``, or ``user``, who may only list and create volumes
    :param key: the user's key; where the server asks for none, anything
    :param verify: as in requests: a string names a file of certificates to trust, ``False`` takes any
    :param patience: how long to wait for what
    """

    def __init__(
        self,
        host: str,
        user: str = "admin",
        key: str = "",
        verify: Union[bool, str] = True,
        patience: Optional[Patience] = None,
    ) -> None:
        self._transport = Transport(host, user, key, verify, patience, accept=_ACCEPT)

    def with_key(self, key: str) -> BricklayerClient:
        """A client whose changes carry this ``Idempotency-Key``: the same change acts once, however often it is asked for, by whomever.

        For one change; with another request the server refuses the key.

        :param key: 1 to 255 characters, such as the caller's own name for the thing
        """
        return self._over(_Keyed(self._transport, key))

    # Service

    def hello(self) -> str:
        return self._transport.call("GET", "/hello").text

    def live(self) -> Probe:
        """Whether the server is one that a restart would not mend; raises when it is not."""
        return self._get(Probe, "/healthz/live")

    def ready(self) -> Probe:
        """Whether the server takes changes, and what is not as it should be; raises when it takes none."""
        return self._get(Probe, "/healthz/ready")

    def metrics(self) -> str:
        """In the format of Prometheus."""
        return self._transport.call("GET", "/metrics").text

    def describe(self) -> dict[str, Any]:
        """The server's description of its API (OpenAPI 3.1)."""
        return _json(self._transport.call("GET", "/openapi.json"))

    def docs(self) -> str:
        """The same for people, as HTML."""
        return self._transport.call("GET", "/docs").text

    def get_queue(self, operation_id: str) -> QueueEntry:
        """How an operation stands, or ended, without waiting."""
        answer = self._transport.answer("GET", f"/queue/{segment(operation_id)}")
        if "x-pending" in answer.headers:
            return QueueEntry(pending=True)
        if answer.status_code in (requests.codes.see_other, requests.codes.no_content):
            return QueueEntry(pending=False, resource=answer.headers.get("location", ""))
        if answer.status_code == requests.codes.internal_server_error:
            return QueueEntry(pending=False, problem=Problem.of(answer))
        raise self._transport.refused("GET", f"/queue/{operation_id}", answer)

    # Clusters

    def create_cluster(self, request: Optional[ClusterCreateRequest] = None) -> ClusterInfo:
        """Left out, it takes file and block volumes."""
        return self._change(ClusterInfo, "POST", "/clusters", request or ClusterCreateRequest(file=True, block=True))

    def list_clusters(self) -> list[str]:
        """Ids, ascending."""
        return self._get(ClusterList, "/clusters").clusters

    def get_cluster(self, cluster_id: str) -> ClusterInfo:
        return self._get(ClusterInfo, f"/clusters/{segment(cluster_id)}")

    def set_cluster_flags(self, cluster_id: str, request: ClusterFlagsRequest) -> None:
        """Sets both flags."""
        self._do("POST", f"/clusters/{segment(cluster_id)}/flags", request)

    def delete_cluster(self, cluster_id: str) -> None:
        """An empty one."""
        self._do("DELETE", f"/clusters/{segment(cluster_id)}")

    # Nodes

    def add_node(self, request: NodeAddRequest) -> NodeInfo:
        return self._change(NodeInfo, "POST", "/nodes", request)

    def get_node(self, node_id: str) -> NodeInfo:
        return self._get(NodeInfo, f"/nodes/{segment(node_id)}")

    def delete_node(self, node_id: str) -> None:
        self._do("DELETE", f"/nodes/{segment(node_id)}")

    def set_node_state(self, node_id: str, request: StateRequest) -> None:
        """To ``failed``: returns when all bricks are elsewhere."""
        self._do("POST", f"/nodes/{segment(node_id)}/state", request)

    def set_node_tags(self, node_id: str, request: TagsChangeRequest) -> Tags:
        """All its tags then."""
        return self._tags(f"/nodes/{segment(node_id)}/tags", request)

    def set_node_address(self, node_id: str, request: NodeAddressRequest) -> NodeInfo:
        """Under which names a node is reached; each is looked at first."""
        return self._change(NodeInfo, "POST", f"/nodes/{segment(node_id)}/address", request)

    def set_node_zone(self, node_id: str, zone: int) -> NodeZone:
        """Bricks stay where they are; new ones go by it."""
        return self._change(NodeZone, "POST", f"/nodes/{segment(node_id)}/zone", NodeZone(zone))

    def examine_nodes(self) -> DoctorReport:
        """What is wrong with nodes. Takes as long as the slowest of them."""
        return self._get(DoctorReport, "/doctor", slow=True)

    def examine_node(self, node_id: str) -> DoctorReport:
        return self._get(DoctorReport, f"/nodes/{segment(node_id)}/doctor", slow=True)

    def examine_host(self, host: str) -> DoctorReport:
        """A host that is no node yet."""
        return self._change(DoctorReport, "POST", "/doctor", DoctorRequest(host), slow=True)

    def check_reboot(self, node_id: str) -> RebootCheck:
        """Whether a node can be restarted now without harm."""
        return self._get(RebootCheck, f"/nodes/{segment(node_id)}/reboot-check", slow=True)

    # Devices and bricks

    def add_device(self, request: DeviceAddRequest) -> None:
        """Its id is found among the devices of :meth:`get_node`."""
        self._do("POST", "/devices", request)

    def get_device(self, device_id: str) -> DeviceInfo:
        return self._get(DeviceInfo, f"/devices/{segment(device_id)}")

    def delete_device(self, device_id: str, force_forget: bool = False) -> None:
        """:param force_forget: forget it even if it cannot be cleaned on its node"""
        self._do("DELETE", f"/devices/{segment(device_id)}", DeviceDeleteRequest(True) if force_forget else None)

    def set_device_state(self, device_id: str, request: StateRequest) -> None:
        """To ``failed``: returns when all bricks are elsewhere."""
        self._do("POST", f"/devices/{segment(device_id)}/state", request)

    def resync_device(self, device_id: str) -> None:
        """Measures it again."""
        self._transport.call("GET", f"/devices/{segment(device_id)}/resync", changes=True)

    def set_device_tags(self, device_id: str, request: TagsChangeRequest) -> Tags:
        """All its tags then."""
        return self._tags(f"/devices/{segment(device_id)}/tags", request)

    def evict_brick(self, brick_id: str, request: Optional[BrickEvictRequest] = None) -> None:
        """Replaces a brick by a new one elsewhere."""
        self._do("POST", f"/bricks/to-evict/{segment(brick_id)}", request)

    # Volumes

    def create_volume(self, request: VolumeCreateRequest) -> VolumeInfo:
        return self._change(VolumeInfo, "POST", "/volumes", request)

    def list_volumes(self, *, cluster: str = "", name: str = "", after: str = "", limit: int = 0) -> list[str]:
        """Ids, ascending.

        :param cluster: id; empty for all
        :param name: of the volume; empty for all
        :param after: only those behind this id
        :param limit: at most so many, up to 10,000; 0 for all
        """
        query = {"cluster": cluster, "name": name, "after": after, "limit": str(limit) if limit else ""}
        asked = {key: value for key, value in query.items() if value}
        return _read(VolumeList, self._transport.call("GET", "/volumes", query=asked or None)).volumes

    def get_volume(self, volume_id: str) -> VolumeInfo:
        return self._get(VolumeInfo, f"/volumes/{segment(volume_id)}")

    def delete_volume(self, volume_id: str) -> None:
        self._do("DELETE", f"/volumes/{segment(volume_id)}")

    def expand_volume(self, volume_id: str, expand_size: int) -> VolumeInfo:
        """:param expand_size: GiB to add"""
        return self._change(VolumeInfo, "POST", f"/volumes/{segment(volume_id)}/expand", VolumeExpandRequest(expand_size))

    def clone_volume(self, volume_id: str, name: str = "") -> VolumeInfo:
        """:param name: the server picks one when left out"""
        return self._change(VolumeInfo, "POST", f"/volumes/{segment(volume_id)}/clone", VolumeCloneRequest(name))

    def restrict_volume(self, volume_id: str, locked: bool) -> VolumeInfo:
        """Whether a block hosting volume takes no more block volumes."""
        request = BlockRestrictionRequest("locked" if locked else "")
        return self._change(VolumeInfo, "POST", f"/volumes/{segment(volume_id)}/block-restriction", request)

    def list_adoptable(self, cluster: str = "") -> AdoptionList:
        """Gluster volumes that no record names, and those that were adopted for reading only.

        :param cluster: id; empty for all
        """
        answer = self._transport.call("GET", "/adoptions", query={"cluster": cluster} if cluster else None, slow=True)
        return _read(AdoptionList, answer)

    def adopt(self, request: AdoptionRequest) -> VolumeInfo:
        """Takes over a gluster volume, for reading only or (``managed``) as one like those made here."""
        return self._change(VolumeInfo, "POST", "/adoptions", request, slow=True)

    def forget_volume(self, volume_id: str) -> None:
        """Deletes the records of a volume that was adopted for reading only; nothing else of it."""
        self._do("DELETE", f"/adoptions/{segment(volume_id)}")

    # Block volumes

    def create_block_volume(self, request: BlockVolumeCreateRequest) -> BlockVolumeInfo:
        return self._change(BlockVolumeInfo, "POST", "/blockvolumes", request)

    def list_block_volumes(self) -> list[str]:
        """Ids, ascending."""
        return self._get(BlockVolumeList, "/blockvolumes").blockvolumes

    def get_block_volume(self, volume_id: str) -> BlockVolumeInfo:
        return self._get(BlockVolumeInfo, f"/blockvolumes/{segment(volume_id)}")

    def delete_block_volume(self, volume_id: str) -> None:
        self._do("DELETE", f"/blockvolumes/{segment(volume_id)}")

    def expand_block_volume(self, volume_id: str, new_size: int) -> BlockVolumeInfo:
        """:param new_size: GiB that it has then in all"""
        return self._change(BlockVolumeInfo, "POST", f"/blockvolumes/{segment(volume_id)}/expand", BlockVolumeExpandRequest(new_size))

    # Operations

    def count_operations(self) -> OperationsInfo:
        """How many open operations there are in each state."""
        return self._get(OperationsInfo, "/operations")

    def get_health(self) -> OperationsHealth:
        """How the server itself is, and what to do about whatever is not well."""
        return self._get(OperationsHealth, "/operations/health")

    def list_pending_operations(self) -> list[PendingOperation]:
        """The open ones, ascending by id."""
        return self._get(PendingOperationList, "/operations/pending").pendingoperations

    def get_pending_operation(self, operation_id: str) -> PendingOperationDetails:
        """An open one, with what it changes and how far it has come."""
        return self._get(PendingOperationDetails, f"/operations/pending/{segment(operation_id)}")

    def list_abandoned_operations(self) -> list[OperationInfo]:
        """Those that may have left something on nodes, ascending by id."""
        return self._get(AbandonedOperationList, "/operations/abandoned").operations

    def get_operation(self, operation_id: str) -> OperationInfo:
        """Open or ended; of an abandoned one, what it may have left on which node."""
        return self._get(OperationInfo, f"/operations/{segment(operation_id)}")

    def resume_operation(self, operation_id: str) -> OperationInfo:
        """Has an open operation tried now, or an abandoned one taken up again. Fails when it stays open."""
        return self._change(OperationInfo, "POST", f"/operations/pending/{segment(operation_id)}/resume")

    def undo_operation(self, operation_id: str) -> OperationInfo:
        """Takes an open operation back. Fails when it cannot be, or cannot be now."""
        return self._change(OperationInfo, "POST", f"/operations/pending/{segment(operation_id)}/undo")

    def abandon_operation(self, operation_id: str) -> OperationInfo:
        """Ends an open operation where it stands; the answer says what it may have left."""
        return self._change(OperationInfo, "POST", f"/operations/pending/{segment(operation_id)}/abandon")

    def clean_up_operations(self, request: Optional[OperationsCleanupRequest] = None) -> None:
        """Tries to end those that are stale or failed; which did end, :meth:`list_pending_operations` shows."""
        self._do("POST", "/operations/pending/cleanup", request or OperationsCleanupRequest())

    def forget_quarantined(self, table: str, key: str) -> None:
        """Deletes a row that cannot be read, for good. Table and key are those of :meth:`get_health`."""
        self._do("POST", "/operations/quarantined/forget", QuarantinedForgetRequest(table, key), repeatable=False)

    # Events

    def stream_events(
        self,
        after: str = "",
        *,
        kinds: Sequence[str] = (),
        ids: Sequence[str] = (),
        clusters: Sequence[str] = (),
        operations: Sequence[str] = (),
        follow: bool = True,
    ) -> EventStream:
        """What happens, as it happens; returns when the server has begun to tell.

        ``with client.stream_events(kinds=["volume"]) as events: ...``

        :param after: the position of the last event that was seen, or the number of a write (``"0"`` for the beginning); empty to begin with
            what happens next
        :param kinds: such as ``volume`` and ``operation``; none for all, and so for the others
        :param operations: that did it
        :param follow: False: only what has happened by now
        """
        return EventStream(self._transport, event_query(kinds, ids, clusters, operations, follow), after)

    # Plans

    def plan(self, change: Callable[[BricklayerClient], object]) -> PlanInfo:
        """What a change would do; nothing is changed.

        ``plan = client.plan(lambda it: it.delete_volume(volume_id))``; then ``client.carry_out_plan(plan.id)`` does just that.

        :param change: the first change that it asks its client for is planned, and ends it
        """
        # A Heketi looks at no query, and would do it.
        known = self._transport.answer("GET", "/plans/0")
        if known.status_code != requests.codes.not_found or Problem.of(known).kind != "not-found":
            raise UnexpectedAnswer("the server cannot plan changes without making them; nothing was asked of it", response=known)
        try:
            change(self._over(_Planning(self._transport)))
        except _Planned as planned:
            return _read(PlanInfo, planned.answer)
        raise ValueError("what was to be planned asked for no change")

    def get_plan(self, plan_id: str) -> PlanInfo:
        """A plan that was made before; :class:`NotFound` when the server has forgotten it."""
        return self._get(PlanInfo, f"/plans/{segment(plan_id)}")

    def carry_out_plan(self, plan_id: str) -> str:
        """Does what a plan says; a second time does nothing more. :class:`Conflict` when something it depends on has changed.

        :return: where its result is found, such as ``/volumes/ID``; empty for none
        """
        self._do("POST", f"/plans/{segment(plan_id)}")
        return self.get_plan(plan_id).resource

    # Records against nodes

    def compare_nodes(self, cluster: str = "", node: str = "") -> Iterator[DriftLine]:
        """Where records and nodes disagree, line by line as it becomes known; the last line is a :class:`DriftEnd`.

        ``findings = [line for line in client.compare_nodes() if isinstance(line, Drift.Finding)]``

        :param cluster: id; empty for all
        :param node: id; empty for all, and for what clusters know
        """
        query = {name: value for name, value in (("cluster", cluster), ("node", node)) if value}
        with self._transport.exchange("GET", "/reconcile", query=query, headers=_PLAIN, slow=True, stream=True) as answer:
            try:
                for line in lines(answer):
                    said = json.loads(line) if line else {}
                    for name, kind in _DRIFT_LINES.items():
                        if said.get(name) is not None:
                            yield from_json(kind, said[name])
                    if said.get("end") is not None:
                        return
            except (requests.exceptions.RequestException, ValueError) as error:
                raise ServerUnreachable(f"GET /reconcile: broke off: {error}", response=answer) from error
            raise ServerUnreachable("GET /reconcile: broke off before its end; what came is not the whole", response=answer)

    def last_comparison(self) -> LastDrift:
        """What the last whole comparison found, be it ours or one that the server made by itself. Asks no node."""
        return self._get(LastDrift, "/reconcile/last")

    def repair(self, request: RepairRequest) -> RepairAnswer:
        """Shows or begins the repair of findings of :meth:`compare_nodes`; :meth:`get_queue` tells how each ends."""
        return self._change(RepairAnswer, "POST", "/reconcile/repair", request, slow=True)

    def compare_identity(self) -> StampReport:
        """Where the nodes say something else about the records than the records."""
        return self._get(StampReport, "/stamp", slow=True)

    def write_identity(self) -> None:
        """Lets the nodes say what the records say, at up to 500 places at once."""
        self._do("POST", "/stamp")

    def rebuild_records(self, request: RebuildRequest) -> RebuildReport:
        """Fills a server without records with what the nodes say, or (``plan``) only says what that would be."""
        return self._change(RebuildReport, "POST", "/rebuild", request, repeatable=request.plan, slow=True)

    # Records and maintenance

    def list_backups(self) -> BackupList:
        return self._get(BackupList, "/backups")

    def make_backup(self) -> BackupList:
        """Returns when it was read back and is whole; it is the last of the list."""
        return self._change(BackupList, "POST", "/backups", slow=True)

    def back_up_records(self, to: BinaryIO) -> None:
        """A consistent copy of all records in the server's own format. If this raises, what was written is not the whole."""
        take(self._transport, "/backup/db", to)

    def dump_records(self) -> Dump:
        """All records in Heketi's format, with the passwords of block volumes."""
        return _json(self._transport.call("GET", "/db/dump"))

    def check_records(self) -> Check:
        """Which records contradict each other."""
        return _json(self._transport.call("GET", "/db/check"))

    def import_heketi(self, dump: Dump) -> ImportReport:
        """Takes over a dump of Heketi's database, into a server without records."""
        return self._change(ImportReport, "POST", "/import/heketi", dump, slow=True)

    def preview_heketi_import(self, dump: Dump) -> ImportReport:
        """What :meth:`import_heketi` would do; the server may have records."""
        return self._change(ImportReport, "POST", "/import/heketi/preview", dump, slow=True)

    def export_heketi(self) -> HeketiExport:
        """All records for Heketi's import, and what of them it cannot say. With the passwords of block volumes."""
        return self._get(HeketiExport, "/export/heketi")

    def examine_gluster(self) -> Examination:
        """What the nodes have beside the records, and where they differ."""
        return self._get(Examination, "/internal/state/examine/gluster", slow=True)

    def get_log_level(self) -> str:
        return self._get(LogLevels, "/internal/logging").loglevel.get(_LOGGER, "")

    def set_log_level(self, level: str) -> None:
        """:param level: ``none``, ``critical``, ``error``, ``warning``, ``info`` or ``debug``"""
        self._do("POST", "/internal/logging", LogLevels({_LOGGER: level}))

    def get_faults(self) -> FaultReport:
        """The fault rules in force, and the fault points passed since they were set. For servers that were started with permission for faults."""
        return self._get(FaultReport, "/internal/faults")

    def set_faults(self, rules: FaultRules) -> FaultReport:
        """Puts these rules in the place of those in force."""
        return self._change(FaultReport, "POST", "/internal/faults", rules)

    def clear_faults(self) -> None:
        """Nothing goes wrong on purpose any more."""
        self._do("DELETE", "/internal/faults")

    def get_mode(self) -> str:
        """``normal``, ``read-only`` or ``local-client``."""
        return self._get(AdminStatus, "/admin").state

    def set_mode(self, mode: str) -> None:
        """The way back from ``read-only`` is not through here: the server refuses this, too, in that mode."""
        self._do("POST", "/admin", AdminStatus(mode))

    # How it is said

    def _over(self, transport: Transport) -> BricklayerClient:
        other = copy.copy(self)
        other._transport = transport
        return other

    def _get(self, cls: type[T], path: str, slow: bool = False) -> T:
        return _read(cls, self._transport.call("GET", path, slow=slow))

    def _change(self, cls: type[T], method: str, path: str, body: Any = None, **how: Any) -> T:
        return _read(cls, self._do(method, path, body, **how))

    def _do(self, method: str, path: str, body: Any = None, **how: Any) -> requests.Response:
        return self._transport.call(method, path, to_json(body), **how)

    def _tags(self, path: str, request: TagsChangeRequest) -> Tags:
        return dict(_json(self._do("POST", path, request)))


class _Keyed(Transport):
    """The same, with a key of the caller's."""

    def __init__(self, transport: Transport, key: str) -> None:
        vars(self).update(vars(transport))
        self._idempotency_key = key

    def new_key(self) -> str:
        return self._idempotency_key


class _Planned(BaseException):
    """Ends what asked for a change; not for anybody to catch on the way."""

    def __init__(self, answer: requests.Response) -> None:
        self.answer = answer


class _Planning(Transport):
    """The same, whose changes are asked for as dry runs; the first ends in :class:`_Planned`."""

    def __init__(self, transport: Transport) -> None:
        vars(self).update(vars(transport))

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
        if not (method != "GET" if changes is None else changes):
            return super().call(method, path, body, query=query, slow=slow)
        # Without a key, since nothing acts that could act twice.
        raise _Planned(self.exchange(method, path, body, query={**(query or {}), "dryRun": "true"}, slow=slow))


def _json(answer: requests.Response) -> Any:
    try:
        return answer.json()
    except ValueError as error:
        raise UnexpectedAnswer(
            f"{answer.request.method} {answer.request.path_url}: what came is not JSON, or not the whole: {error}", response=answer
        ) from error


def _read(cls: type[T], answer: requests.Response) -> T:
    said = _json(answer)
    if not isinstance(said, Mapping):
        raise UnexpectedAnswer(f"{answer.request.method} {answer.request.path_url}: not an object: {said!r}", response=answer)
    return from_json(cls, said)

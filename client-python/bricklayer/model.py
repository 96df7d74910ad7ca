"""What requests and answers hold, as the server describes it.

Members are named as on the wire. Sizes of volumes are GiB, of devices and bricks KiB; instants are text in UTC. What an answer leaves out is
empty, zero or false here.

Written by ``MODEL_WRITE=1 client-python/run-tests``; not edited by hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Optional

Check = dict[str, Any]
"""For each kind of record how many there are and what is wrong; ``inconsistencies`` is null where nothing is."""

Dump = dict[str, Any]
"""Maps from id to entry. What is in ``Info`` is named as in the API."""

Tags = dict[str, str]
"""Tags: up to 32 in one request. With a meaning: ``arbiter`` = ``supported`` (default), ``required`` (only arbiter bricks),
``disabled`` (only data bricks). Any tag can be asked for by the volume option ``user.heketi.device-tag-match``."""


@dataclass(frozen=True)
class AbandonedOperationList:
    operations: list[OperationInfo]
    """Ascending by id."""


@dataclass(frozen=True)
class AdminStatus:
    state: str
    """``local-client`` serves changes to callers on the server's own machine only. One of ``normal``, ``read-only``,
    ``local-client``."""


@dataclass(frozen=True)
class AdoptionList:
    """Gluster volumes that no record names, and those that were adopted for reading only."""

    @dataclass(frozen=True)
    class Brick:
        """One brick."""

        name: str
        """``host:path``, as gluster has it."""
        node: str
        """Id; empty when the host is no node of the records."""
        device: str
        """Id; empty when it lies on none of the records."""
        lv: str
        """Its logical volume on the device; empty likewise."""
        size: int
        """KiB of its logical volume, or of its part of the file system that it lies on."""

    @dataclass(frozen=True)
    class Candidate:
        """One volume."""

        name: str
        """Gluster's name for it."""
        cluster: str
        """Id."""
        id: str
        """That it has, or would get; a new one is another each time."""
        state: str
        """Whether it was adopted. One of ``orphan``, ``read-only``."""
        type: str
        """In gluster's words."""
        size: int
        """GiB, as recorded or as its bricks are."""
        bricks: list[AdoptionList.Brick]
        """In gluster's order."""
        obstacles: list[str]
        """Why it cannot be adopted; empty when it can."""
        unmanageable: list[str]
        """Why it can be adopted for reading only; empty when it can be managed."""
        notes: list[str]
        """What is worth knowing besides."""

    @dataclass(frozen=True)
    class Unknown:
        """A cluster that could not be asked."""

        cluster: str
        """Id."""
        why: str
        """What stood in the way."""

    volumes: list[AdoptionList.Candidate]
    """In the order in which clusters list them."""
    unknown: list[AdoptionList.Unknown]
    """Clusters that could not be asked."""


@dataclass(frozen=True)
class AdoptionRequest:
    volume: str
    """Gluster's name for it; or the id of one that was adopted for reading only and is to be managed."""
    cluster: str = ""
    """Id; may be left out where only one cluster has such a volume."""
    managed: bool = False
    """Whether it becomes a volume like those made here, instead of one for reading only."""


@dataclass(frozen=True)
class BackupList:
    """Backups that the server makes by itself."""

    @dataclass(frozen=True)
    class Backup:
        """One backup."""

        file: str
        """Its name."""
        taken: str
        """When."""
        sequence: int
        """Number of the last transaction in it."""
        bytes: int
        """Its size."""

    folder: str
    """On the server."""
    period_minutes: int
    """From one to the next."""
    kept: int
    """How many."""
    backups: list[BackupList.Backup]
    """Oldest first."""
    last_good: str = ""
    """When one was last read back and found whole; absent when none was."""


@dataclass(frozen=True)
class BlockInfo:
    """What a volume that hosts block volumes has left; ``{}`` for others."""

    freesize: int = 0
    """GiB left for block volumes."""
    reservedsize: int = 0
    """GiB kept back: 2 % of the size."""
    blockvolume: list[str] = field(default_factory=list)
    """Ids of its block volumes, ascending."""
    restriction: str = ""
    """Whether it takes no more. One of nothing, ``locked``, ``locked-by-update``."""


@dataclass(frozen=True)
class BlockRestrictionRequest:
    restriction: str = ""
    """Empty to unlock. One of nothing, ``locked``."""


@dataclass(frozen=True)
class BlockVolumeCreateRequest:
    size: int
    """GiB."""
    clusters: list[str] = field(default_factory=list)
    """Ids to choose from; empty for all."""
    name: str = ""
    """Unique on its hosting volume; empty for ``blockvol_ID``."""
    hacount: int = 0
    """On how many hosts; 0 for all, and so is more than there are."""
    auth: bool = False
    """With CHAP user and password."""


@dataclass(frozen=True)
class BlockVolumeExpandRequest:
    new_size: int
    """GiB in all; not how much to add."""


@dataclass(frozen=True)
class BlockVolumeInfo:
    """A block volume."""

    @dataclass(frozen=True)
    class Target:
        """How an initiator reaches it."""

        hosts: list[str]
        """Addresses of the portals."""
        iqn: str
        """Name of the target."""
        lun: int
        """Always 0."""
        username: str
        """CHAP user; empty without."""
        password: str
        """CHAP password; empty without."""

    size: int
    """GiB."""
    name: str
    """What gluster-block calls it."""
    id: str
    """Chosen by the server."""
    blockvolume: BlockVolumeInfo.Target
    hacount: int = 0
    """Number of hosts. Left out when 0."""
    cluster: str = ""
    """Id of its cluster."""
    blockhostingvolume: str = ""
    """Id of the volume it lies on."""
    usablesize: int = 0
    """GiB that initiators see; smaller than ``size`` after an expansion that did not end."""


@dataclass(frozen=True)
class BlockVolumeList:
    blockvolumes: list[str]
    """Ids, ascending."""


@dataclass(frozen=True)
class BrickEvictRequest:
    healcheck: str = ""
    """Whether to ask gluster for the heal state first; empty is enable. One of nothing, ``enable``, ``disable``."""


@dataclass(frozen=True)
class BrickInfo:
    """A brick. All members are always there."""

    id: str
    """The logical volume is ``brick_ID``."""
    path: str
    """The directory given to gluster."""
    device: str
    """Id of its device."""
    node: str
    """Id of its node."""
    volume: str
    """Id of its volume."""
    size: int
    """KiB."""


@dataclass(frozen=True)
class ClusterCreateRequest:
    file: bool = False
    """Takes file volumes."""
    block: bool = False
    """Takes block volumes and their hosting volumes."""


@dataclass(frozen=True)
class ClusterFlagsRequest:
    file: bool = False
    """Takes file volumes."""
    block: bool = False
    """Takes block volumes and their hosting volumes."""


@dataclass(frozen=True)
class ClusterInfo:
    """A cluster. The lists hold ids, ascending, and are there even when empty."""

    id: str
    """Chosen by the server."""
    nodes: list[str]
    """Ids of its nodes."""
    volumes: list[str]
    """Ids of its volumes, those that host block volumes included."""
    block: bool
    """Takes block volumes and their hosting volumes."""
    file: bool
    """Takes file volumes."""
    blockvolumes: list[str]
    """Ids of its block volumes."""


@dataclass(frozen=True)
class ClusterList:
    clusters: list[str]
    """Ids, ascending."""


@dataclass(frozen=True)
class DeviceAddRequest:
    name: str
    """Path of the device on its node."""
    node: str
    """Id of its node."""
    tags: dict[str, str] = field(default_factory=dict)
    """See ``POST /nodes/{id}/tags``."""
    destroydata: bool = False
    """Erase what is on it."""


@dataclass(frozen=True)
class DeviceDeleteRequest:
    forceforget: bool = False
    """Forget the device even if it cannot be cleaned on its node."""


@dataclass(frozen=True)
class DeviceInfo:
    """A device with the bricks on it."""

    name: str
    """As it was added."""
    storage: Storage
    id: str
    """Chosen by the server. The volume group is ``vg_ID``."""
    state: str
    """Whether new bricks go there. One of ``online``, ``offline``, ``failed``."""
    bricks: list[BrickInfo]
    """Ascending by id."""
    tags: dict[str, str] = field(default_factory=dict)
    """Left out when there are none."""
    paths: list[str] = field(default_factory=list)
    """Names of the device on its node."""
    pv_uuid: str = ""
    """LVM's id of the physical volume."""


@dataclass(frozen=True)
class DoctorReport:
    """What is wrong with nodes."""

    @dataclass(frozen=True)
    class Finding:
        """Something that is, or will be, in the way."""

        severity: str
        """``error``: volumes cannot be made or kept there. ``warning``: they soon cannot. ``note``: good to know. One of ``error``,
        ``warning``, ``note``."""
        check: str
        """What was looked at."""
        what: str
        """What was found."""
        fix: str
        """A command for that node, or what to do."""

    @dataclass(frozen=True)
    class Node:
        """One node."""

        host: str
        """By which it was asked."""
        findings: list[DoctorReport.Finding]
        """The worst first; empty when all is well."""
        id: str = ""
        """Absent for a host that is not added yet."""

    nodes: list[DoctorReport.Node]
    """Each that was asked."""


@dataclass(frozen=True)
class DoctorRequest:
    """A host."""

    host: str = ""
    """The name by which the server would reach it."""


class Drift:
    """Parts of it come one by one."""

    @dataclass(frozen=True)
    class Finding:
        """A place where records and nodes disagree."""

        id: str
        """The same in each run, for the same disagreement."""
        kind: str
        """Its kind, as ``GET /reconcile`` names it."""
        cluster: str
        """Id of the cluster."""
        object: str
        """What it is about, as the tool that shows it calls it."""
        about: str
        """The kind in words."""
        evidence: list[str]
        """What was recorded and what was seen."""
        risk: str
        """Of the proposed repair."""
        repair: str
        """What is proposed."""
        first_seen: str
        """When, in UTC."""
        node: str = ""
        """Id of the node; empty for what a whole cluster knows."""
        explained_by: str = ""
        """The open operation that explains it; then nothing is wrong."""

    @dataclass(frozen=True)
    class Gap:
        """What nobody could tell."""

        what: str
        """Which part, such as ``node`` and its id."""
        why: str
        """The failure."""


@dataclass(frozen=True)
class Durability:
    """How a volume survives the loss of nodes, as the request said it. Answers have both inner objects always."""

    @dataclass(frozen=True)
    class Disperse:
        """For ``disperse``: one of 2+1, 4+2, 8+3, 8+4."""

        data: int = 0
        """Bricks of a set that hold data."""
        redundancy: int = 0
        """Bricks of a set that may be lost."""

    @dataclass(frozen=True)
    class Replicate:
        """For ``replicate``."""

        replica: int = 0
        """Copies: 1 to 3; 0 or left out means 2."""

    type: str = ""
    """Left out, it is none. One of nothing, ``none``, ``replicate``, ``disperse``."""
    replicate: Optional[Durability.Replicate] = None
    disperse: Optional[Durability.Disperse] = None


@dataclass(frozen=True)
class Examination:
    """The records, findings in words, and per cluster and node what gluster, LVM and the mounts say."""

    heketidb: Dump
    report: list[str]
    """One line a finding."""
    clusters: list[dict[str, Any]]
    """What the nodes said."""


@dataclass(frozen=True)
class FaultReport:
    """Faults on purpose."""

    @dataclass(frozen=True)
    class InForce:
        """A rule in force."""

        rule: FaultRule
        """As it was sent."""
        matched: int
        """Commands, or points, that it fits, whether or not it acted."""
        acted: int
        """How often it did."""

    @dataclass(frozen=True)
    class Passed:
        """A fault point that was passed."""

        point: str
        """Where, and whether before or after it."""
        times: int
        """How often."""

    seed: int
    """Of all chance in the rules; sent with the same rules, it makes the same choices."""
    rules: list[FaultReport.InForce]
    """In their order."""
    points: list[FaultReport.Passed]
    """Fault points passed since the rules were set, in the order in which they were first passed."""
    points_left_out: int
    """How often points were passed that found no place in ``points``."""


@dataclass(frozen=True)
class FaultRule:
    """What is left out matches everything, or changes nothing. ``*`` in ``operation``, ``stage``, ``step``, ``node`` and ``point``
    stands for any text."""

    name: str = ""
    """Under which it is logged and counted."""
    operation: str = ""
    """Kind of the operation, such as ``create-volume``."""
    stage: str = ""
    """Stage of its plan."""
    step: str = ""
    """Step of the stage; taking it back is ``undo-`` and its name."""
    node: str = ""
    """First manage host name of the node."""
    command: str = ""
    """Regular expression, looked for in the command line."""
    output: str = ""
    """Regular expression, looked for in what the command wrote, on standard error if it failed. The command has run then."""
    questions: bool = False
    """Whether it meets commands that only ask, too."""
    point: str = ""
    """A fault point, such as ``delete-volume/pivot:after``. Stands alone."""
    while_file: str = ""
    """In force only while this file exists on the server's machine."""
    probability: float = 0.0
    """Above 0, up to 1. Left out: always."""
    skip: int = 0
    """So many matches are let through first."""
    every: int = 0
    """Of those after them, each so-manieth is met."""
    times: int = 0
    """It acts so many times at most; 0 for any number."""
    act: str = ""
    """``error``: not run, answered as failed; at a point, an exception. ``answer``: not run, answered with ``status``, ``stdout``,
    ``stderr``. ``delay``. ``hang``: not run, no answer. ``lost-reply``: run, no answer. ``garbage``: run, what it wrote is noise.
    ``truncated``: run, what it wrote is cut. ``unreachable``: not run, for certain. ``crash``: the server's process ends, with exit
    status 99. One of ``error``, ``answer``, ``delay``, ``hang``, ``lost-reply``, ``garbage``, ``truncated``, ``unreachable``,
    ``crash``."""
    wait_ms: int = 0
    """It waits so long first. For ``hang``, 0 is the command's own deadline."""
    status: int = 0
    """Exit status of ``error`` (0 is 1) and ``answer``."""
    stdout: str = ""
    """What the command is made to write."""
    stderr: str = ""
    """The same on standard error."""


@dataclass(frozen=True)
class FaultRules:
    rules: list[FaultRule]
    """The first that fits and is due acts."""
    seed: int = 0
    """Of all chance in the rules; 0 for a new one."""


@dataclass(frozen=True)
class HeketiExport:
    """A dump and what is not in it."""

    omitted: list[str]
    """What Heketi cannot express, one sentence each."""
    dump: Dump


@dataclass(frozen=True)
class Hostnames:
    """Names of a node. Only the first of each list is used to reach it; all are reserved for it."""

    manage: list[str]
    """How the server reaches it: addresses or DNS names."""
    storage: list[str]
    """How its peers and clients of volumes reach it."""


@dataclass(frozen=True)
class ImportReport:
    """What becomes of a dump."""

    @dataclass(frozen=True)
    class Counts:
        """How many of each kind."""

        clusters: int
        """Clusters."""
        nodes: int
        """Nodes."""
        devices: int
        """Devices."""
        bricks: int
        """Bricks."""
        volumes: int
        """Volumes."""
        block_volumes: int
        """Block volumes."""
        operations: int
        """Unfinished operations."""

    @dataclass(frozen=True)
    class Finding:
        """Something about one entry."""

        entity: str
        """Its kind, as ``volume``."""
        id: str
        """Its id; empty for the dump as a whole."""
        field: str
        """As the dump writes it; empty for the entry as a whole."""
        text: str
        """What is wrong, and what is made of it."""

    @dataclass(frozen=True)
    class Unfinished:
        """An operation that Heketi had not finished."""

        id: str
        """Its id."""
        type: str
        """As Heketi calls it."""
        status: str
        """As the dump has it; may be empty."""
        fate: str
        """What becomes of it."""

    imported: bool
    """Whether the records hold it now."""
    counts: ImportReport.Counts
    """How many of each kind."""
    problems: list[ImportReport.Finding]
    """What has to be put right first; nothing is imported while there are any."""
    notes: list[ImportReport.Finding]
    """What is taken otherwise than the dump says it, or left out."""
    operations: list[ImportReport.Unfinished]
    """What Heketi had not finished, and what becomes of it."""
    differences: list[Drift.Finding]
    """Where dump and nodes disagree; only in a preview of a dump without problems."""
    unknown: list[Drift.Gap]
    """What of the nodes nobody could tell then."""


@dataclass(frozen=True)
class LastDrift:
    """What the last comparison of all records with all nodes found."""

    at: str
    """When it began."""
    took_ms: int
    """How long it took."""
    nodes: int
    """How many there were."""
    standing: int
    """Disagreements as last seen at each place that no operation explains and none has repaired since."""
    findings: list[Drift.Finding]
    """All that it found, explained ones among them."""
    unknown: list[Drift.Gap]
    """Parts that nobody could tell about."""
    next: str = ""
    """When the next one begins by itself; absent where none does."""


@dataclass(frozen=True)
class LogLevels:
    """The only logger is ``glusterfs``."""

    loglevel: dict[str, str] = field(default_factory=dict)
    """Logger to level: ``none``, ``critical``, ``error``, ``warning``, ``info``, ``debug``."""


@dataclass(frozen=True)
class NodeAddRequest:
    zone: int
    """Failure domain. The bricks of a set go to different zones where they can."""
    hostnames: Hostnames
    cluster: str
    """Id of its cluster."""
    tags: dict[str, str] = field(default_factory=dict)
    """See ``POST /nodes/{id}/tags``."""


@dataclass(frozen=True)
class NodeAddressRequest:
    """At least one is named."""

    manage: str = ""
    """Under which the server reaches the node; left out to leave it."""
    storage: str = ""
    """Under which the nodes reach it; left out to leave it."""


@dataclass(frozen=True)
class NodeInfo:
    """A node with all its devices."""

    zone: int
    """Failure domain."""
    hostnames: Hostnames
    cluster: str
    """Id of its cluster."""
    id: str
    """Chosen by the server."""
    state: str
    """Whether new bricks go there. One of ``online``, ``offline``, ``failed``."""
    devices: list[DeviceInfo]
    """Ascending by id."""
    tags: dict[str, str] = field(default_factory=dict)
    """Left out when there are none."""


@dataclass(frozen=True)
class NodeZone:
    """Where a node stands."""

    zone: int = 0
    """Failure domain. The bricks of a set go to different zones where they can."""


@dataclass(frozen=True)
class OperationInfo:
    """An operation, open or ended."""

    @dataclass(frozen=True)
    class Leftover:
        """A step that was not seen to be done, or taken back."""

        hosts: list[str]
        """Nodes; each of them knows of it."""
        step: str
        """Kind, stage and step."""
        seen: str
        """``present``, ``partial``, ``absent``, or ``unknown`` with what stood in the way of looking."""
        commands: list[str]
        """What would put it right, one after the other, on one of the nodes."""

    id: str
    """Its place in ``/queue`` too."""
    type_name: str
    """Its kind, such as ``create-volume``."""
    state: str
    """The first two are open. One of ``running``, ``undoing``, ``done``, ``fell-short``, ``undone``, ``abandoned``."""
    error: str = ""
    """Why it is not, or will not be, done; absent otherwise."""
    resource: str = ""
    """Where its result is found; absent for none."""
    obstacle: str = ""
    """What stood in the way of the last attempt; absent when nothing did, and once it has ended."""
    attempts: int = 0
    """Attempts that have failed; absent for none."""
    begun: str = ""
    """When."""
    ended: str = ""
    """When; absent while it is open."""
    records: str = ""
    """What the records became when it was abandoned; absent otherwise. One of nothing, ``as-before``, ``as-after``."""
    leftovers: list[OperationInfo.Leftover] = field(default_factory=list)
    """What an abandoned operation may have left; absent for nothing."""


@dataclass(frozen=True)
class OperationsCleanupRequest:
    operations: list[str] = field(default_factory=list)
    """Ids; empty for all that are stale or failed."""


@dataclass(frozen=True)
class OperationsHealth:
    """How the server itself is."""

    @dataclass(frozen=True)
    class Damaged:
        """A place in a file that is not what was written."""

        file: str
        """Its path on the server."""
        offset: int
        """In bytes."""
        what: str
        """What is wrong."""
        shown_up_to: int
        """Number of the last transaction that is shown."""
        next: str
        """What to do."""
        shown_until: str = ""
        """When that was written; absent when it is in a checkpoint."""
        lost_first: int = 0
        """The first transaction that can be recognised behind the damage; absent when none can."""
        lost_last: int = 0
        """The last of them."""
        lost_from: str = ""
        """When the first was written."""
        lost_until: str = ""
        """When the last was written."""

    @dataclass(frozen=True)
    class Finding:
        """Something else that needs a person."""

        what: str
        """What it is."""
        next: str
        """What to do."""

    @dataclass(frozen=True)
    class Quarantined:
        """A row that is kept as it is."""

        table: str
        """Where it lies."""
        key: str
        """Its id."""
        version: int
        """Of its form."""
        why: str
        """Why it cannot be read."""
        next: str
        """What to do."""
        written: str = ""
        """When it was put there; absent when that was before the log that was read at the start."""

    @dataclass(frozen=True)
    class Records:
        """The records on disk."""

        sequence: int
        """Number of the newest durable transaction."""
        flushes: int
        """Since the start."""
        bytes: int
        """Written since the start."""
        to_replay_bytes: int
        """Log that the next start would read."""

    @dataclass(frozen=True)
    class Stuck:
        """An open operation that could not be ended so far."""

        id: str
        """Its place in ``/queue`` too."""
        type_name: str
        """Its kind."""
        attempts: int
        """How many failed."""
        obstacle: str
        """What stood in the way of the last, with node, command and what it said."""
        begun: str
        """When."""
        next: str
        """What to do."""
        next_attempt: str = ""
        """When it is tried again by itself."""

    status: str
    """``degraded``: something needs a person, all else is served. ``read-only``: no change is taken, and nothing is done on nodes. One
    of ``ok``, ``degraded``, ``read-only``."""
    since: str
    """When the server was started."""
    quarantined: list[OperationsHealth.Quarantined]
    """Rows that cannot be read. They are kept, and what they speak of is not changed."""
    damaged: list[OperationsHealth.Damaged]
    """Where acknowledged transactions are lost."""
    stuck: list[OperationsHealth.Stuck]
    """Open operations whose last attempt failed. Three failures make the server ``degraded``."""
    records: OperationsHealth.Records
    """The records on disk."""
    findings: list[OperationsHealth.Finding]
    """Whatever else needs a person."""
    read_only: str = ""
    """Why no change is taken; absent while changes are."""


@dataclass(frozen=True)
class OperationsInfo:
    """Numbers of open operations."""

    total: int
    """Stale, failed and new."""
    in_flight: int
    """Run now, and counted against ``glusterfs.max_inflight_operations``."""
    stale: int
    """Left by an earlier process, being taken up."""
    failed: int
    """An attempt to end it has failed; it is tried again."""
    new: int
    """Begun since the start, and nothing has gone wrong."""


@dataclass(frozen=True)
class PendingOperation:
    """An operation that has not ended."""

    id: str
    """Its place in ``/queue`` too."""
    type_name: str
    """Its kind, such as ``create-volume``."""
    status: str
    """Empty is new. One of nothing, ``stale``, ``failed``."""
    sub_status: str
    """Whether it runs at this moment. One of nothing, ``in-flight``."""


@dataclass(frozen=True)
class PendingOperationDetails:
    """An operation that has not ended, and what it changes."""

    @dataclass(frozen=True)
    class Change:
        id: str
        """Of the item."""
        description: str
        """What happens to it, such as ``Add brick``."""

    @dataclass(frozen=True)
    class Lane:
        """Steps that are taken one after the other."""

        hosts: list[str]
        """Of the present step; its command goes to one of them."""
        step: str
        """That is being taken; the last one when all are done."""
        steps_done: int
        """Of this lane."""
        steps_total: int
        """Of this lane."""

    @dataclass(frozen=True)
    class Progress:
        """How far it has come."""

        steps_done: int
        """Since it was last taken up."""
        steps_total: int
        """Of the whole plan."""

    id: str
    """Its place in ``/queue`` too."""
    type_name: str
    """Its kind, such as ``create-volume``."""
    status: str
    """Empty is new. One of nothing, ``stale``, ``failed``."""
    sub_status: str
    """Always empty here."""
    changes: list[PendingOperationDetails.Change]
    """One for each item."""
    obstacle: str = ""
    """What stood in the way of the last attempt, with node, command and what it said; absent when nothing did."""
    attempts: int = 0
    """Attempts that have failed; absent for none."""
    not_before: str = ""
    """When the next attempt is due; absent while one runs, or none has failed."""
    stage: str = ""
    """What is being done now; absent while nobody drives it."""
    progress: Optional[PendingOperationDetails.Progress] = None
    """Absent while nobody drives it."""
    lanes: list[PendingOperationDetails.Lane] = field(default_factory=list)
    """What is done side by side in the present stage, mostly one lane for each brick; absent while nobody drives it, or it is being
    taken back."""


@dataclass(frozen=True)
class PendingOperationList:
    pendingoperations: list[PendingOperation]
    """Ascending by id."""


@dataclass(frozen=True)
class PlanInfo:
    """What a change would do. Members without content are left out."""

    @dataclass(frozen=True)
    class Choice:
        """What became of a device when places were sought."""

        device: str
        """Its id."""
        node: str
        """Its node's id."""
        chosen: bool
        """Whether it gets bricks."""
        reason: str
        """Which bricks, or what stood against it."""

    @dataclass(frozen=True)
    class First:
        """One operation of a series."""

        kind: str
        """The kind of operation, such as ``evict-brick``."""
        changes: list[PendingOperationDetails.Change] = field(default_factory=list)
        """Rows of the records."""
        space: list[PlanInfo.Space] = field(default_factory=list)
        """Devices whose free space changes, ascending by id."""
        checks: list[str] = field(default_factory=list)
        """What nodes are asked first."""
        stages: list[PlanInfo.Stage] = field(default_factory=list)
        """Done one after the other."""

    @dataclass(frozen=True)
    class Lane:
        """Steps taken one after the other."""

        steps: list[PlanInfo.Step]
        """In order."""

    @dataclass(frozen=True)
    class Space:
        """What is free on a device."""

        device: str
        """Its id."""
        node: str
        """Its node's id."""
        free_before_kib: int
        """Now."""
        free_after_kib: int
        """When it is done."""

    @dataclass(frozen=True)
    class Stage:
        """Lanes taken at the same time."""

        name: str
        """Such as ``bricks``."""
        no_return: bool
        """Whether nothing can be taken back once it has begun."""
        lanes: list[PlanInfo.Lane]
        """May be empty."""

    @dataclass(frozen=True)
    class Step:
        """One effect on one host."""

        name: str
        """Such as ``create-thin-volume``."""
        hosts: list[str]
        """The first that can be reached is given the commands."""
        commands: list[str]
        """One after the other."""

    id: str
    """For ``POST /plans/{id}``."""
    expires: str
    """Until when it is kept."""
    kind: str
    """The kind of operation, such as ``create-volume``."""
    refusal: str = ""
    """Why the operation would be accepted and fail at once."""
    resource: str = ""
    """Where its result would be found."""
    changes: list[PendingOperationDetails.Change] = field(default_factory=list)
    """Rows of the records."""
    space: list[PlanInfo.Space] = field(default_factory=list)
    """Devices whose free space changes, ascending by id."""
    checks: list[str] = field(default_factory=list)
    """What nodes are asked before anything is done, and again before the point of no return."""
    stages: list[PlanInfo.Stage] = field(default_factory=list)
    """Done one after the other. Absent when the change is one write to the records, and for a series of operations."""
    first: Optional[PlanInfo.First] = None
    """Of a series of operations: the one it would begin with."""
    placement: list[PlanInfo.Choice] = field(default_factory=list)
    """For creating and expanding volumes: each device of the cluster, and why it was chosen or not."""
    risks: list[str] = field(default_factory=list)
    """Sentences for people."""


@dataclass(frozen=True)
class Probe:
    """What a probe found."""

    @dataclass(frozen=True)
    class Check:
        """One thing that was looked at."""

        name: str
        """``journal``, ``checkpoint``, ``recovery``, ``mode``, ``records``, ``operations``, ``backup``."""
        status: str
        """How it is. One of ``ok``, ``warn``, ``fail``."""
        what: str
        """The same in words."""

    status: str
    """The worst of the checks. One of ``ok``, ``warn``, ``fail``."""
    checks: list[Probe.Check]
    """All that was looked at."""


@dataclass(frozen=True)
class QuarantinedForgetRequest:
    """A row."""

    table: str = ""
    """As in ``/operations/health``."""
    key: str = ""
    """As in ``/operations/health``."""


@dataclass(frozen=True)
class RebootCheck:
    """Whether a node can be restarted now."""

    @dataclass(frozen=True)
    class Reason:
        """What speaks against it."""

        volume: str
        """Its name; empty when it is not about one."""
        why: str
        """In words."""

    node: str
    """Its id."""
    host: str
    """Its first manage name."""
    safe: bool
    """Whether no volume would lose its quorum."""
    volumes: int
    """How many have a brick there."""
    reasons: list[RebootCheck.Reason]
    """Empty when it is safe."""


@dataclass(frozen=True)
class RebuildReport:
    """Records made from what nodes said."""

    @dataclass(frozen=True)
    class Finding:
        """Something that a person should know."""

        kind: str
        """``contradiction``: places say different things, the text says what was taken; ``missing``: it is not among the records;
        ``incomplete``: it is, but not all of it; ``note``. One of ``contradiction``, ``missing``, ``incomplete``, ``note``."""
        object: str
        """What it is about."""
        text: str
        """What was found, and what to do."""

    @dataclass(frozen=True)
    class Source:
        """A node that was asked."""

        host: str
        """As it was named."""
        node: str
        """Its id; empty when nothing on it says it."""
        devices: int
        """Volume groups of ours on it."""
        trouble: str
        """Why it could not be asked; empty when it could."""

    clusters: int
    """How many."""
    nodes: int
    """How many."""
    devices: int
    """How many."""
    volumes: int
    """How many."""
    bricks: int
    """How many."""
    blockvolumes: int
    """How many."""
    sources: list[RebuildReport.Source]
    """The nodes that were asked."""
    findings: list[RebuildReport.Finding]
    """What could not be known, and where nodes contradict each other."""
    whole: bool
    """Whether every node answered, and all that they hold is among the records."""
    written: bool
    """Whether the records were taken over."""


@dataclass(frozen=True)
class RebuildRequest:
    nodes: list[str]
    """Host names to send commands to, beside those of the topology; may be empty with one."""
    topology: Optional[TopologyFile] = None
    """As ``topology load`` takes it; tells names and zones of nodes that do not answer."""
    plan: bool = False
    """Only say what would be recovered."""
    partial: bool = False
    """Take over what is known although something could not be read."""


@dataclass(frozen=True)
class RepairAnswer:
    """What is done about each finding."""

    @dataclass(frozen=True)
    class Repair:
        finding: str
        """Its id."""
        steps: list[RepairAnswer.Step]
        """What it does, in order."""
        kind: str = ""
        """Kind of the operation; absent when there is none."""
        refused: str = ""
        """Why it is not repaired; absent when it is."""
        operation: str = ""
        """Its id; absent when it was only shown."""

    @dataclass(frozen=True)
    class Step:
        step: str
        """Stage and step, or what happens to which record."""
        hosts: list[str]
        """Nodes; the first that can be reached does it. Empty for records."""
        commands: list[str]
        """One after the other."""

    repairs: list[RepairAnswer.Repair]
    """In the order of the request."""


@dataclass(frozen=True)
class RepairRequest:
    findings: list[str]
    """Ids of findings."""
    plan: bool = False
    """Only show what would be done."""
    with_files: bool = False
    """Let files go that hang on what is removed. Without it such a repair is refused."""


@dataclass(frozen=True)
class Snapshot:
    """Space reserved for snapshots."""

    enable: bool = False
    """Whether to reserve any."""
    factor: float = 0.0
    """With ``enable`` 1 to 100: how much larger than its brick a thin pool is. Answers have 1 without."""


@dataclass(frozen=True)
class StampReport:
    """Nodes and records, compared."""

    @dataclass(frozen=True)
    class Difference:
        """One place."""

        kind: str
        """Whose place it is: a device's volume group, or a volume's gluster volume. One of ``device``, ``volume``."""
        id: str
        """Of the device or volume."""
        name: str
        """Of its volume group or gluster volume."""
        where: list[str]
        """Hosts that know of it."""
        add: list[str]
        """What it shall say, each ``key=value``."""
        remove: list[str]
        """What it says now instead."""

    @dataclass(frozen=True)
    class Unknown:
        """What could not be compared."""

        id: str
        """Of the device or volume."""
        why: str
        """What stood in the way."""

    differences: list[StampReport.Difference]
    """Places on nodes that say something else, or nothing."""
    unknown: list[StampReport.Unknown]
    """What could not be compared."""
    due: int
    """Changes that the nodes have not been told of. They are, as soon as the nodes can be reached."""


@dataclass(frozen=True)
class StateRequest:
    state: str
    """``failed`` can only follow ``offline``. One of ``online``, ``offline``, ``failed``."""
    healcheck: str = ""
    """Whether bricks are moved only from sets that need no heal; empty is enable. One of nothing, ``enable``, ``disable``."""
    prefer: str = ""
    """Id of the node that bricks move to where they can, when a node is given up; not looked at for devices."""


@dataclass(frozen=True)
class Storage:
    """Space of a device, in KiB."""

    total: int
    """Size of the volume group."""
    free: int
    """Total less used."""
    used: int
    """What the thin pools of bricks take, their metadata included."""


@dataclass(frozen=True)
class TagsChangeRequest:
    change_type: str
    """``set`` replaces all, ``update`` merges, ``delete`` removes the names given, whatever their values. One of ``set``, ``update``,
    ``delete``."""
    tags: dict[str, str] = field(default_factory=dict)
    """Names of 1 to 32 letters, digits, dots, dashes and underscores; values of up to 64 characters."""


@dataclass(frozen=True)
class TopologyFile:
    """The file that ``topology load`` reads."""

    @dataclass(frozen=True)
    class Cluster:
        file: bool
        """Not looked at here."""
        block: bool
        """Not looked at here."""
        nodes: list[TopologyFile.NodeEntry]
        """Its nodes."""

    @dataclass(frozen=True)
    class Device:
        name: str
        """Not looked at here."""
        destroydata: bool = False
        """Not looked at here: nothing is erased."""
        tags: dict[str, str] = field(default_factory=dict)
        """Not looked at here."""

    @dataclass(frozen=True)
    class Node:
        hostnames: Hostnames
        """Where commands are sent, and names among the nodes."""
        zone: int
        """Taken for a node that does not answer."""
        tags: dict[str, str] = field(default_factory=dict)
        """Not looked at here."""

    @dataclass(frozen=True)
    class NodeEntry:
        node: TopologyFile.Node
        """The node."""
        devices: list[TopologyFile.Device]
        """Not looked at here."""

    clusters: list[TopologyFile.Cluster] = field(default_factory=list)
    """With their nodes."""


@dataclass(frozen=True)
class VolumeCloneRequest:
    name: str = ""
    """Empty for ``vol_ID``."""


@dataclass(frozen=True)
class VolumeCreateRequest:
    size: int
    """GiB."""
    name: str = ""
    """Unique in its cluster; empty for ``vol_ID``. Cannot begin with a dash."""
    clusters: list[str] = field(default_factory=list)
    """Ids to choose from; empty for all."""
    durability: Optional[Durability] = None
    gid: int = 0
    """Group that may write; 0 for root only."""
    glustervolumeoptions: list[str] = field(default_factory=list)
    """Options, each its name, a blank and its value, in order. With a meaning of their own: ``user.heketi.arbiter true``,
    ``user.heketi.average-file-size KIB``, ``user.heketi.zone-checking strict`` or ``none``, ``user.heketi.device-tag-match TAG=VALUE``
    or ``TAG!=VALUE``."""
    block: bool = False
    """Make a volume that hosts block volumes."""
    snapshot: Optional[Snapshot] = None


@dataclass(frozen=True)
class VolumeExpandRequest:
    expand_size: int
    """GiB to add; not the new size."""


@dataclass(frozen=True)
class VolumeInfo:
    """A volume."""

    size: int
    """GiB."""
    name: str
    """What gluster calls it."""
    durability: Durability
    snapshot: Snapshot
    id: str
    """Chosen by the server; gluster knows it as the option ``user.heketi.id``."""
    cluster: str
    """Id of its cluster."""
    mount: VolumeMount
    blockinfo: BlockInfo
    bricks: list[BrickInfo]
    """Ascending by id, which is not gluster's order. The device of one that lies on none of the records is empty."""
    gid: int = 0
    """Left out when 0."""
    glustervolumeoptions: list[str] = field(default_factory=list)
    """The server's own before and after those of the request; a setting of the server that is empty counts as one empty text. Left out
    when there are none."""
    block: bool = False
    """Whether it hosts block volumes; left out when not."""
    readonly: bool = False
    """Whether it was adopted for reading only, so that nothing is done to its storage; left out when not."""


@dataclass(frozen=True)
class VolumeList:
    volumes: list[str]
    """Ids, ascending."""


@dataclass(frozen=True)
class VolumeMount:
    """How to mount it."""

    @dataclass(frozen=True)
    class Glusterfs:
        """Through FUSE."""

        hosts: list[str]
        """First storage name of each node of the cluster, in the order of the nodes' ids."""
        device: str
        """First host, a colon, and the name."""
        options: dict[str, str]
        """``backup-volfile-servers``: the other hosts, with commas between."""

    glusterfs: VolumeMount.Glusterfs

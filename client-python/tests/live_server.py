"""A real server process on simulated nodes, in a folder of its own."""

import atexit
import ctypes
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path
from typing import Any, Optional

import requests

from bricklayer import BricklayerClient, Patience
from bricklayer.model import DeviceAddRequest, Hostnames, NodeAddRequest, NodeInfo

KEY = "admin key of the tests, long enough"
USER_KEY = "user key of the tests, long enough"
PROJECT = Path(__file__).resolve().parents[2]
# Names the program to test; the launcher builds the jar if it is older than its sources, but is not asked to where there is none at all.
LAUNCHER = os.environ.get("BRICKLAYER") or str(PROJECT / "bricklayer")
MISSING = (
    ""
    if os.environ.get("BRICKLAYER") or (PROJECT / "tools/target/bricklayer.jar").exists()
    else f"there is no server to test against: {PROJECT}/tools/target/bricklayer.jar has not been built"
)

PATIENCE = Patience(operation=120, busy_retries=60, reconnect=120)
_LONGEST_START = 240
_LONGEST_STOP = 60


class LiveServer:
    """Runs on the same port from one start to the next, and never outlives this process."""

    def __init__(self, **glusterfs: Any) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="bricklayer-python-"))
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: Optional["subprocess.Popen[bytes]"] = None
        config = {
            "port": str(self.port),
            "jwt": {"admin": {"key": KEY}, "user": {"key": USER_KEY}},
            "glusterfs": {"executor": "mock", **glusterfs},
            "bricklayer": {
                "data": str(self.folder / "data"),
                "fault_injection": True,
                "backup": {"folder": str(self.folder / "backups")},
                "simulated": {"folder": str(self.folder / "nodes"), "device_size_gib": 50, "command_delay_ms": 0},
            },
        }
        (self.folder / "heketi.json").write_text(json.dumps(config))
        atexit.register(self.close)
        self.start()

    def start(self) -> None:
        """Returns when it serves."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("HEKETI_")}
        environment["BRICKLAYER_JAVA_OPTS"] = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx512m"
        with open(self.folder / "server.log", "ab") as log:
            self._process = subprocess.Popen(
                [LAUNCHER, "server", "--config", str(self.folder / "heketi.json")],
                env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=_die_with_parent,
            )  # fmt: skip
        give_up = time.monotonic() + _LONGEST_START
        while True:
            try:
                if requests.get(self.url + "/hello", timeout=10).status_code == 200:
                    return
            except requests.exceptions.RequestException:
                pass
            if self._process.poll() is not None or time.monotonic() > give_up:
                raise AssertionError(f"the server did not start (status {self._process.poll()}):\n{self.log_end()}")
            time.sleep(0.05)

    def kill(self) -> None:
        """No last words."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def await_own_end(self) -> None:
        assert self._process is not None
        self._process.wait(_LONGEST_STOP)

    def forget_records(self) -> None:
        """While it does not run. The nodes keep what is on them."""
        shutil.rmtree(self.folder / "data")

    def close(self) -> None:
        atexit.unregister(self.close)
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def log_end(self) -> str:
        return "\n".join((self.folder / "server.log").read_text(errors="replace").splitlines()[-40:])

    def client(self, patience: Patience = PATIENCE) -> BricklayerClient:
        return BricklayerClient(self.url, "admin", KEY, patience=patience)

    def _end(self, how: int) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(how)
            self._process.wait(_LONGEST_STOP)


_shared: list[LiveServer] = []
_told: list[bool] = []


def shared() -> LiveServer:
    """The one that all tests of this process have together; it takes two counted operations at a time."""
    if MISSING:
        # The runner tells of reasons only when asked.
        if not _told:
            print(f"SKIPPED: tests of the Python client on a server: {MISSING}", file=sys.stderr)
            _told.append(True)
        raise unittest.SkipTest(MISSING)
    if not _shared:
        _shared.append(
            LiveServer(
                max_inflight_operations=2,
                auto_create_block_hosting_volume=True,
                block_hosting_volume_size=10,
                block_hosting_volume_options="",
            )
        )
    return _shared[0]


def load_topology(client: BricklayerClient, nodes: int = 3, devices: int = 2) -> list[NodeInfo]:
    """A cluster of nodes with empty devices."""
    cluster = client.create_cluster()
    added = []
    for n in range(1, nodes + 1):
        node = client.add_node(NodeAddRequest(zone=n, hostnames=Hostnames([f"node{n}"], [f"10.0.0.{n}"]), cluster=cluster.id))
        for d in range(devices):
            client.add_device(DeviceAddRequest(name="/dev/vd" + "bcdefg"[d], node=node.id))
        added.append(client.get_node(node.id))
    return added


def _die_with_parent() -> None:
    """Also when this process is killed."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])

"""See :class:`HeketiClient`."""

from dataclasses import replace
from typing import Any, BinaryIO, Optional, Union

import requests

from bricklayer.patience import Patience
from bricklayer.transport import Transport, segment, take

Json = dict[str, Any]

# The change types of node_set_tags and device_set_tags.
TAGS_SET = "set"
TAGS_UPDATE = "update"
TAGS_DELETE = "delete"


class HeketiClient:
    """Speaks Heketi's REST API, with the constructor, methods and results of Heketi's client for Python.

    Methods wait until the server has done what they ask. A refusal, or a failure later on, raises
    :class:`requests.exceptions.HTTPError`; what the server says of it is in ``error.response.text``. See :mod:`bricklayer.errors` for more,
    and :class:`~bricklayer.client.BricklayerClient` for what Heketi's client lacks.

    Requests are repeated where that is safe, see :class:`~bricklayer.transport.Transport`.

    Holds no connection, so threads may share one.

    :param host: the server's address without a slash at the end, such as ``http://127.0.0.1:8080``; may hold a path before which
        the server lies, which is then signed like the rest
    :param user: ``admin`` or ``user``
    :param verify: as in requests: ``False`` takes any certificate, a string names a file of certificates to trust
    :param poll_delay: longest time in seconds between two looks at an operation under way
    :param timeout: seconds for which one HTTP exchange may be silent; operations may take longer
    :param patience: how long to wait for what else; its ``answer`` and ``poll_max`` are those above
    """

    def __init__(
        self,
        host: str,
        user: str,
        key: str,
        verify: Union[bool, str] = True,
        poll_delay: float = 1,
        timeout: float = 120,
        patience: Optional[Patience] = None,
    ) -> None:
        self.host = host.rstrip("/")
        self.user = user
        self.key = key
        self.verify = verify
        self.poll_delay = poll_delay
        self.timeout = timeout
        how = replace(patience or Patience(), answer=timeout, poll_max=poll_delay)
        self._transport = Transport(host, user, key, verify, how)

    # Service

    def hello(self) -> bool:
        return self._call("GET", "/hello").status_code == requests.codes.ok

    def db_dump(self) -> requests.Response:
        return self._call("GET", "/db/dump")

    def db_check(self) -> Json:
        """Which records contradict each other."""
        return self._call("GET", "/db/check").json()

    def db_backup(self, to: BinaryIO) -> None:
        """A consistent copy of the database in the server's own format. If this raises, what was written is not the whole."""
        take(self._transport, "/backup/db", to)

    def state_examine(self) -> Json:
        """What the nodes have beside the records, and where they differ. The server is silent until all nodes have answered."""
        return self._call("GET", "/internal/state/examine/gluster", slow=True).json()

    def loglevel_get(self) -> Json:
        return self._call("GET", "/internal/logging").json()

    def loglevel_set(self, loglevel_options: Json) -> Json:
        """:param loglevel_options: such as ``{"loglevel": {"glusterfs": "debug"}}``"""
        return self._call("POST", "/internal/logging", loglevel_options).json()

    def admin_get(self) -> Json:
        return self._call("GET", "/admin").json()

    def admin_set(self, admin_options: Json) -> bool:
        """:param admin_options: such as ``{"state": "local-client"}``; from ``read-only`` no request leads back"""
        return self._done("POST", "/admin", admin_options)

    # Operations

    def operations_info(self) -> Json:
        """How many operations there are in each state."""
        return self._call("GET", "/operations").json()

    def operations_health(self) -> Json:
        """How the server itself is, and what to do about whatever is not well."""
        return self._call("GET", "/operations/health").json()

    def operations_list(self) -> Json:
        """The operations that have not ended."""
        return self._call("GET", "/operations/pending").json()

    def operations_details(self, operation_id: str) -> Json:
        """An operation that has not ended, with what it changes."""
        return self._call("GET", f"/operations/pending/{segment(operation_id)}").json()

    def operations_cleanup(self, cleanup_options: Optional[Json] = None) -> bool:
        """Brings operations to an end that are stale or failed; which of them did end, :meth:`operations_list` shows.

        :param cleanup_options: ``{"operations": [ID, ...]}``; all when left out
        """
        return self._done("POST", "/operations/pending/cleanup", cleanup_options or {})

    def operation_info(self, operation_id: str) -> Json:
        """An operation, open or ended; of an abandoned one, what it may have left on which node."""
        return self._call("GET", f"/operations/{segment(operation_id)}").json()

    def operations_abandoned(self) -> Json:
        """Operations that were abandoned and may have left something."""
        return self._call("GET", "/operations/abandoned").json()

    def operation_resume(self, operation_id: str) -> Json:
        """Has an open operation tried now, or an abandoned one taken up again."""
        return self._call("POST", f"/operations/pending/{segment(operation_id)}/resume").json()

    def operation_undo(self, operation_id: str) -> Json:
        """Takes an open operation back, where that can be."""
        return self._call("POST", f"/operations/pending/{segment(operation_id)}/undo").json()

    def operation_abandon(self, operation_id: str) -> Json:
        """Ends an open operation where it stands; the answer says what it may have left."""
        return self._call("POST", f"/operations/pending/{segment(operation_id)}/abandon").json()

    # Clusters

    def cluster_create(self, cluster_options: Optional[Json] = None) -> Json:
        return self._call("POST", "/clusters", cluster_options or {}).json()

    def cluster_setflags(self, cluster_id: str, cluster_options: Optional[Json] = None) -> bool:
        answer = self._call("POST", f"/clusters/{segment(cluster_id)}/flags", cluster_options or {})
        return answer.status_code == requests.codes.ok

    def cluster_info(self, cluster_id: str) -> Json:
        return self._call("GET", f"/clusters/{segment(cluster_id)}").json()

    def cluster_list(self) -> Json:
        return self._call("GET", "/clusters").json()

    def cluster_delete(self, cluster_id: str) -> bool:
        return self._call("DELETE", f"/clusters/{segment(cluster_id)}").status_code == requests.codes.ok

    # Nodes

    def node_add(self, node_options: Optional[Json] = None) -> Json:
        return self._call("POST", "/nodes", node_options or {}).json()

    def node_info(self, node_id: str) -> Json:
        return self._call("GET", f"/nodes/{segment(node_id)}").json()

    def node_delete(self, node_id: str) -> bool:
        return self._done("DELETE", f"/nodes/{segment(node_id)}")

    def node_state(self, node_id: str, state_request: Optional[Json] = None) -> bool:
        return self._done("POST", f"/nodes/{segment(node_id)}/state", state_request or {})

    def node_set_tags(self, node_id: str, tags_options: Json) -> bool:
        return self._call("POST", f"/nodes/{segment(node_id)}/tags", tags_options).status_code == requests.codes.ok

    # Devices

    def device_add(self, device_options: Optional[Json] = None) -> bool:
        return self._done("POST", "/devices", device_options or {})

    def device_info(self, device_id: str) -> Json:
        return self._call("GET", f"/devices/{segment(device_id)}").json()

    def device_delete(self, device_id: str, delete_options: Optional[Json] = None) -> bool:
        """:param delete_options: ``{"forceforget": True}`` forgets it even if cleaning up on its node fails"""
        return self._done("DELETE", f"/devices/{segment(device_id)}", delete_options)

    def device_state(self, device_id: str, state_request: Optional[Json] = None) -> bool:
        return self._done("POST", f"/devices/{segment(device_id)}/state", state_request or {})

    def device_resync(self, device_id: str) -> bool:
        return self._call("GET", f"/devices/{segment(device_id)}/resync", changes=True).status_code == requests.codes.no_content

    def device_set_tags(self, device_id: str, tags_options: Json) -> bool:
        return self._call("POST", f"/devices/{segment(device_id)}/tags", tags_options).status_code == requests.codes.ok

    # Bricks

    def brick_evict(self, brick_id: str, evict_options: Optional[Json] = None) -> bool:
        """Replaces a brick by a new one elsewhere.

        :param evict_options: such as ``{"healcheck": "disable"}``
        """
        return self._done("POST", f"/bricks/to-evict/{segment(brick_id)}", evict_options)

    # Volumes

    def volume_create(self, volume_options: Optional[Json] = None) -> Json:
        return self._call("POST", "/volumes", volume_options or {}).json()

    def volume_list(self) -> Json:
        return self._call("GET", "/volumes").json()

    def volume_info(self, volume_id: str) -> Json:
        return self._call("GET", f"/volumes/{segment(volume_id)}").json()

    def volume_expand(self, volume_id: str, expand_size: Optional[Json] = None) -> Json:
        """:param expand_size: the whole body, ``{"expand_size": N}``, with the GiB to add"""
        return self._call("POST", f"/volumes/{segment(volume_id)}/expand", expand_size or {}).json()

    def volume_clone(self, volume_id: str, clone_options: Optional[Json] = None) -> Json:
        """:param clone_options: ``{"name": NAME}``; the server picks a name when left out"""
        return self._call("POST", f"/volumes/{segment(volume_id)}/clone", clone_options or {}).json()

    def volume_set_block_restriction(self, volume_id: str, restriction_options: Json) -> Json:
        """:param restriction_options: ``{"restriction": "locked"}``, or ``""`` to take block volumes again"""
        return self._call("POST", f"/volumes/{segment(volume_id)}/block-restriction", restriction_options).json()

    def volume_delete(self, volume_id: str) -> bool:
        return self._done("DELETE", f"/volumes/{segment(volume_id)}")

    # Block volumes

    def block_volume_list(self) -> Json:
        return self._call("GET", "/blockvolumes").json()

    def block_volume_info(self, volume_id: str) -> Json:
        return self._call("GET", f"/blockvolumes/{segment(volume_id)}").json()

    def block_volume_create(self, volume_options: Optional[Json] = None) -> Json:
        return self._call("POST", "/blockvolumes", volume_options or {}).json()

    def block_volume_expand(self, volume_id: str, new_size: Optional[Json] = None) -> Json:
        """:param new_size: the whole body, ``{"new_size": N}``, with the GiB that it has then in all"""
        return self._call("POST", f"/blockvolumes/{segment(volume_id)}/expand", new_size or {}).json()

    def block_volume_delete(self, volume_id: str) -> bool:
        return self._done("DELETE", f"/blockvolumes/{segment(volume_id)}")

    # How it is said

    def _done(self, method: str, path: str, body: Optional[Json] = None) -> bool:
        return self._call(method, path, body).status_code == requests.codes.no_content

    def _call(
        self, method: str, path: str, body: Optional[Json] = None, slow: bool = False, changes: Optional[bool] = None
    ) -> requests.Response:
        return self._transport.call(method, path, body, slow=slow, changes=changes)

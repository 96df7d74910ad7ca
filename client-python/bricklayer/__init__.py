"""Clients for Bricklayer.

:class:`HeketiClient` has the names of Heketi's own: change the import and nothing else. :class:`BricklayerClient` is typed, and has everything
that Bricklayer can be asked for; what it takes and gives is in :mod:`bricklayer.model`, what can go wrong in :mod:`bricklayer.errors`.
"""

from bricklayer.client import BricklayerClient, DriftEnd, DriftLine, NodeLooked, QueueEntry, disperse, replicate
from bricklayer.errors import BricklayerError, Problem
from bricklayer.events import Event, EventGap, EventsMissed, EventStream
from bricklayer.heketi import TAGS_DELETE, TAGS_SET, TAGS_UPDATE, HeketiClient
from bricklayer.patience import Patience

__all__ = [
    "BricklayerClient",
    "BricklayerError",
    "DriftEnd",
    "DriftLine",
    "Event",
    "EventGap",
    "EventStream",
    "EventsMissed",
    "HeketiClient",
    "NodeLooked",
    "Patience",
    "Problem",
    "QueueEntry",
    "TAGS_DELETE",
    "TAGS_SET",
    "TAGS_UPDATE",
    "disperse",
    "replicate",
]

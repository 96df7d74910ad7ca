"""Client for Bricklayer, with the names of Heketi's own: change the import and nothing else."""

from bricklayer.client import TAGS_DELETE, TAGS_SET, TAGS_UPDATE, HeketiClient

__all__ = ["HeketiClient", "TAGS_DELETE", "TAGS_SET", "TAGS_UPDATE"]

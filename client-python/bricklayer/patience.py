"""See :class:`Patience`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Patience:
    """How long to wait for what, in seconds, and how often to repeat."""

    connect: float = 10
    """For a connection."""

    answer: float = 180
    """For which one exchange may be silent. Requests that are answered when nodes have been looked at have as long as an operation."""

    operation: float = 7200
    """For the end of an operation. After that it goes on without us."""

    poll_first: float = 0.05
    """Before the second look at an operation; doubles from look to look."""

    poll_max: float = 1
    """Longest time between two looks."""

    reconnect: float = 60
    """For which a server may stay away that was there: while an operation goes on, and after an answer was lost."""

    busy_retries: int = 8
    """How often a request is repeated that was refused with 429."""

    busy_first: float = 1
    """Before the first repetition, where the server does not say; doubles. Waits after a 429 are spread by half."""

    busy_max: float = 30
    """Longest wait after a 429, whatever the server says."""


def backed_off(first: float, tries: int, longest: float) -> float:
    """``first``, doubled ``tries`` times, and never more than ``longest``."""
    return min(first * 2 ** min(tries, 20), longest)

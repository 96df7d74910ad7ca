"""Dataclasses to JSON and back, by their type hints. The wire and Python call members the same."""

import dataclasses
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_json(value: Any) -> Any:
    """What is empty is left out, unless it has to be said: to the server both mean the same."""
    if dataclasses.is_dataclass(value):
        return {
            member.name: to_json(getattr(value, member.name))
            for member in dataclasses.fields(value)
            if getattr(value, member.name) or _required(member)
        }
    if isinstance(value, Mapping):
        return {key: to_json(member) for key, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_json(item) for item in value]
    return value


def from_json(cls: type[T], said: Any) -> T:
    """A value of the dataclass. Members it does not know are passed over; what is missing is empty, zero or false."""
    if not isinstance(said, Mapping):
        raise ValueError(f"expected an object for {cls.__qualname__}, got {type(said).__name__}")
    hints = _hints(cls)
    return cls(**{name: _value(hint, said.get(name)) for name, hint in hints.items()})


def _value(hint: Any, said: Any) -> Any:
    origin = get_origin(hint)
    if origin is Union:  # Optional
        return None if said is None else _value(get_args(hint)[0], said)
    if origin is list:
        return [_value(get_args(hint)[0], item) for item in said or ()]
    if origin is dict:
        return {key: _value(get_args(hint)[1], item) for key, item in (said or {}).items()}
    if dataclasses.is_dataclass(hint):
        return from_json(hint, {} if said is None else said)
    if said is None and isinstance(hint, type):
        return hint()
    return said


def _required(member: "dataclasses.Field[Any]") -> bool:
    return member.default is dataclasses.MISSING and member.default_factory is dataclasses.MISSING


@lru_cache(maxsize=None)
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)

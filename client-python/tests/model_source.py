"""Writes ``bricklayer/model.py`` from a server's description of itself (``GET /openapi.json``)."""

import ast
import textwrap
from typing import Any

HEAD = '''"""What requests and answers hold, as the server describes it.

Members are named as on the wire. Sizes of volumes are GiB, of devices and bricks KiB; instants are text in UTC. What an answer leaves out is
empty, zero or false here.

Written by ``MODEL_WRITE=1 client-python/run-tests``; not edited by hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Optional
'''
# Kept as they came, so that nothing of them is lost on their way to another server.
VERBATIM = {"Dump", "Check"}
# Written by hand: it has members that nobody can foresee.
ELSEWHERE = {"Problem"}
SCALARS = {"string": ("str", '""'), "integer": ("int", "0"), "number": ("float", "0.0"), "boolean": ("bool", "False")}
TYPE_NAMES = {"str", "int", "float", "bool", "list", "dict", "Any", "Optional"}
WIDTH = 136


def model(description: dict[str, Any]) -> str:
    schemas = {name: schema for name, schema in description["components"]["schemas"].items() if name not in ELSEWHERE}
    parents: dict[str, list[str]] = {}
    for name in schemas:
        parent, dot, _ = name.partition(".")
        parents.setdefault(parent, [])
        if dot:
            parents[parent].append(name)
    parts = [HEAD]
    for parent in sorted(parents, key=lambda name: (not _is_alias(name, schemas.get(name, {})), name)):
        schema = schemas.get(parent, {})
        if _is_alias(parent, schema):
            parts.append(f"{parent} = {_alias(schema)}\n{_quoted(schema['description'], '')}\n")
        else:
            parts.append("\n" + _class(parent, schema, [(name, schemas[name]) for name in sorted(parents[parent])], ""))
    return "\n".join(parts)


def _is_alias(name: str, schema: dict[str, Any]) -> bool:
    return name in VERBATIM or (bool(schema) and "properties" not in schema)


def _alias(schema: dict[str, Any]) -> str:
    values = schema.get("additionalProperties", {})
    return f"dict[str, {_type(values) if 'properties' not in schema else 'Any'}]"


def _class(name: str, schema: dict[str, Any], inner: list[tuple[str, dict[str, Any]]], indent: str) -> str:
    lines = [f"{indent}@dataclass(frozen=True)"] if schema else []
    lines.append(f"{indent}class {name}:")
    deeper = indent + "    "
    about = schema.get("description") or ("" if schema else "Parts of it come one by one.")
    if about:
        lines.append(_quoted(about, deeper))
        lines.append("")
    for full_name, part in inner:
        lines.append(_class(full_name.rpartition(".")[2], part, [], deeper))
    required = set(schema.get("required", ()))
    members = schema.get("properties", {})
    clashes = set(members) & TYPE_NAMES
    if clashes:
        raise ValueError(f"{name}: members named as types, so their hints would not be understood: {sorted(clashes)}")
    for member in sorted(members, key=lambda it: it not in required):
        lines.append(_member(member, members[member], member in required, deeper))
    return "\n".join(lines).rstrip() + "\n"


def _member(name: str, schema: dict[str, Any], required: bool, indent: str) -> str:
    kind = _type(schema)
    if "$ref" in schema and not required:
        kind = f"Optional[{kind}]"
    line = f"{indent}{name}: {kind}" + ("" if required else f" = {_default(schema)}")
    about = schema.get("description", "")
    words = schema.get("enum")
    if words:
        about += " One of " + ", ".join(f"`{word}`" if word else "nothing" for word in words) + "."
    return line + "\n" + _quoted(about, indent) if about else line


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    kind = schema.get("type")
    if isinstance(kind, list):
        kind = kind[0]
    if kind == "array":
        return f"list[{_type(schema['items'])}]"
    if kind == "object":
        values = schema.get("additionalProperties")
        return f"dict[str, {_type(values) if isinstance(values, dict) else 'Any'}]"
    return SCALARS[kind][0] if kind in SCALARS else "Any"


def _default(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return "None"
    kind = _type(schema)
    if kind.startswith("list"):
        return "field(default_factory=list)"
    if kind.startswith("dict"):
        return "field(default_factory=dict)"
    return next((zero for name, zero in SCALARS.values() if name == kind), "None")


def _quoted(text: str, indent: str) -> str:
    text = " ".join(text.split()).replace("`", "``").replace("\\", "\\\\")
    if text.endswith('"'):
        text += " "
    return textwrap.fill(f'"""{text}"""', WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def structure(source: str) -> str:
    """The same without what is said to people."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [part for part in body if not (isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant))]  # type: ignore[attr-defined]
    return ast.unparse(tree)

"""The plan of the house: which room imports which, drawn from the source alone.

`python tests/contract/plan.py` prints it.
"""

import ast
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "bibnet"
# The rooms, each floor above all that it imports. Stages of one floor do not know each other.
FLOORS = (
    ("schema",),
    ("storage",),
    ("reference",),
    ("query", "network", "places"),
    ("harvest", "tables", "tag", "metrics", "report"),
    ("runs",),
    ("cli",),
    ("__main__",),
)
FLOW = ("query", "harvest", "tables", "places", "tag", "network", "metrics", "report")


@lru_cache(maxsize=1)
def sources() -> Mapping[str, ast.Module]:
    """Every module by its dotted name, parsed; a stub stands for the names a room hands out."""
    found = {}
    for path in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.pyi")]):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found[name + ("[stub]" if path.suffix == ".pyi" else "")] = tree
    return found


def module_names() -> set[str]:
    """Dotted names of all modules."""
    return {name for name in sources() if not name.endswith("[stub]")}


def room(module: str) -> str:
    """The folder of a module below the package; the package itself is the room of its name."""
    return module.split(".")[1] if "." in module else module


def imports(module: str) -> Iterator[str]:
    """Dotted names that a module imports, as far as they name modules or libraries."""
    for node in ast.walk(sources()[module]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                below = f"{node.module}.{alias.name}"
                yield below if below in module_names() else node.module


@lru_cache(maxsize=1)
def arrows() -> Mapping[str, frozenset[str]]:
    """Module -> modules of the package that it imports."""
    return {
        module: frozenset(found for found in imports(module) if found in module_names())
        for module in module_names()
    }


def room_arrows() -> dict[str, set[str]]:
    """Room -> rooms that it imports."""
    found: dict[str, set[str]] = {}
    for module, others in arrows().items():
        if "." in module:
            found.setdefault(room(module), set()).update(
                room(other) for other in others if "." in other and room(other) != room(module)
            )
    return found


def drawn() -> str:
    """The plan as text: a line a floor, the highest first, each room with what it imports."""
    known = room_arrows()
    lines = []
    for number, rooms in reversed(list(enumerate(FLOORS, 1))):
        shown = [
            f"{name} -> {', '.join(sorted(known.get(name, ()))) or 'nothing'}" for name in rooms
        ]
        lines += [f"{number}  {line}" for line in shown]
    return "\n".join(lines)


if __name__ == "__main__":
    print(drawn())  # noqa: T201

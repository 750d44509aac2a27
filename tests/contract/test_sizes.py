"""Small and named: the bounds that the style of the project sets."""

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "bibnet"
MODULES = sorted(PACKAGE.rglob("*.py"))
MOST_LINES, MOST_BODY, MOST_PARAMETERS = 300, 50, 5


def functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                yield f"{path.relative_to(PACKAGE)}: {node.name}", node


def body_lines(node: ast.FunctionDef) -> int:
    """Lines of a function without its docstring."""
    first = node.body[0]
    words = first.end_lineno - first.lineno + 1 if ast.get_docstring(node) else 0
    return node.end_lineno - node.lineno + 1 - words


def parameters(node: ast.FunctionDef) -> int:
    found = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
    return len([argument for argument in found if argument.arg not in ("self", "cls")])


def is_command(name: str) -> bool:
    """A command's parameters are its options; the command line needs them one by one."""
    return name.startswith("cli/") and name.endswith("_command")


def test_no_file_is_long() -> None:
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {path: number for path, number in lines.items() if number > MOST_LINES} == {}


def test_no_function_is_long() -> None:
    assert [name for name, node in functions() if body_lines(node) > MOST_BODY] == []


def test_no_function_takes_many_parameters() -> None:
    many = [
        n for n, node in functions() if parameters(node) > MOST_PARAMETERS and not is_command(n)
    ]
    assert many == []


def test_everything_public_has_a_docstring() -> None:
    silent = []
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        kinds = (ast.FunctionDef, ast.ClassDef)
        public = [n for n in tree.body if isinstance(n, kinds) and not n.name.startswith("_")]
        silent += [f"{path}: {n.name}" for n in public if not ast.get_docstring(n)]
        silent += [str(path)] if tree.body and not ast.get_docstring(tree) else []
    assert silent == []

"""Texts on which a pattern that is not linear shows it: its own parts, said over and over.

A pattern is asked for what it is made of: what stands before each repeat, and what the repeat
repeats. Texts of these, and of the marks that names and addresses are full of, are searched at
two lengths; the seconds of a linear pattern double with the length, those of others quadruple.
"""

import ast
import importlib
import pkgutil
import random
import re
import signal
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import bibnet
from bibnet.reference.load import rows

PACKAGE = Path(bibnet.__file__).parent
SEARCHING = "findall|finditer|search|split|sub|subn"
MARKS = (
    " ", "a", "A", "1", "\n", "\t", ",", ".", "-", "(", ")", "a ", "A ", "A.", "a.", "a@", "@",
    "a-", "中", "中 ", "<", "a,", "1 ", "1,", "Aa", '"', "\\", "/", "&", "# ", "é", "a'", "[",
)  # fmt: skip
# Read what a library made of the package's own numbers and escaped names, not what anybody wrote.
OWN_TEXT = "bibnet.report.figures.svg"
ENDS = ("", "\x00!")
REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
SHORT, LONG = 20_000, 40_000
LIMIT = 2.0  # seconds that one text may take before it is given up
# A text that is quickly done with at this length is linear: a quadratic pattern takes eight million
# steps for it, some fifty milliseconds.
PROBE, NOTICED = 4_000, 0.015
# Seconds for the long text that tell a growth: some clocks tick a hundred times a second.
TELLING, TICK = 0.2, 0.01


@dataclass(frozen=True)
class Written:
    """A pattern of the package, where it stands, and whether it is searched at every place."""

    name: str
    pattern: re.Pattern[str]
    searched: bool


def patterns() -> Iterator[Written]:
    """Patterns in the modules' names, and those written where they are used, each once."""
    seen: set[tuple[str, int]] = set()
    for written in _all():
        key = written.pattern.pattern, written.pattern.flags
        if key not in seen:
            seen.add(key)
            yield written


def _all() -> Iterator[Written]:
    for module in pkgutil.walk_packages(bibnet.__path__, "bibnet."):
        if "sandbox" in module.name or module.name.endswith(("__main__", "spark", OWN_TEXT)):
            continue
        held = vars(importlib.import_module(module.name))
        for name, value in held.items():
            for pattern in _held(value):
                yield Written(f"{module.name}.{name}", pattern, _is_searched(name))
    for path in sorted(PACKAGE.rglob("*.py")):
        if not path.with_suffix("").as_posix().endswith(OWN_TEXT.replace(".", "/")):
            yield from _inline(path)
    for name in ("grant_patterns", "postcode_patterns"):
        for at, row in enumerate(rows(name)):
            yield Written(f"{name} {at + 1}", re.compile(row["pattern"]), searched=True)


def _held(value: object) -> list[re.Pattern[str]]:
    found = [value, *value] if isinstance(value, tuple) else [value]
    found = [part for one in found for part in (one if isinstance(one, tuple) else (one,))]
    return [one for one in found if isinstance(one, re.Pattern) and isinstance(one.pattern, str)]


def _is_searched(name: str) -> bool:
    called = re.compile(rf"\b{re.escape(name)}\.(?:{SEARCHING})\(")
    anchored = re.compile(rf"\b{re.escape(name)}\.(?:match|fullmatch)\(")
    return bool(called.search(_package())) or not anchored.search(_package())


@cache
def _package() -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py")))


def _inline(path: Path) -> Iterator[Written]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        function = getattr(node, "func", None)
        if not (isinstance(node, ast.Call) and isinstance(function, ast.Attribute) and node.args):
            continue
        given = node.args[0]
        is_re = isinstance(function.value, ast.Name) and function.value.id == "re"
        is_re = is_re and function.attr != "compile"  # a name of the module
        if is_re and isinstance(given, ast.Constant) and isinstance(given.value, str):
            anchored = function.attr in ("match", "fullmatch")
            where = f"{path.relative_to(PACKAGE)}:{node.lineno}"
            yield Written(where, re.compile(given.value), not anchored)


def attacks(pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    """What stands first, and what is said over and over, of texts for a pattern."""
    chance, found = random.Random(1), [("", mark) for mark in MARKS]
    for _ in range(3):
        _collect(parser.parse(pattern.pattern, pattern.flags), found, chance)
    return list(dict.fromkeys((first, again) for first, again in found if again))


def _collect(tree: Sequence[Any], found: list[tuple[str, str]], chance: random.Random) -> None:
    before = ""
    for kind, value in tree:
        if kind in REPEATS:
            found += [(before, _said(value[2], chance)) for _ in range(3)]
        for inner in _inside(kind, value):
            _collect(inner, found, chance)
        before += _one(kind, value, chance)
        found.append(("", before))


def _inside(kind: Any, value: Any) -> list[Any]:
    if kind in REPEATS:
        return [value[2]]
    if kind is sre.SUBPATTERN:
        return [value[3]]
    if kind is sre.ATOMIC_GROUP:
        return [value]
    if kind is sre.BRANCH:
        return list(value[1])
    return []


def _said(tree: Sequence[Any], chance: random.Random) -> str:
    return "".join(_one(kind, value, chance) for kind, value in tree)


def _one(kind: Any, value: Any, chance: random.Random) -> str:
    """A text that a part of a pattern takes, or nearly."""
    if kind is sre.LITERAL:
        return chr(value)
    if kind in (sre.ANY, sre.NOT_LITERAL):
        return "q"
    if kind is sre.IN:
        return _sign(value, chance)
    if kind in REPEATS:
        times = value[0] or chance.choice((0, 1))
        return "".join(_said(value[2], chance) for _ in range(min(times, 4)))
    inner = _inside(kind, value)
    return _said(chance.choice(inner), chance) if inner else ""


def _sign(choices: Sequence[Any], chance: random.Random) -> str:
    if choices[0][0] is sre.NEGATE:
        return chance.choice("a ,1-")
    kind, value = chance.choice(choices)
    if kind is sre.LITERAL:
        return chr(value)
    if kind is sre.RANGE:
        return chr(value[0])
    return {sre.CATEGORY_DIGIT: "1", sre.CATEGORY_SPACE: " "}.get(value, "a")


class TooSlowError(Exception):
    """The time for one text is over."""


def seconds(written: Written, text: str) -> float:
    """Processor seconds of all finds in a text; LIMIT where it takes longer."""

    def give_up(*_: object) -> None:
        raise TooSlowError

    signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    began = time.process_time()
    try:
        if written.searched:
            for _ in written.pattern.finditer(text):
                pass
        written.pattern.fullmatch(text)
        return time.process_time() - began
    except TooSlowError:
        return LIMIT
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def growth(written: Written, first: str, again: str, end: str) -> tuple[float, float]:
    """Seconds of the long text, and how often those of the short one they are.

    (seconds, 2.0) for what is too fast to tell.
    """

    def text(length: int) -> str:
        return first + again * (length // len(again)) + end

    probe = seconds(written, text(PROBE))
    if probe < NOTICED:
        return probe, 2.0
    taken = seconds(written, text(LONG))
    if taken >= LIMIT:
        return taken, taken / max(TICK, seconds(written, text(SHORT)))
    if taken < TELLING:
        return taken, 2.0
    long = min(taken, seconds(written, text(LONG)))
    return long, long / max(TICK, min(seconds(written, text(SHORT)) for _ in range(2)))


@dataclass(frozen=True)
class Slowest:
    """The text of a pattern that grew most: how often its seconds, its seconds, what it says."""

    growth: float
    seconds: float
    text: str


def slowest(written: Written) -> Slowest:
    """The text on which a pattern grows fastest, of those that take long enough to tell."""
    found = [Slowest(2.0, 0.0, "")]
    for first, again in attacks(written.pattern):
        for end in ENDS:
            taken, times = growth(written, first, again, end)
            found.append(Slowest(times, taken, f"{first!r} + {again!r} * n + {end!r}"))
            if taken >= LIMIT:
                return Slowest(float("inf"), taken, found[-1].text)
    return max(found, key=lambda one: (one.growth, one.seconds))

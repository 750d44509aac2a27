"""A query file written from answers, and the names that a query can choose from."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bibnet.query.load import parse_query
from bibnet.query.selection import venue_schemes
from bibnet.reference import load as reference
from bibnet.schema.errors import Fault, UsageError

YEAR = re.compile(r"\d{1,4}")


@dataclass(frozen=True)
class Answers:
    """What a user answered: sides as a scheme's name or a list of codes or institution ids."""

    name: str
    question: str
    sides: Mapping[str, str | Sequence[str]]
    years: tuple[int, int] | None = None
    ai: Sequence[str] = ("topics",)
    harvest: str = "sides"
    affiliations: str = "resolve"


def query_text(answers: Answers) -> str:
    """The query as a TOML file has it."""
    lines = [f"name = {_toml(answers.name)}", f"question = {_toml(answers.question)}", "[works]"]
    if answers.years:
        lines.append(f"years = {list(answers.years)}")
    lines += [f"ai = {_toml(list(answers.ai))}", f"harvest = {_toml(answers.harvest)}", "[sides]"]
    lines += [f"{_toml(side)} = {_toml(value)}" for side, value in answers.sides.items()]
    lines += ["[count]", f"affiliations = {_toml(answers.affiliations)}"]
    return "\n".join(lines) + "\n"


def write_query(answers: Answers, folder: Path) -> Path:
    """Check the answers as a query and write FOLDER/NAME.toml; the file.

    Raises QueryError with every fault, UsageError if the file is there already.
    """
    text = query_text(answers)
    path = folder / f"{answers.name}.toml"
    document = {
        "name": answers.name,
        "question": answers.question,
        "works": {"ai": list(answers.ai), "harvest": answers.harvest}
        | ({"years": list(answers.years)} if answers.years else {}),
        "sides": {
            side: value if isinstance(value, str) else list(value)
            for side, value in answers.sides.items()
        },
        "count": {"affiliations": answers.affiliations},
    }
    parse_query(document, path=path, text=text)
    if path.exists():
        raise UsageError(Fault("the query is there already", str(path), "give another name"))
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def year_span(first: str, last: str) -> tuple[int, int] | None:
    """Years as answered; None for all. Raises UsageError for what is no year."""
    if not first:
        return None
    if not (YEAR.fullmatch(first) and YEAR.fullmatch(last)):
        raise UsageError(Fault("not two years", f"{first}, {last}", "answer as 2017 and 2022"))
    return int(first), int(last)


def side_value(text: str) -> str | list[str]:
    """A side as answered: one word in small letters is a scheme, else codes or ids by comma."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) == 1 and parts[0].islower():
        return parts[0]
    return parts


def choices() -> dict[str, list[dict[str, Any]]]:
    """Countries, schemes of countries and schemes of venues to choose from, by kind."""
    return {
        "schemes": [
            {"scheme": name, "countries": sorted(codes)}
            for name, codes in reference.schemes().items()
        ],
        "venues": [{"scheme": name, "venues": list(_venues(name))} for name in venue_schemes()],
        "countries": [
            {"country": row["country"], "name": row["name"]} for row in reference.rows("countries")
        ],
    }


def _venues(scheme: str) -> Iterator[str]:
    rows = reference.rows("venue_schemes")
    yield from dict.fromkeys(row["venue"] for row in rows if row["scheme"] == scheme)


def _toml(value: object) -> str:
    """A text or a list of texts as TOML writes it; its strings are those of JSON."""
    return json.dumps(value, ensure_ascii=False)

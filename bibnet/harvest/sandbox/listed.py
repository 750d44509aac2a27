"""Invented lists that hold some invented institutions and funders, as a folder of lists."""

import csv
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bibnet.harvest.sandbox.identifiers import bare
from bibnet.harvest.sandbox.programmes import programme_lists
from bibnet.harvest.sandbox.words import words
from bibnet.harvest.sandbox.world import Document, World
from bibnet.reference import load as reference
from bibnet.reference.declared import REFERENCE_LISTS
from bibnet.schema.units import INVENTED

BODIES, LISTS, INTERVALS = "defence_institutions", "published_lists", "list_intervals"
# Taken as they are: what categories mean, and what countries there are.
COPIED = ("defence_categories", "countries")
EMPTY = "listed_names"
DAY = "2026-01-01"  # the invented lists never change
EVERY = 3  # one of so many works of a listed body has a subject that matters
Row = Mapping[str, str]


def listed_bodies(world: World) -> list[Document]:
    """The institutions that invented lists hold: the largest of their countries."""
    asked = words()["listed"]
    own = [one for one in world.institutions if one["country_code"] in asked["countries"]]
    return own[: asked["bodies"]]


def with_listed_subjects(world: World) -> World:
    """The world with titles of some works of listed bodies that keywords find."""
    listed = {body["id"] for body in listed_bodies(world)}
    subjects: Sequence[str] = words()["listed"]["subjects"]
    works, found = [], 0
    for work in world.works:
        bodies = {one["id"] for author in work["authorships"] for one in author["institutions"]}
        is_listed = bool(bodies & listed)
        found += is_listed
        if is_listed and found % EVERY == 0:
            title = f"{work['title']}{subjects[found // EVERY % len(subjects)]}"
            works.append({**work, "title": title, "display_name": title})
        else:
            works.append(work)
    return replace(world, works=works)


def write_lists(world: World, folder: Path) -> None:
    """Write a folder of lists that names invented bodies and funders alone; every card says so."""
    folder.mkdir(parents=True, exist_ok=True)
    bodies = listed_bodies(world)
    lists = words()["listed"]["lists"]
    rows: dict[str, list[Row]] = {
        BODIES: [_body(number, body) for number, body in enumerate(bodies)],
        LISTS: [_list(one) for one in lists],
        INTERVALS: [
            {"entry_id": _entry_id(body), "list": one["list"], "listed_from": one["from"],
             "listed_until": one["until"], "name_as_listed": body["display_name"],
             "citation": INVENTED, "source": words()["listed"]["source"]}
            for number, body in enumerate(bodies)
            for one in _lists_of(number)
        ],
        EMPTY: [],
        **programme_lists(world),
    }  # fmt: skip
    for name, own in rows.items():
        _write(folder / f"{name}.csv", REFERENCE_LISTS[name].columns, own)
    for name in COPIED:
        shutil.copyfile(reference.PACKAGED / f"{name}.csv", folder / f"{name}.csv")
    counts = {name: len(own) for name, own in rows.items()}
    cards = [_card(name, counts[name]) for name in sorted(counts)]
    cards += [_copied_card(name) for name in COPIED]
    (folder / "cards.toml").write_text("\n".join(cards), encoding="utf-8")


def _entry_id(body: Document) -> str:
    return f"invented-{bare(body['id']).lower()}"


def _lists_of(number: int) -> list[dict[str, Any]]:
    """Lists of a body: the first is on one list, the second on two, and so on."""
    lists: list[dict[str, Any]] = words()["listed"]["lists"]
    return [lists[(number + at) % len(lists)] for at in range(1 + number % 2)]


def _body(number: int, body: Document) -> Row:
    asked = words()["listed"]
    return {
        "entry_id": _entry_id(body),
        "name": body["display_name"],
        "category": asked["categories"][number % len(asked["categories"])],
        "lists": "|".join(one["list"] for one in _lists_of(number)),
        "openalex_id": bare(body["id"]),
        "country": body["country_code"],
        "source": asked["source"],
        "confidence": "high",
        "date": DAY,
    }


def _list(one: Mapping[str, str]) -> Row:
    return {
        "list": one["list"],
        "title": one["title"],
        "publisher": INVENTED,
        "date": DAY,
        "address": "https://example.org/invented",
        "default": one["default"],
        "reason": INVENTED,
    }


def _write(path: Path, columns: Iterable[str], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _card(name: str, rows: int) -> str:
    title = f"INVENTED: {reference.card(name).title}"
    texts = {
        "title": title,
        "publisher": INVENTED,
        "address": "https://example.org/invented",
        "licence": "CC0 1.0",
        "date": DAY,
        "choice": INVENTED,
    }
    return _section(name, texts, rows)


def _copied_card(name: str) -> str:
    card = reference.card(name)
    columns = ("title", "publisher", "address", "licence", "date", "choice")
    return _section(name, {column: getattr(card, column) for column in columns}, card.rows)


def _section(name: str, texts: Mapping[str, str], rows: int) -> str:
    """A card in TOML; texts have no quotes of TOML's own."""
    lines = [f"{key} = {_quoted(text)}" for key, text in texts.items()]
    return "\n".join([f"[{name}]", *lines, f"rows = {rows}", ""])


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

"""Answers to affiliation strings drawn at random, to be read by hand: places and flags.

    python tests/benchmarks/answer_sample.py papers|works NUMBER SEED [RULE]

`papers` draws among the affiliations of the conference papers, `works` among the strings of the
real OpenAlex works, each by its number of uses; with RULE only answers by that rule (`flag`: only
those that flag a listed body). Prints one JSON object a line: the string, its answers, its flags.
"""

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator

import numpy as np
import pandas as pd
from corpora import PAPERS, REGISTRY, WORKS

from bibnet.places.locate.answers import BATCH, Locator
from bibnet.places.locate.located import Located
from bibnet.places.registry.cache import open_registry
from bibnet.places.registry.organisations import Organisation
from bibnet.tag.lists import campus, defence
from bibnet.tag.lists.guard import Guards
from bibnet.tag.lists.registry_names import registry_names
from bibnet.tag.place_names import place_names

FLAG = "flag"


def texts(corpus: str) -> Iterator[str]:
    """Every use of an affiliation string of a corpus."""
    with gzip.open(PAPERS if corpus == "papers" else WORKS, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            for author in record.get("authors") or []:
                yield from author.get("affiliations") or []
            for authorship in record.get("authorships") or []:
                yield from authorship.get("raw_affiliation_strings") or []


def guards_of(organisations: tuple[Organisation, ...]) -> Guards:
    """The guards that a run with this registry has."""
    places = place_names()
    entries = defence.packaged_entries(campus.former_names(organisations))
    children = campus.children_of_listed(entries, organisations, places)
    return Guards(entries, places, registry_names(entries, organisations), children)


def flags(rows: list[Located], text: str, guards: Guards) -> list[str]:
    """Listed bodies that a string and its answers flag, each with the rule and what matched."""
    countries = "|".join(sorted({row.country for row in rows if row.country}))
    frame = pd.DataFrame(
        [
            (text, row.ror, row.ror, row.institution, row.country, row.city, countries)
            for row in rows
        ]
        or [(text, *[None] * 5, "")],
        columns=list(defence.INPUT_COLUMNS),
    )
    found = defence.flag_affiliations(frame, guards).flags
    cells = zip(found["entry_id"], found["rule"], found["matched_text"], strict=True)
    return sorted({" | ".join(map(str, one)) for one in cells})


def drawn(corpus: str, seed: int) -> Iterator[str]:
    """Distinct strings in an order by chance, likelier early the more they are used."""
    uses = Counter(texts(corpus))
    strings, weight = sorted(uses), np.array([uses[text] for text in sorted(uses)], dtype=float)
    keys = np.random.default_rng(seed).random(len(strings)) ** (1 / weight)
    yield from (strings[at] for at in np.argsort(-keys))


def main() -> None:
    corpus, number, seed, rule = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]
    opened = open_registry(REGISTRY, lambda line: None)
    locator, guards = Locator(opened.index), guards_of(opened.registry.organisations)
    left, order = number, list(drawn(corpus, seed))
    for start in range(0, len(order), BATCH):
        batch = order[start : start + BATCH]
        for text, rows in zip(batch, locator.locate_all(batch), strict=True):
            flagged = flags(rows, text, guards) if not rule or rule == [FLAG] else []
            wanted = (rule == [FLAG] and flagged) or any(row.rule in rule for row in rows)
            if rule and not wanted:
                continue
            answer = [(r.institution, r.country, r.province, r.city, r.rule, r.score) for r in rows]
            one = {"text": text, "answers": answer, "flags": flagged}
            sys.stdout.write(json.dumps(one, ensure_ascii=False) + "\n")
            left -= 1
            if not left:
                return


if __name__ == "__main__":
    main()

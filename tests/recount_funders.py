"""An independent recount of who pays: plain Python over JSON and the CSV lists, nothing of bibnet.

Funders of OpenAlex works have ids; a list tells country, type and programme, the form of an award
number a programme of its own.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from recount import CHINA, EU27, EUROPE, Paper, bare

ALL = "all"
Payer = tuple[str | None, str]  # id and name of the list


def rows_of(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


@dataclass
class Recount:
    """Lists of funders by id, and the forms of award numbers."""

    lists: Path
    by_id: dict[str, dict[str, str]] = field(default_factory=dict)
    by_entry: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for row in rows_of(self.lists, "funders"):
            self.by_entry[row["entry_id"]] = row
            if row["funder_id"]:
                self.by_id[row["funder_id"]] = row
        self.merged = {r["from_id"]: r["to_id"] for r in rows_of(self.lists, "merged_funders")}
        self.forms = [
            (re.compile(row["pattern"]), self.by_entry[row["entry_id"]])
            for row in rows_of(self.lists, "grant_patterns")
        ]
        self.programmes: dict[str, set[str]] = {}
        for row in rows_of(self.lists, "funding_programmes"):
            self.programmes.setdefault(row["entry_id"], set()).add(row["programme_id"])

    def payers(self, paper: Paper) -> dict[str, bool]:
        """Entry of the list -> whether an award number tells it. Every funder must be listed."""
        found = {}
        for funder in paper.funders:
            found[self.by_id[self.merged.get(funder, funder)]["entry_id"]] = False
        for number, owner in awards(paper):
            for form, entry in self.forms:
                stated = self.by_id.get(self.merged.get(owner, owner) if owner else "", {})
                home = stated.get("country", "")
                if form.fullmatch(number) and home in ("", entry["country"]):
                    found[entry["entry_id"]] = True
                    break
        return found

    def payer(self, entry: str) -> Payer:
        row = self.by_entry[entry]
        return row["funder_id"] or None, row["name"]

    def cells(self, paper: Paper) -> set[tuple[str | None, str]]:
        """Cells of the exhibit funding: country and type, `all` for any."""
        kinds = [self.by_entry[entry] for entry in self.payers(paper)]
        found: set[tuple[str | None, str]] = {(ALL, ALL)} if discloses(paper) else set()
        for row in kinds:
            country = row["country"] or None
            found |= {(country, row["type"]), (country, ALL), (ALL, row["type"])}
        return found

    def named_programmes(self, paper: Paper) -> dict[str, bool]:
        """Programme -> whether an award number tells it."""
        found: dict[str, bool] = {}
        for entry, told in self.payers(paper).items():
            own = set(self.programmes.get(entry, ()))
            if self.by_entry[entry]["type"] == "military_programme":
                own.add(entry)
            for programme in own:
                found[programme] = found.get(programme, False) or told
        return found

    def paid_by(self, paper: Paper) -> str:
        """Whose funders a joint work names: its sides, or in words."""
        countries = {self.by_entry[entry]["country"] for entry in self.payers(paper)}
        sides = {"europe": EUROPE | {"EU"}, "china": CHINA}
        assert set(EU27.split()) <= EUROPE
        found = sorted(name for name, codes in sides.items() if codes & countries)
        if found:
            return "|".join(found)
        if countries - {""}:
            return "other countries"
        return "funders of unknown country" if discloses(paper) else "no funder disclosed"


def discloses(paper: Paper) -> bool:
    return bool(paper.funders or paper.raw.get("awards"))


def awards(paper: Paper) -> Iterator[tuple[str, str | None]]:
    """Award numbers in capitals and without blanks, with the funder that the award names."""
    for award in paper.raw.get("awards") or []:
        number = award.get("funder_award_id")
        if number:
            yield re.sub(r"\s+", "", number).upper(), bare(award.get("funder_id"))
    for grant in paper.raw.get("grants") or []:
        if grant.get("award_id"):
            yield re.sub(r"\s+", "", grant["award_id"]).upper(), bare(grant.get("funder"))


def across(paper: Paper) -> Iterator[tuple[str, str]]:
    """Pairs of countries of the work in different sides, in order of the alphabet."""
    for one, other in combinations(sorted(paper.countries), 2):
        if (one in EUROPE and other in CHINA) or (one in CHINA and other in EUROPE):
            yield one, other


def counted(papers: Iterable[Paper], keys: object) -> tuple[Counter, Counter]:
    """Works and joint works by every key that `keys` gives for a paper."""
    works: Counter = Counter()
    joint: Counter = Counter()
    for paper in papers:
        for key in keys(paper):  # type: ignore[operator]
            works[key] += 1
            joint[key] += paper.joint
    return works, joint

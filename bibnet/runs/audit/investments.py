"""`bibnet investments`: rounds of investment between two sides, counted once each.

A table has a row for each investor of a round. The volume of a round is that of all its investors
together: it is given for the round, once, and never attributed to one of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from bibnet.reference import load
from bibnet.runs.audit.document import Document, Section
from bibnet.runs.audit.mapped import (
    UNKNOWN,
    MappedRow,
    country_codes,
    number,
    read_mapped,
    read_mapping,
)
from bibnet.schema.errors import Fault, InputError, UsageError
from bibnet.tag.name import folded

REQUIRED = ("round", "year", "company", "company_place", "investor", "investor_place")
OPTIONAL = ("amount", "stage", "field")
DEFAULT_SIDES = ("europe=europe_merics", "china=china_merics")
# Cells that every row of a round must have alike.
OF_ROUND = ("year", "company", "company_place", "amount", "stage", "field")
SHARED = (
    "A round with investors of several places counts once in a row. shared_rounds are those that "
    "others take part in too; volume is that of whole rounds, never of one investor; rounds "
    "without an amount are in rounds, not in volume."
)


@dataclass(frozen=True)
class Round:
    """One round: the side of its company, the sides of its investors; `other` = no side."""

    id: str
    year: str
    company: str
    company_side: str
    investor_sides: frozenset[str]
    amount: float | None
    stage: str
    field: str

    def has_direction(self, origin: str, target: str) -> bool:
        """Say whether an investor of one side invests in a company of the other."""
        return self.company_side == target and origin in self.investor_sides

    @property
    def is_shared(self) -> bool:
        """Say whether investors of more than one place take part."""
        return len(self.investor_sides) > 1


def investment_report(path: Path, mapping: str, sides: Sequence[str] | None = None) -> Document:
    """The tables of a file of investments between sides (NAME=SCHEME each; None = the default).

    Raises UsageError and InputError with every fault of the mapping, the sides and the rows.
    """
    members = _read_sides(sides or DEFAULT_SIDES)
    rows = read_mapped(path, read_mapping(mapping, REQUIRED, OPTIONAL))
    rounds = _rounds(rows, members, path)
    tables = [
        Section("directions", "By direction", _table(rounds, members, ())),
        Section("years", "By direction and year", _table(rounds, members, ("year",))),
        Section("stages", "By direction and stage", _table(rounds, members, ("stage",))),
        Section("fields", "By direction and field", _table(rounds, members, ("field",))),
        Section("companies", "Companies by side", _companies(rounds)),
    ]
    return Document(f"Investments in {path.name}", _facts(rounds, members), tables)


def _read_sides(sides: Sequence[str]) -> dict[str, frozenset[str]]:
    known, found, faults = load.schemes(), {}, []
    for text in sides:
        name, sign, scheme = text.partition("=")
        if not sign or scheme not in known:
            remedy = f"write NAME=SCHEME with one of: {', '.join(known)}"
            faults.append(Fault(f"not a side: {text!r}", f"--side {text}", remedy))
        else:
            found[name] = known[scheme]
    if len(found) < 2 and not faults:
        faults.append(Fault("fewer than two sides", "--side", "name two"))
    if faults:
        raise UsageError(faults)
    return found


def _rounds(
    rows: Sequence[MappedRow], members: Mapping[str, frozenset[str]], path: Path
) -> list[Round]:
    codes = country_codes()
    by_round: dict[str, list[MappedRow]] = {}
    faults = []
    for row in rows:
        by_round.setdefault(row["round"], []).append(row)
        faults += list(_row_faults(row, path))
    for own in by_round.values():
        faults += list(_round_faults(own, path))
    if faults:
        raise InputError(faults)
    return [_round(own, members, codes) for _, own in sorted(by_round.items())]


def _row_faults(row: MappedRow, path: Path) -> Iterator[Fault]:
    where = f"{path}: row {row.number}"
    if not row["round"]:
        yield Fault("a row without a round", where, "give each round an id")
    if not row["year"][:4].isdecimal():
        yield Fault(f"no year: {row['year']!r}", where, "write 2021 or 2021-05-31")
    if row["amount"] and _amount(row["amount"]) is None:
        yield Fault(f"no amount: {row['amount']!r}", where, "write a number, or leave it empty")


def _round_faults(own: Sequence[MappedRow], path: Path) -> Iterator[Fault]:
    first = own[0]
    for row in own[1:]:
        for name in OF_ROUND:
            if row[name] != first[name]:
                two = f"{first[name]!r}, {row[name]!r}"
                yield Fault(
                    f"round {row['round']} has two values of {name}: {two}",
                    f"{path}: rows {first.number} and {row.number}",
                    "give one: a round has one company, year and amount",
                )


def _amount(text: str) -> float | None:
    value = number(text.replace(",", ""))
    return None if value is None or value < 0 else value


def _round(
    own: Sequence[MappedRow], members: Mapping[str, frozenset[str]], codes: Mapping[str, str]
) -> Round:
    first = own[0]

    def side(place: str) -> str:
        code = codes.get(place.lower()) or codes.get(folded(place), "")
        if not code:
            return UNKNOWN
        return next((name for name, held in members.items() if code in held), "other")

    return Round(
        id=first["round"],
        year=first["year"][:4],
        company=first["company"],
        company_side=side(first["company_place"]),
        investor_sides=frozenset(side(row["investor_place"]) for row in own),
        amount=_amount(first["amount"]) if first["amount"] else None,
        stage=first["stage"] or UNKNOWN,
        field=first["field"] or UNKNOWN,
    )


def _table(
    rounds: Sequence[Round], members: Mapping[str, frozenset[str]], keys: Sequence[str]
) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for origin in members:
        for target in members:
            if origin != target:
                rows += _rows_of(rounds, f"{origin} to {target}", (origin, target), keys)
    columns = ["direction", *keys, "rounds", "shared_rounds", "share_of_rounds", "volume",
               "rounds_without_amount", "companies", "round_ids"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _rows_of(
    rounds: Sequence[Round], name: str, ends: tuple[str, str], keys: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """Rows of one direction; share_of_rounds is of all rounds of companies of the target."""
    base = [one for one in rounds if one.company_side == ends[1]]
    cells = sorted({tuple(getattr(one, key) for key in keys) for one in base}) or [()]
    for cell in cells if keys else [()]:
        within = [one for one in base if tuple(getattr(one, key) for key in keys) == cell]
        own = [one for one in within if one.has_direction(*ends)]
        amounts = [one.amount for one in own if one.amount is not None]
        yield {
            "direction": name,
            **dict(zip(keys, cell, strict=False)),
            "rounds": len(own),
            "shared_rounds": sum(one.is_shared for one in own),
            "share_of_rounds": len(own) / len(within) if within else None,
            "volume": sum(amounts) if amounts else None,
            "rounds_without_amount": len(own) - len(amounts),
            "companies": len({one.company for one in own}),
            "round_ids": "|".join(one.id for one in own),
        }


def _companies(rounds: Sequence[Round]) -> pd.DataFrame:
    rows = []
    for side in sorted({one.company_side for one in rounds}):
        own = [one for one in rounds if one.company_side == side]
        companies = len({one.company for one in own})
        rows.append({"company_side": side, "rounds": len(own), "companies": companies})
    return pd.DataFrame(rows)


def _facts(rounds: Sequence[Round], members: Mapping[str, frozenset[str]]) -> dict[str, Any]:
    unknown = sum(one.company_side == UNKNOWN for one in rounds)
    blind = sum(UNKNOWN in one.investor_sides for one in rounds)
    card = load.card("country_schemes")
    return {
        "rounds": len(rounds),
        "sides": [f"{name}: {', '.join(sorted(codes))}" for name, codes in members.items()],
        "rounds_of_companies_of_unknown_place": unknown,
        "rounds_with_investors_of_unknown_place": blind,
        "rounds_without_amount": sum(one.amount is None for one in rounds),
        "lists": [f"country_schemes of {card.date}, due to be checked on {card.due}"],
        "how_to_read": SHARED,
    }

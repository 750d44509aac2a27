"""What every work gives to every number of two corpora, and its split, in plain Python."""

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction

from build import SIDES
from two_corpora import AI, INSTITUTION_OF, SOURCE, WIDE, Corpus, Paper


def gives(paper: Paper) -> dict[tuple[str, str], Fraction]:
    """What a kept work gives to each number; a key is there where the work belongs to it."""
    found: dict[tuple[str, str], Fraction] = {("works", "all"): Fraction(1)}
    sides = [side for side, codes in SIDES.items() if set(codes) & set(paper.countries)]
    for side in sides:
        inside = sum(country in SIDES[side] for country in paper.countries)
        found["works", side] = Fraction(1)
        found["works_fractional", side] = Fraction(inside, len(paper.countries))
    if any(paper.countries):
        found["works_with_country", "all"] = Fraction(1)
    if paper.funders:
        found["works_with_funder", "all"] = Fraction(1)
    if paper.listed:
        found["works_listed", "all"] = Fraction(1)
    if paper.listed and len(sides) == len(SIDES):
        found["joint_works_listed", "all"] = Fraction(1)
    if len(sides) == len(SIDES):
        found["joint_works", "all"] = Fraction(1)
        found["citations_joint", "all"] = Fraction(paper.citations or 0)
    elif sides:
        found["citations_one_side", sides[0]] = Fraction(paper.citations or 0)
    return found


Split = dict[tuple[str, str, str], Fraction]


def split(old: Corpus, new: Corpus) -> Split:
    """Change of each number by part, work by work, without a table; zeros are left out."""
    parts: Counter[tuple[str, str, str]] = Counter()
    for before, after in _pairs(old, new):
        gave = gives(before) if before and not before.rule else {}
        now = gives(after) if after and not after.rule else {}
        why = _why(before, after, old, new)
        for key in {*gave, *now}:
            for part, change in _shares(key, gave, now, why, before=before, after=after):
                parts[*key, part] += change  # type: ignore[assignment]
    return {key: Fraction(value) for key, value in parts.items() if value}


def _pairs(old: Corpus, new: Corpus) -> list[tuple[Paper | None, Paper | None]]:
    return [(old.get(name), new.get(name)) for name in sorted({*old, *new})]


def _shares(
    key: tuple[str, str],
    gave: Mapping[tuple[str, str], Fraction],
    now: Mapping[tuple[str, str], Fraction],
    why: str,
    *,
    before: Paper | None,
    after: Paper | None,
) -> list[tuple[str, Fraction]]:
    """The parts of one work's change of one number: one, or two for citations that move."""
    change = now.get(key, Fraction(0)) - gave.get(key, Fraction(0))
    both = bool(before and after and not before.rule and not after.rule)
    if not both or not change:
        return [(why, change)]
    assert before and after
    if key[0] == "works_with_funder":
        return [("funders_changed" if before.funders != after.funders else "rule_changed", change)]
    if key[0].endswith("_listed") and _places(before) == _places(after):
        return [("listed" if change > 0 else "delisted", change)]
    if key[0].startswith("citations") and key in gave and key in now:
        return [("citations", change)]
    if key[0].startswith("citations") and key in now:
        then = Fraction(before.citations or 0)
        return [(why, then), ("citations", now[key] - then)]
    return [(why, change)]


CHOSEN = ("I10", "I12")  # institutions whose numbers are asked for
Unit = tuple[str, str, str, str]  # kind, id, entry, number


def _units(paper: Paper | None) -> set[Unit]:
    """The numbers of units that a kept work counts in."""
    if paper is None or paper.rule:
        return set()
    places = {INSTITUTION_OF[country] for country in paper.countries if country}
    found = {("funder", funder, "") for funder in paper.funders}
    found |= {("institution", name, "") for name in places & set(CHOSEN)}
    found |= {("listed", "", "e")} if paper.listed else set()
    joint = ("joint_works", "all") in gives(paper)
    return {(*unit, number) for unit in found for number in ("works", "joint_works")[: 1 + joint]}


def unit_members(corpus: Corpus) -> Counter[Unit]:
    """Each number of each unit."""
    return Counter(unit for paper in corpus.values() for unit in _units(paper))


def unit_split(old: Corpus, new: Corpus) -> dict[tuple[str, ...], int]:
    """Change of each number of each unit by part, work by work; zeros are left out."""
    parts: Counter[tuple[str, ...]] = Counter()
    for before, after in _pairs(old, new):
        gave, now = _units(before), _units(after)
        for unit in gave ^ now:
            stays = {(*unit[:3], "works")} <= gave & now
            part = _why(before, after, old, new)
            if before and after and not before.rule and not after.rule and not stays:
                part = _unit_part(unit, before, after, gains=unit in now)
            parts[*unit, part] += 1 if unit in now else -1
    return {key: value for key, value in parts.items() if value}


def _unit_part(unit: Unit, before: Paper, after: Paper, *, gains: bool) -> str:
    if unit[0] == "funder":
        return "funders_changed" if before.funders != after.funders else "rule_changed"
    if unit[0] == "listed" and _places(before) == _places(after):
        return "listed" if gains else "delisted"
    return _moved_by(before, after)


def _why(before: Paper | None, after: Paper | None, old: Corpus, new: Corpus) -> str:
    """The part of a work: the first cause that holds."""
    if after is None:
        assert before is not None
        same = (p for p in new.values() if not p.rule and p.id != before.id)
        return "merged" if any(_is_same(before, p) for p in same) else "removed"
    if before is None:
        gone = (p for name, p in old.items() if name not in new and not p.rule)
        return "merged" if any(_is_same(p, after) for p in gone) else _first_time(after)
    rule = before.rule or after.rule
    if rule and rule not in (*AI, WIDE):
        return "retyped"
    if rule in AI:
        return "topics_changed" if before.topic != after.topic else "rule_changed"
    return _moved_by(before, after)


def _moved_by(before: Paper, after: Paper) -> str:
    if before.strings != after.strings:
        return "affiliations_changed"
    return "rematched_by_source" if before.asserted != after.asserted else "resolved_anew"


def _places(paper: Paper) -> tuple[tuple[str | None, ...], ...]:
    return paper.strings, paper.asserted, paper.countries


def _is_same(gone: Paper, other: Paper) -> bool:
    """One work under two ids: by DOI, or by title, year and first author."""
    if gone.doi and gone.doi == other.doi:
        return True
    known = gone.author and other.author and gone.strings and other.strings
    people = gone.author == other.author if known else len(gone.strings) == len(other.strings)
    return bool(gone.title) and gone.title == other.title and people and gone.year == other.year


def unmoved(old: Corpus, new: Corpus) -> dict[str, int]:
    """Changes of works in both corpora by which no number moved, by part."""
    found: Counter[str] = Counter()
    for before, after in _pairs(old, new):
        if not before or not after or before.rule or after.rule:
            continue
        moved = _moved_by(before, after)
        then, now = gives(before), gives(after)
        cited = ("citations_joint", "citations_one_side", "works_with_funder")
        places = {key for key in {*then, *now} if key[0] not in cited}
        groups = {key for key in {*then, *now} if key[0].startswith("citations")}
        still = all(then.get(key) == now.get(key) for key in places)
        # A group that a work without citations changes is no number that moves.
        still = still and not any(
            (key in then) != (key in now) and before.citations for key in groups
        )
        differs = _places(before) != _places(after)
        found[moved] += bool(differs and still)
        funded = bool(before.funders) == bool(after.funders)
        found["funders_changed"] += before.funders != after.funders and funded
    return {part: number for part, number in found.items() if number}


def _first_time(paper: Paper) -> str:
    if paper.year != SOURCE.year:
        return "new" if paper.year > SOURCE.year else "added_late"
    if paper.published in (None, "2026-01-01"):
        return "first_seen"
    return "new" if str(paper.published) > SOURCE.date().isoformat() else "added_late"

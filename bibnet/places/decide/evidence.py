"""From evidence to places: per affiliation the lowest level that answers decides.

Level 1: countries of the institutions the source gives. Level 2: countries the source
states for the authorship that none of its institutions has. Level 3: organisations the
registry holds under a name in the string; beside them stand the places of those of its addresses
in which no organisation was found. Level 4: place names in the string. Where none of these
answers, the authorship's stated countries stand in (level 2), and after them the place is unknown.
With `affiliations = "openalex"` levels 3 and 4 are not asked.
"""

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from bibnet.places.decide.memory import remembered
from bibnet.schema.source import AFFILIATION_KEY
from bibnet.storage.engine import Tables
from bibnet.storage.texts import joined

AUTHORSHIP_KEY = ["work_key", "author_seq"]
SEPARATOR = "|"
# Stated countries that an institution of the authorship already has answer last.
LAST_RESORT = 5
PLACE_LEVEL = 4
NAMED_ONLY = 0  # place in the list of answers of a place that answers nothing
ANSWER_COLUMNS = (*AFFILIATION_KEY, "level", "rank", "country", "rule", "matched_text")
LEVELS = ("openalex", "stated", "registry", "named")
RULES = {1: "source_institution", 2: "stated_country"}


@dataclass(frozen=True)
class Evidence:
    """Inputs of the decision as Ibis tables; `located` is None where strings are not asked."""

    affiliation: ir.Table
    asserted: ir.Table
    stated: ir.Table
    located: ir.Table | None


def gather(tables: Tables, *, resolve: bool) -> Evidence:
    """Take the evidence from the source tables and, with `resolve`, from what strings say.

    That is located_string, harvest_memory and named_place.

    An authorship with a stated country that none of its institutions has, but no
    affiliation that could carry it, gets one without a string (affiliation_seq 0).
    """
    asserted, stated = tables["asserted_institution"], tables["stated_country"]
    affiliation = tables["affiliation"].select(*AFFILIATION_KEY, "text")
    extra = _extra_stated(asserted, stated)
    located_by_source = asserted.filter(asserted.country.notnull())
    carriers = affiliation.anti_join(located_by_source, AFFILIATION_KEY)
    homeless = extra.anti_join(carriers, AUTHORSHIP_KEY).mutate(
        affiliation_seq=ibis.literal(0, "int64"), text=ibis.null("string")
    )
    return Evidence(
        affiliation=affiliation.union(homeless.select(*affiliation.columns)),
        asserted=asserted,
        stated=stated,
        located=_located(tables) if resolve else None,
    )


def _located(tables: Tables) -> ir.Table:
    """What strings say: remembered institutions before those of the registry, and every place.

    Place names (level 4) are kept beside organisations (level 3), for their disagreement and
    for the province and city of an address.
    """
    memory = remembered(tables)
    found = tables["located_string"].mutate(own_id=ibis.null("string"))
    columns = found.columns
    others = found.anti_join(memory.filter(memory.country.notnull()), "text")
    organisations = memory.select(*columns).union(others.select(*columns))
    spoken = organisations.filter(organisations.level == PLACE_LEVEL)
    named = tables["named_place"].anti_join(spoken, ["text", "country"])
    absent = {name: ibis.null("string") for name in ("ror", "institution", "type", "own_id")}
    places = named.mutate(
        **absent,
        place_seq=ibis.literal(NAMED_ONLY, "int64"),
        level=ibis.literal(PLACE_LEVEL, "int64"),
        score=ibis.null("float64"),
    )
    return organisations.union(places.select(*columns))


def _extra_stated(asserted: ir.Table, stated: ir.Table) -> ir.Table:
    """Authorships with a stated country that none of their institutions has."""
    held = asserted.select(*AUTHORSHIP_KEY, "country").distinct()
    extra = stated.anti_join(held, [*AUTHORSHIP_KEY, "country"])
    return extra.select(*AUTHORSHIP_KEY).distinct()


def answers(evidence: Evidence) -> ir.Table:
    """Every country every level names: rows (affiliation key, level, rank, country, rule, ...)."""
    parts = [_asserted_countries(evidence), _stated_countries(evidence)]
    if evidence.located is not None:
        parts.append(_located_countries(evidence, evidence.located))
    parts.append(_standing_in(evidence))
    return ibis.union(*parts, distinct=True)


def _answer(rows: ir.Table, level: ir.IntegerValue | int, rule: ir.Value | str) -> ir.Table:
    named = rows.mutate(level=ibis.literal(level, "int64") if isinstance(level, int) else level)
    if isinstance(rule, str):
        named = named.mutate(rule=ibis.literal(rule), matched_text=ibis.null("string"))
    if "rank" not in named.columns:
        named = named.mutate(rank=named.level)
    return named.select(*ANSWER_COLUMNS)


def _asserted_countries(evidence: Evidence) -> ir.Table:
    rows = evidence.asserted.filter(evidence.asserted.country.notnull())
    return _answer(rows.select(*AFFILIATION_KEY, "country").distinct(), 1, RULES[1])


def _without_asserted_country(evidence: Evidence) -> ir.Table:
    return evidence.affiliation.anti_join(_asserted_countries(evidence), AFFILIATION_KEY)


def _stated_countries(evidence: Evidence) -> ir.Table:
    extra = _extra_stated(evidence.asserted, evidence.stated)
    stated = evidence.stated.semi_join(extra, AUTHORSHIP_KEY)
    rows = _without_asserted_country(evidence).inner_join(stated, AUTHORSHIP_KEY)
    return _answer(rows.select(*AFFILIATION_KEY, "country"), 2, RULES[2])


def _standing_in(evidence: Evidence) -> ir.Table:
    """Stated countries as the last resort, kept as level 5 until the levels are ranked."""
    rows = _without_asserted_country(evidence).inner_join(evidence.stated, AUTHORSHIP_KEY)
    return _answer(rows.select(*AFFILIATION_KEY, "country"), LAST_RESORT, RULES[2])


def _located_countries(evidence: Evidence, located: ir.Table) -> ir.Table:
    found = located.filter(located.country.notnull())
    # The place of an address without an organisation is not below those of the other addresses.
    spoken = ibis.ifelse(found.place_seq == NAMED_ONLY, PLACE_LEVEL, found.level)
    highest = spoken.min().over(ibis.window(group_by=found.text))
    own = ibis.ifelse(found.place_seq == NAMED_ONLY, found.level, highest)
    rows = evidence.affiliation.inner_join(found.mutate(rank=own.cast("int64")), "text")
    smallest = rows.group_by([*AFFILIATION_KEY, "level", "country"]).aggregate(
        rank=rows["rank"].min(), rule=rows.rule.min(), matched_text=rows.matched_text.min()
    )
    return smallest.select(*ANSWER_COLUMNS)


def decided(answer: ir.Table) -> ir.Table:
    """The answers that come first per affiliation; level 5 is shown as the 2 that it is."""
    first = answer.group_by(AFFILIATION_KEY).aggregate(rank=answer["rank"].min())
    rows = answer.semi_join(first, [*AFFILIATION_KEY, "rank"])
    return rows.mutate(level=ibis.ifelse(rows.level == LAST_RESORT, 2, rows.level).cast("int64"))


def placed_affiliations(evidence: Evidence, answer: ir.Table, choice: ir.Table) -> ir.Table:
    """The affiliation table with the evidence of every level (PLACED_AFFILIATION)."""
    deciding = choice.group_by(AFFILIATION_KEY).aggregate(
        level=choice.level.min(),
        rule=choice.rule.min(),
        matched_text=choice.matched_text.min(),
        countries=_joined(choice.country),
    )
    rows = _joined_on(evidence.affiliation, deciding)
    for level, name in enumerate(LEVELS, start=1):
        one = answer.filter(answer.level == level)
        column = one.group_by(AFFILIATION_KEY).aggregate(
            **{f"countries_{name}": _joined(one.country)}
        )
        rows = _joined_on(rows, column)
    dissent = _dissent(answer, choice)
    rows = _joined_on(rows, dissent)
    return rows.mutate(disagrees=rows.disagrees.fill_null(False))


def _dissent(answer: ir.Table, choice: ir.Table) -> ir.Table:
    asked = answer.filter(answer.level != LAST_RESORT)
    others = asked.anti_join(choice, [*AFFILIATION_KEY, "country"])
    return others.select(*AFFILIATION_KEY).distinct().mutate(disagrees=ibis.literal(True))


def _joined(column: ir.StringColumn) -> ir.StringScalar:
    return joined(column, SEPARATOR)


def _joined_on(left: ir.Table, right: ir.Table) -> ir.Table:
    joined = left.left_join(right, AFFILIATION_KEY)
    return joined.drop(*(f"{name}_right" for name in AFFILIATION_KEY))

"""How many works: by year, country, topic, institution, with their coverage."""

import ibis
import ibis.expr.types as ir

from bibnet.metrics.exhibit import Exhibit
from bibnet.network.counting import joint_flag, unit_weights
from bibnet.network.incidence import Incidence, ratio, total
from bibnet.schema.exhibits.volume import COUNTRIES, COUNTRY_YEARS, COVERAGE, TOPICS
from bibnet.storage.engine import Tables


def coverage_incidence(tables: Tables) -> Incidence:
    """Cells by year; every work once."""
    scope = tables["work_scope"]
    levels = [f"authorships_level_{level}" for level in range(1, 5)]
    rows = scope.left_join(_levels(tables), "work_key").drop("work_key_right")
    rows = rows.select(
        "work_key",
        "year",
        "authorships",
        "authorships_with_country",
        works=ibis.literal(1, "int64"),
        works_with_country=rows.has_country.cast("int64"),
        works_with_funder=rows.is_disclosed.cast("int64"),
        works_without_authors=(rows.authorships == 0).cast("int64"),
        **{name: rows[name].fill_null(0) for name in levels},
    )
    counts = ("works", "authorships", "authorships_with_country", "works_with_country")
    return Incidence(
        rows, ("year",), (*counts, "works_with_funder", "works_without_authors", *levels)
    )


def _levels(tables: Tables) -> ir.Table:
    """Per work: authorships by the lowest evidence level of their affiliations."""
    affiliation = tables["affiliation"]
    placed = affiliation.filter((affiliation.author_seq > 0) & affiliation.level.notnull())
    lowest = placed.group_by(["work_key", "author_seq"]).aggregate(level=placed.level.min())
    return lowest.group_by("work_key").aggregate(
        **{f"authorships_level_{level}": (lowest.level == level).sum() for level in range(1, 5)}
    )


def coverage(tables: Tables) -> ir.Table:
    """The coverage exhibit."""
    return total(coverage_incidence(tables))


def countries_incidence(tables: Tables) -> Incidence:
    """Cells by country, `unknown` among them."""
    rows = unit_weights(tables["country_membership"]).rename(country="unit")
    rows = rows.inner_join(joint_flag(tables), "work_key").mutate(works=ibis.literal(1, "int64"))
    return Incidence(rows, ("country",), ("works", "joint_works"), ("works_fractional",))


def countries(tables: Tables) -> ir.Table:
    """The countries exhibit."""
    rows = total(countries_incidence(tables))
    side = tables["side_country"]
    rows = rows.left_join(side, "country").drop("country_right")
    scope = tables["work_scope"]
    all_joint = scope.aggregate(all_joint=scope.joint.cast("int64").sum())
    rows = rows.cross_join(all_joint)
    return rows.mutate(
        share_of_joint=ratio(rows.joint_works, rows.all_joint),
        share_of_country=ratio(rows.joint_works, rows.works),
    )


def country_years_incidence(tables: Tables) -> Incidence:
    """Cells by year and country; `unknown` is left to coverage."""
    incidence = countries_incidence(tables)
    known = incidence.rows.semi_join(_known_countries(tables), "country")
    return Incidence(known, ("year", "country"), ("works", "joint_works"))


def _known_countries(tables: Tables) -> ir.Table:
    place = tables["place"]
    return place.filter(place.country.notnull()).select("country").distinct()


def country_years(tables: Tables) -> ir.Table:
    """The country_years exhibit."""
    rows = total(country_years_incidence(tables))
    return rows.mutate(share=ratio(rows.joint_works, rows.works))


def topics_incidence(tables: Tables) -> Incidence:
    """Cells by primary topic; an empty id is the cell of works without one."""
    topic = tables["topic"]
    primary = topic.filter(topic.topic_seq == 0).select("work_key", "topic_id")
    rows = joint_flag(tables).left_join(primary, "work_key").drop("work_key_right")
    return Incidence(
        rows.mutate(works=ibis.literal(1, "int64")), ("topic_id",), ("works", "joint_works")
    )


def topics(tables: Tables) -> ir.Table:
    """The topics exhibit; a topic with two names shows the smaller."""
    topic = tables["topic"].filter(tables["topic"].topic_seq == 0)
    names = topic.group_by("topic_id").aggregate(
        topic=topic.topic.min(), subfield=topic.subfield.min()
    )
    rows = total(topics_incidence(tables))
    return rows.left_join(names, "topic_id").drop("topic_id_right")


def institutions_incidence(tables: Tables) -> Incidence:
    """Cells by institution with an id."""
    rows = unit_weights(tables["institution_membership"]).rename(institution_id="unit")
    rows = rows.semi_join(tables["institution"], "institution_id")
    rows = rows.inner_join(joint_flag(tables), "work_key").mutate(works=ibis.literal(1, "int64"))
    return Incidence(rows, ("institution_id",), ("works", "joint_works"), ("works_fractional",))


EXHIBITS = (
    Exhibit(COVERAGE, coverage_incidence, coverage),
    Exhibit(COUNTRIES, countries_incidence, countries),
    Exhibit(COUNTRY_YEARS, country_years_incidence, country_years),
    Exhibit(TOPICS, topics_incidence, topics),
)

"""Exhibits of ties: pairs of countries, institutions and pairs of them."""

from bibnet.schema.column import Column, Table, flag, integer, number, text
from bibnet.schema.exhibits.shared import (
    COUNTRY,
    INSTITUTION_ID,
    JOINT_WORKS,
    PAIR_MEASURES,
    SIDE,
    WORKS,
    WORKS_FRACTIONAL,
)

AFFINITIES: tuple[Column, ...] = (
    number("salton", "works / sqrt(links of a * links of b)", "ratio"),
    number("jaccard", "works / (links of a + links of b - works)", "ratio"),
    *(
        column
        for name, words in (("ric_ab", "b among the links of a"), ("ric_ba", "a among those of b"))
        for column in (
            number(name, f"relative intensity of collaboration, {words}", "ratio"),
            number(f"{name}_low", "lower end of its 95% interval, links independent", "ratio"),
            number(f"{name}_high", "upper end of its 95% interval, links independent", "ratio"),
        )
    ),
    *(
        number(
            f"{name}_resampled_{end}",
            f"{words} end of the 95% interval of {name}, works resampled; empty under five works",
            "ratio",
        )
        for name in ("ric_ab", "ric_ba")
        for end, words in (("low", "lower"), ("high", "upper"))
    ),
)
AFFINITY = ("association_strength", *(column.name for column in AFFINITIES))
COUNTRY_PAIRS = Table(
    "country_pairs",
    "Ties between countries.",
    (
        text("country_a", "first country"),
        text("country_b", "second country"),
        *PAIR_MEASURES,
        number("collaboration_index", "(C_xy / C_x) / (C_y / C_w), as NSF computes it", "ratio"),
        *AFFINITIES,
    ),
    ("country_a", "country_b"),
    section="countries",
    answers="ties between countries, co-author and dual-affiliation apart",
    needs_one_sided=(*AFFINITY, "collaboration_index"),
    reading=(
        "country_a",
        "country_b",
        "works",
        "works_fractional",
        "coauthor_works",
        "dual_affiliation_works",
        "association_strength",
        "collaboration_index",
    ),
    when_empty="No work of this run has two countries.",
)
INSTITUTIONS = Table(
    "institutions",
    "Works, links and partners by institution.",
    (
        INSTITUTION_ID,
        text("ror", "ROR id"),
        text("institution", "name"),
        COUNTRY,
        SIDE,
        text("type", "types joined by |"),
        WORKS,
        WORKS_FRACTIONAL,
        JOINT_WORKS,
        integer("links", "pairs of a work and a partner", "links"),
        integer("partners", "institutions with a work in common", "institutions"),
        integer("joint_links", "links across sides in joint works", "links"),
        integer("joint_partners", "partners across sides in joint works", "institutions"),
        text("city", "city of its location; empty = unknown"),
        number("lat", "latitude of its location (often of its city); empty = unknown", "degrees"),
        number("lon", "longitude of its location; empty = unknown", "degrees"),
    ),
    ("institution_id",),
    section="institutions",
    answers="works, links and partners of each institution",
    needs_one_sided=("works", "works_fractional", "links", "partners"),
    reading=(
        "institution",
        "country",
        "side",
        "works",
        "works_fractional",
        "joint_works",
        "partners",
        "joint_partners",
    ),
    when_empty="No affiliation of this run is placed in an institution. Give a registry of "
    "organisations (--registry) to resolve affiliation strings.",
)
INSTITUTION_PAIRS = Table(
    "institution_pairs",
    "Ties between institutions.",
    (
        text("institution_a", "first institution"),
        text("institution_b", "second institution"),
        text("name_a", "name of the first"),
        text("name_b", "name of the second"),
        text("country_a", "country of the first"),
        text("country_b", "country of the second"),
        flag("cross_side", "the two countries are in different sides"),
        *PAIR_MEASURES,
        *AFFINITIES,
    ),
    ("institution_a", "institution_b"),
    section="institutions",
    answers="ties between institutions, co-author and dual-affiliation apart",
    needs_one_sided=AFFINITY,
    reading=(
        "name_a",
        "country_a",
        "name_b",
        "country_b",
        "cross_side",
        "works",
        "works_fractional",
        "coauthor_works",
        "dual_affiliation_works",
        "association_strength",
    ),
    when_empty="No work of this run has two institutions.",
)
PAIR_EXHIBITS = (COUNTRY_PAIRS, INSTITUTIONS, INSTITUTION_PAIRS)

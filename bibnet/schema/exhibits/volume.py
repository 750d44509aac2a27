"""Exhibits of how many works: by year, side, country and topic."""

from bibnet.schema.column import Table, flag, integer, number, text
from bibnet.schema.exhibits.shared import COUNTRY, JOINT_WORKS, SIDE, WORKS, WORKS_FRACTIONAL, YEAR

COVERAGE = Table(
    "coverage",
    "How much of the corpus can be placed and how much discloses a funder, by year.",
    (
        YEAR,
        WORKS,
        integer("authorships", "authorships of the works", "authorships"),
        integer("authorships_with_country", "authorships with a country", "authorships"),
        integer("works_with_country", "works with at least one country", "works"),
        integer("works_with_funder", "works that disclose a funder or an award", "works"),
        integer("authorships_level_1", "country from the source's institution", "authorships"),
        integer("authorships_level_2", "country stated by the source only", "authorships"),
        integer("authorships_level_3", "country from the registry by the string", "authorships"),
        integer("authorships_level_4", "country from place names in the string", "authorships"),
        integer(
            "works_without_authors",
            "works that name no author: they are undecided in no bound of a share",
            "works",
        ),
    ),
    ("year",),
    section="coverage",
    answers="how much of the corpus can be placed, and by which evidence, year by year",
    reading=(
        "year",
        "works",
        "works_with_country",
        "works_with_funder",
        "authorships",
        "authorships_with_country",
        "authorships_level_1",
        "authorships_level_2",
        "authorships_level_3",
        "authorships_level_4",
    ),
    when_empty="No work of this run has a year.",
)
YEARS = Table(
    "years",
    "Works and joint works by year and side, with the share and its bounds.",
    (
        YEAR,
        text("side", "side of the query, or all"),
        WORKS,
        WORKS_FRACTIONAL,
        JOINT_WORKS,
        number("share", "joint works / works", "fraction"),
        number("share_low", "the share if no undecided work is joint", "fraction"),
        number(
            "share_high",
            "the share if every undecided work (not joint, an author of unknown country) is "
            "joint; no upper bound: works without authors may be joint too",
            "fraction",
        ),
        flag(
            "provisional",
            "the year is the source's year or the one before; of a source without a date one of "
            "the last two that its files reach",
        ),
        integer(
            "undecided_works",
            "works that are not joint and have an author of unknown country: they may be joint too",
            "works",
        ),
    ),
    ("year", "side"),
    section="time",
    when_empty="No work of this run has a year.",
    answers="joint works and their share by side, with the bounds of what is unknown",
    needs_one_sided=(
        "works",
        "works_fractional",
        "share",
        "share_low",
        "share_high",
        "undecided_works",
    ),
    reading=(
        "year",
        "side",
        "works",
        "works_fractional",
        "joint_works",
        "undecided_works",
        "share",
        "share_low",
        "share_high",
        "provisional",
    ),
)
SIDE_PAIRS = Table(
    "side_pairs",
    "Works that two sides have in common, by year and pair of sides; with two sides the numbers "
    "of years.csv.",
    (
        YEAR,
        text("side_a", "first side, the smaller by code point"),
        text("side_b", "second side"),
        integer("works_a", "works with a country of the first side", "works"),
        integer("works_b", "works with a country of the second side", "works"),
        integer("joint_works", "works with a country of both sides", "works"),
        number("share_a", "joint works / works of the first side", "fraction"),
        number("share_b", "joint works / works of the second side", "fraction"),
    ),
    ("year", "side_a", "side_b"),
    section="time",
    when_empty="No work of this run has a year.",
    answers="works that each pair of sides has in common, year by year",
    needs_one_sided=("works_a", "works_b", "share_a", "share_b"),
)
COUNTRIES = Table(
    "countries",
    "Works by country, with those whose country is unknown.",
    (
        SIDE,
        COUNTRY,
        WORKS,
        WORKS_FRACTIONAL,
        JOINT_WORKS,
        number("share_of_joint", "joint works of the country / all joint works", "fraction"),
        number("share_of_country", "joint works / works of the country", "fraction"),
    ),
    ("side", "country"),
    section="countries",
    reading=(
        "country",
        "side",
        "works",
        "works_fractional",
        "joint_works",
        "share_of_joint",
        "share_of_country",
    ),
    when_empty="No work of this run has a country.",
    answers="works by country, full and fractional, `unknown` among them",
    needs_one_sided=("works", "works_fractional", "share_of_country"),
)
COUNTRY_YEARS = Table(
    "country_years",
    "Works and joint works by country and year.",
    (YEAR, COUNTRY, WORKS, JOINT_WORKS, number("share", "joint works / works", "fraction")),
    ("year", "country"),
    section="countries",
    when_empty="No work of this run has a country and a year.",
    answers="works and joint works of each country, year by year",
    needs_one_sided=("works", "share"),
)
TOPICS = Table(
    "topics",
    "Works by primary topic; the row without a topic counts the works that have none.",
    (
        text("topic_id", "T...; empty = no primary topic"),
        text("topic", "name of the topic"),
        text("subfield", "subfield of the topic"),
        WORKS,
        JOINT_WORKS,
    ),
    ("topic_id",),
    section="topics",
    answers="works by primary topic",
    needs_one_sided=("works",),
    when_empty="No work of this run has a topic: topics come with works of OpenAlex.",
)
DUPLICATES = Table(
    "duplicates",
    "Pairs of works that are one paper under two ids, such as a preprint and its article.",
    (
        text("work_a", "id of one work, the smaller by code point"),
        text("work_b", "id of the other"),
        text("rule", "doi, or title (title, first author's family name, year within one)"),
        flag("merged", "the paper counts once: the query says deduplicate = true"),
        text("work_kept", "id of the work that counts where pairs are merged"),
    ),
    ("work_a", "work_b"),
    section="coverage",
    reading=(
        "work_a",
        "work_b",
        "work_kept",
        "rule",
        "merged",
    ),
    when_empty="No two works of this run are recognised as one paper.",
    answers="works that are one paper under two ids, by DOI or by title, year and first author",
)
VOLUME_EXHIBITS = (COVERAGE, DUPLICATES, YEARS, SIDE_PAIRS, COUNTRIES, COUNTRY_YEARS, TOPICS)

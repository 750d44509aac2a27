"""How works are cited: the scores of single works, and the exhibits of groups and places."""

from bibnet.schema.column import Column, Table, integer, number, text
from bibnet.schema.source import WORK_KEY

NO_CITATIONS = (
    "No work of this run has known citations. Works of OpenAlex bring them, and exports of Scopus, "
    "Web of Science, Dimensions and Lens."
)
CITATION_SCORE = Table(
    "citation_score",
    "Normalised citation score of each work, once for each reference set.",
    (
        WORK_KEY,
        text(
            "reference", "ai_internal = the works of this run; openalex = the source's own scores"
        ),
        text("state", "scored, undefined, unknown_citations, too_young or no_score"),
        text("field_id", "field of the primary topic, or none"),
        number("citations", "citations counted; with a citation window those within it", "works"),
        number("cell_works", "works of the same field, year and type", "works"),
        number("cell_mean", "their mean citations", "citations"),
        number("ncs", "normalised citation score: citations / mean; of openalex its fwci", "ratio"),
        number("top10", "part of the work that is in the top 10% of its cell", "fraction"),
    ),
    ("work_key", "reference"),
)
CITATION_REFERENCE = Table(
    "citation_reference",
    "The reference set of each exhibit of citations, from which its judged works are listed.",
    (
        text("exhibit", "name of the exhibit"),
        text("reference", "its reference set, one of those of citation_score"),
    ),
    ("exhibit",),
)
COMPARED_STRATUM = Table(
    "compared_stratum",
    "Strata that joint works and a compared group both have: those that citations_compared is of.",
    (
        text("compared_with", "the group that joint works are compared with"),
        text("adjusted_for", "nothing, authors, countries, or authors_and_countries"),
        text("measure", "mncs or pp_top10"),
        text("stratum", "every, and behind slashes the number of countries or authors"),
    ),
    ("compared_with", "adjusted_for", "measure", "stratum"),
)

WORKS = integer("works", "works, full counting: every unit of a work counts it once", "works")
REFERENCE = text("reference", "reference set of the normalised columns, one for the whole table")
MEAN = number("mean_citations", "mean over works with known citations, of any age", "citations")
KNOWN = integer("works_with_citations", "works with known citations", "works")
CITED = integer("citations", "citations of those works", "citations")
GROUP = text("group", "SIDE only, or joint")
REASON = (
    "no_work = nothing is judged, small_cells = more than half of the works stand in cells of "
    "fewer than ten, joint_works_only = the corpus has joint works alone and is no reference set, "
    "few_works = number without interval, of fewer than five works"
)
IN_INTERVALS = text(
    "reference_in_intervals",
    "resampled = the intervals draw the reference set anew too; fixed = they take it as it is",
)
REASONS: tuple[Column, ...] = (
    integer("works_in_small_cells", "judged works in cells of fewer than ten works", "works"),
    text("mncs_reason", f"why mncs or its interval is empty: {REASON}"),
    text("pp_top10_reason", "why pp_top10 or its interval is empty; as for mncs"),
    IN_INTERVALS,
)
IMPACT: tuple[Column, ...] = (
    number("mncs", "mean normalised citation score", "ratio"),
    number("mncs_low", "lower end of its 95% stability interval", "ratio"),
    number("mncs_high", "upper end of its 95% stability interval", "ratio"),
    number("pp_top10", "share of works among the top 10% cited", "fraction"),
    number("pp_top10_low", "lower end of its 95% stability interval", "fraction"),
    number("pp_top10_high", "upper end of its 95% stability interval", "fraction"),
)
LEFT_OUT: tuple[Column, ...] = (
    integer("works_in_mncs", "works that the mean normalised score is of", "works"),
    integer("works_in_pp_top10", "works that the share in the top 10% is of", "works"),
    integer("works_undefined", "works whose field, year and type has no citation: no ncs", "works"),
    integer("works_unknown_citations", "works left out: citations unknown", "works"),
    integer("works_too_young", "works left out: younger than two years, to the day", "works"),
    integer("works_without_score", "works left out: the source gives no score", "works"),
)

CITATIONS = Table(
    "citations",
    "How often works of one side only and joint works are cited.",
    (GROUP, REFERENCE, WORKS, MEAN, *IMPACT, KNOWN, CITED, *LEFT_OUT, *REASONS),
    ("group",),
    section="citations",
    answers="MNCS and PP(top 10%) of one-sided and joint works, with stability intervals",
    reading=(
        "group",
        "works",
        "works_with_citations",
        "mean_citations",
        "mncs",
        "mncs_low",
        "mncs_high",
        "pp_top10",
        "pp_top10_low",
        "pp_top10_high",
        "works_in_mncs",
        "mncs_reason",
    ),
    when_empty=NO_CITATIONS,
)
CITATIONS_BY_TEAM = Table(
    "citations_by_team",
    "The same by number of countries and of authors, to tell joint works from big teams.",
    (
        GROUP,
        text("countries", "countries of the work: 1, 2, 3, 4+; all = any number"),
        text("authors", "authors of the work: 1, 2, 3-5, 6-10, 11+ or none; all = any number"),
        REFERENCE,
        WORKS,
        MEAN,
        *IMPACT,
        KNOWN,
        CITED,
        *LEFT_OUT,
        *REASONS,
    ),
    ("group", "countries", "authors"),
    section="citations",
    answers="the same by number of countries and of authors",
    reading=(
        "group",
        "countries",
        "authors",
        "works",
        "mean_citations",
        "mncs",
        "mncs_low",
        "mncs_high",
        "pp_top10",
        "pp_top10_low",
        "pp_top10_high",
        "works_in_mncs",
        "mncs_reason",
    ),
    when_empty=NO_CITATIONS,
)


def _comparison(name: str, words: str, unit: str) -> tuple[Column, ...]:
    return (
        number(name, f"{words} of the joint works", unit),
        number(f"compared_{name}", f"{words} of the compared works at the joint works' mix", unit),
        number(f"{name}_difference", "joint - compared", unit),
        number(f"{name}_difference_low", "lower end of its 95% stability interval", unit),
        number(f"{name}_difference_high", "upper end of its 95% stability interval", unit),
        integer(f"works_in_{name}", "joint works in strata that both groups have", "works"),
        integer(f"compared_works_in_{name}", "compared works in those strata", "works"),
    )


EXCHANGED = "two-sided p of the difference if works of a stratum exchange their groups"
CITATIONS_COMPARED = Table(
    "citations_compared",
    "Joint works against works of one side only, at the same mix of team sizes or countries.",
    (
        text("compared_with", "the group that joint works are compared with"),
        text("adjusted_for", "nothing, authors, countries, or authors_and_countries"),
        REFERENCE,
        integer("works", "works of both groups", "works"),
        *_comparison("mncs", "mean normalised score", "ratio"),
        *_comparison("pp_top10", "share in the top 10%", "fraction"),
        text("mncs_reason", "why mncs is empty: no_common_stratum, or small_cells"),
        text("pp_top10_reason", "why pp_top10 is empty: no_common_stratum, or small_cells"),
        IN_INTERVALS,
        number("mncs_difference_p", EXCHANGED, "probability"),
        number("pp_top10_difference_p", EXCHANGED, "probability"),
    ),
    ("compared_with", "adjusted_for"),
    section="citations",
    answers='joint against one-sided works at equal team sizes, to tell "joint" from "bigger team"',
    reading=(
        "compared_with",
        "adjusted_for",
        "mncs",
        "compared_mncs",
        "mncs_difference",
        "mncs_difference_low",
        "mncs_difference_high",
        "mncs_difference_p",
        "works_in_mncs",
        "compared_works_in_mncs",
        "mncs_reason",
    ),
    when_empty=NO_CITATIONS,
)
WEIGHED = number("works_fractional", "works, fractional: the weight of the means", "works")
IMPACT_NAMES = tuple(column.name for column in (*IMPACT, *LEFT_OUT, *REASONS[:-1]))
COUNTRY_CITATIONS = Table(
    "country_citations",
    "How often the works of a country are cited, each by the country's part of it.",
    (
        text("country", "ISO 3166-1 alpha-2 code"),
        REFERENCE,
        WORKS,
        WEIGHED,
        *IMPACT,
        *LEFT_OUT,
        *REASONS,
    ),
    ("country",),
    section="citations",
    answers="MNCS and PP(top 10%) of each country, with fractional weights",
    needs_one_sided=("works", "works_fractional", *IMPACT_NAMES),
    reading=(
        "country",
        "works",
        "works_fractional",
        "mncs",
        "mncs_low",
        "mncs_high",
        "pp_top10",
        "pp_top10_low",
        "pp_top10_high",
        "works_in_mncs",
        "mncs_reason",
    ),
    when_empty=NO_CITATIONS,
)
INSTITUTION_CITATIONS = Table(
    "institution_citations",
    "How often the works of an institution are cited, each by the institution's part of it.",
    (
        text("institution_id", "OpenAlex id, else ROR id"),
        text("institution", "name"),
        text("country", "ISO 3166-1 alpha-2 code"),
        REFERENCE,
        WORKS,
        WEIGHED,
        *IMPACT,
        *LEFT_OUT,
        *REASONS,
    ),
    ("institution_id",),
    section="citations",
    answers="MNCS and PP(top 10%) of each institution, with fractional weights",
    needs_one_sided=("works", "works_fractional", *IMPACT_NAMES),
    reading=(
        "institution",
        "country",
        "works",
        "works_fractional",
        "mncs",
        "mncs_low",
        "mncs_high",
        "pp_top10",
        "pp_top10_low",
        "pp_top10_high",
        "works_in_mncs",
        "mncs_reason",
    ),
    when_empty=NO_CITATIONS,
)
CITATION_EXHIBITS = (
    CITATIONS,
    CITATIONS_BY_TEAM,
    CITATIONS_COMPARED,
    COUNTRY_CITATIONS,
    INSTITUTION_CITATIONS,
)

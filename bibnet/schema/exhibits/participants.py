"""Exhibits of who pays and who takes part: funders, companies, hubs."""

from bibnet.schema.column import Table, integer, number, text
from bibnet.schema.exhibits.shared import JOINT_WORKS, WORKS

FUNDING = Table(
    "funding",
    "Works by country and type of their funders; a work counts once in each row it belongs to.",
    (
        text("funder_country", "country of the funder; empty = unknown; all = any"),
        text("funder_type", "type of the funder, or all"),
        WORKS,
        JOINT_WORKS,
        number("share_of_disclosed", "works / works that disclose a funder", "fraction"),
        number("share_of_joint_disclosed", "joint works / joint works that disclose", "fraction"),
        number("share_of_works", "works / all works", "fraction"),
        number("share_of_joint", "joint works / all joint works", "fraction"),
    ),
    ("funder_country", "funder_type"),
    section="funding",
    answers="who pays by country and type of funder, as shares of disclosed and of all works",
    needs_one_sided=("works", "share_of_disclosed", "share_of_works"),
)
FUNDERS = Table(
    "funders",
    "Works by funder.",
    (
        text("funder_id", "OpenAlex id F...; empty where only a name is known"),
        text("funder", "name"),
        text("funder_country", "country of the funder; empty = unknown"),
        text("funder_type", "type of the funder"),
        WORKS,
        JOINT_WORKS,
        integer("works_by_award", "of the works those with an award number of its form", "works"),
        text("award_example", "the smallest of those numbers; all are in the table funding"),
    ),
    ("funder_id", "funder"),
    section="funding",
    answers="works of each funder",
    needs_one_sided=("works",),
)
HUBS = Table(
    "hubs",
    "Works by city, province (region elsewhere) and cluster; each level (column unit) has rows of "
    "its own. A work counts once in each row it has a place in, so rows of a level can add up to "
    "more than the country, and rows of two levels are never to be added. Empty = unknown; all = "
    "a total.",
    (
        text("country", "ISO 3166-1 alpha-2 code; of a cluster all codes it spans, joined by |"),
        text("province", "province or region by name; empty = unknown; all in rows of clusters"),
        text("city", "city; empty = unknown; all in rows of provinces and clusters"),
        text("cluster", "the cluster that holds the place; empty outside the clusters"),
        WORKS,
        JOINT_WORKS,
        number("share", "works / works of the country (of any country the row spans)", "fraction"),
        text("unit", "what the row is: city, province or cluster"),
        integer("population", "people in the place; empty = not in the table used", "people"),
        number("works_per_million", "works per million people", "works"),
    ),
    ("country", "province", "city", "cluster", "unit"),
    section="hubs",
    answers="works by city, province and cluster, per million people where a population list "
    "is present",
    needs_one_sided=("works", "share", "works_per_million"),
)
COMPANIES = Table(
    "companies",
    "Works by company: institutions that the source or the registry types so, and companies that "
    "affiliation strings name. A company of the registry goes by its id, others by name and "
    "country.",
    (
        text("institution_id", "OpenAlex id, else ROR id; empty where the company has neither"),
        text("institution", "name; without an id as printed most often"),
        text("country", "ISO 3166-1 alpha-2 code; empty = unknown"),
        WORKS,
        JOINT_WORKS,
        text(
            "recognised_by",
            "type (of the institution), legal_form (Inc., GmbH ... in the string), corporate_lab "
            "(a lab of the reference list named in the string), joined by |",
        ),
    ),
    ("institution_id", "institution", "country"),
    section="companies",
    answers="companies, by registry type, legal form or known laboratory",
    needs_one_sided=("works",),
)
ACTOR_EXHIBITS = (FUNDING, FUNDERS, HUBS, COMPANIES)

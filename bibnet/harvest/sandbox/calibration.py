"""How often the invented works have each gap and quirk.

Unless another reason stands beside it, a rate is the share measured among the 287 works of the
current schema in `works.jsonl.gz` of the shared real data (793 authorships, 457 institutions,
54 funders); where that sample is too old or too small, the reason says what was taken instead.
"""

from types import MappingProxyType

FIRST_YEAR, LAST_YEAR = 2015, 2026

# Works per year, relative: growth of AI output (openalex.md 8), and a year that is not over.
YEAR_WEIGHTS = MappingProxyType(
    {
        2015: 50,
        2016: 56,
        2017: 66,
        2018: 80,
        2019: 96,
        2020: 110,
        2021: 124,
        2022: 134,
        2023: 146,
        2024: 160,
        2025: 168,
        2026: 120,
    }
)
# Works with an affiliation: OpenAlex's own check of 10,000 works (openalex.md 6) has 72.2 % in
# 2022, 69.2 % in 2024, 43.4 % in 2025; before, the level of 2022 and a little.
AFFILIATED = MappingProxyType(
    dict.fromkeys(range(FIRST_YEAR, 2022), 0.75)
    | {2022: 0.722, 2023: 0.707, 2024: 0.692, 2025: 0.434, 2026: 0.40}
)
AI_SHARE = 0.7  # enough outside the subject for a topic filter to leave works out

# Null although the key is there.
NO_TITLE = 1 / 287
NO_DOI = 62 / 287
NO_ABSTRACT = 52 / 287
NO_LANGUAGE = 2 / 287
NO_TOPIC = 9 / 287
NO_FWCI = 14 / 287
NO_PERCENTILE = 26 / 287
NO_PERCENTILE_YEAR = 50 / 246  # openalex.md 1.2: the works of March 2026
NO_RETRACTION_FLAG = 1 / 287
NO_SOURCE = 54 / 246  # openalex.md 1.2

# The key itself is absent.
ABSENT_KEYS = MappingProxyType(
    {
        "has_fulltext": 50 / 287,
        "content_urls": 50 / 287,
        "updated_date": 8 / 287,
        "apc_list": 6 / 287,
        "abstract_inverted_index": 3 / 287,
        "language": 2 / 287,
        "best_oa_location": 1 / 287,
    }
)
RETRACTED = 0.003  # none among 287; flags are rare but the rule that drops them needs some
PARATEXT = 3 / 287
XPAC = 7 / 287
NO_AUTHORS = 5 / 287

# Authors per work: measured 1-8 with a mode at 1 in old works; shifted to 2-5, as AI papers of
# the real conference list have (mean about 4).
AUTHOR_COUNT_WEIGHTS = (14, 19, 21, 18, 12, 8, 5, 3)
LARGE_TEAM = 0.006  # 9-60 authors: 17 of 287 works, fewer here to keep the corpus small
HUGE_TEAM = 0.0012  # more than 100 authors, so that cut author lists occur in every corpus
LARGE_TEAM_SIZES = (9, 60)
HUGE_TEAM_SIZES = (101, 180)
FIRST_HUGE_TEAMS = 2  # works of every corpus, however small

# Authorships.
NO_AUTHOR_ID = 52 / 793
NO_ORCID = 403 / 793
UNAFFILIATED_AUTHOR = 0.07  # inside an affiliated work; measured over all works it is 52 %
UNRESOLVED_STRING = 58 / 793  # a raw string without an institution
COUNTRY_FROM_STRING = 0.25  # of those: since mid-2026 the pipeline reads the country of the string
DUAL_AFFILIATION = 61 / 793
NULL_INSTITUTION_ID = 10 / 793
EXTRA_UNRESOLVED_STRING = 20 / 793  # a second string that led nowhere (78 of 793 have one)
CORRESPONDING = 0.25  # of authors after the first; without the old default of first authors
FIRST_CORRESPONDING = 0.55
RAW_ORCID = 0.3  # in works changed since 2026-04-29

# Institutions.
NO_COUNTRY = 3 / 457
NO_ROR = 1 / 457
NO_TYPE = 1 / 457
CHILD_INSTITUTION = 91 / 457  # its lineage has a parent
INSTITUTIONS_PER_WORK = 0.075  # 5,000 works name some hundreds of bodies
INSTITUTION_BOUNDS = (40, 2400)
SIZE_EXPONENT = 1.05  # of the rank-size rule; close to the one of publishing bodies
SIZE_OFFSET = 4  # keeps the largest at a few per cent

# Teams: share of works within one institution, else one country, else several countries.
ONE_INSTITUTION = 0.46
ONE_COUNTRY = 0.30

# Funding: 32 of 287 works name a funder; none of the recorded ones has an award.
FUNDED = 32 / 287 * 2  # recent works disclose twice as often (3 of 19 after 2015)
AWARDED = 0.6  # of funded works; made up, for lack of a real non-empty list
NO_FUNDER_ROR = 5 / 54
FUNDERS_PER_COUNTRY = 3

ZERO_CITATIONS = 0.12  # the lowest decile of the 287 has none
CITATION_MEDIAN_PER_YEAR = 2.2  # median 10 over all ages of the sample
CITATION_SPREAD = 1.14  # of the logarithm, within field and year (10.1073/pnas.0806977105)

NON_ENGLISH = 10 / 287
MESH = 21 / 287
GOALS = 172 / 287
REFERENCES = 168 / 287
APC = 76 / 287
PUBLISHED_IN_REPOSITORY_TOO = 0.35

MERGED_WORKS = 0.002  # ids that lead elsewhere or nowhere

"""Every table that a run holds beside its exhibits."""

from bibnet.schema.column import Table
from bibnet.schema.corpus import DUPLICATE, EXCLUDED, SAME_PAPER
from bibnet.schema.exhibits.citations import (
    CITATION_REFERENCE,
    CITATION_SCORE,
    COMPARED_STRATUM,
)
from bibnet.schema.places import (
    HARVEST_MEMORY,
    INSTITUTION,
    LOCATED_STRING,
    PLACE,
    PLACED_AFFILIATION,
)
from bibnet.schema.source import INPUT_FILE, SOURCE_TABLES
from bibnet.schema.tags import (
    AI_HIT,
    COMPANY,
    FUNDING,
    FUNDING_PROGRAMME,
    HELD_BACK,
    KEYWORD_HIT,
    LIST_FLAG,
    LIST_INTERVAL,
)
from bibnet.schema.ties import (
    COUNTRY_MEMBERSHIP,
    COUNTRY_TIE,
    EDGE,
    INSTITUTION_MEMBERSHIP,
    INSTITUTION_TIE,
    NODE,
    SIDE_INSTITUTION,
    WORK_SCOPE,
    WORK_SIDE,
)

NETWORK_TABLES: tuple[Table, ...] = (COUNTRY_TIE, INSTITUTION_TIE, NODE, EDGE)
DERIVED_TABLES: tuple[Table, ...] = (
    EXCLUDED,
    DUPLICATE,
    SAME_PAPER,
    AI_HIT,
    LOCATED_STRING,
    HARVEST_MEMORY,
    PLACED_AFFILIATION,
    PLACE,
    INSTITUTION,
    COUNTRY_MEMBERSHIP,
    INSTITUTION_MEMBERSHIP,
    SIDE_INSTITUTION,
    WORK_SIDE,
    WORK_SCOPE,
    FUNDING,
    FUNDING_PROGRAMME,
    LIST_FLAG,
    LIST_INTERVAL,
    HELD_BACK,
    COMPANY,
    CITATION_SCORE,
    CITATION_REFERENCE,
    COMPARED_STRATUM,
    KEYWORD_HIT,
    INPUT_FILE,
)
RUN_TABLES: tuple[Table, ...] = (
    *(table for table in SOURCE_TABLES if table.name != PLACED_AFFILIATION.name),
    *DERIVED_TABLES,
)

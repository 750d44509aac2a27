"""Queries: which works, which sides, how to count."""

from bibnet.query.load import QueryFiles, find_query, load_query, parse_query, with_affiliations
from bibnet.query.model import Query, side_of

__all__ = [
    "Query",
    "QueryFiles",
    "find_query",
    "load_query",
    "parse_query",
    "side_of",
    "with_affiliations",
]

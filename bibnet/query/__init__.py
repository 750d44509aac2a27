"""Queries: which works, which sides, how to count."""

from bibnet.query.load import QueryFiles, find_query, load_query, parse_query, with_affiliations
from bibnet.query.model import Query, side_of
from bibnet.query.writing import Answers, choices, side_value, write_query, year_span

__all__ = [
    "Answers",
    "Query",
    "QueryFiles",
    "choices",
    "find_query",
    "load_query",
    "parse_query",
    "side_of",
    "side_value",
    "with_affiliations",
    "write_query",
    "year_span",
]

"""The parameters of a list request, checked as OpenAlex checks them."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from bibnet.harvest.sandbox.answers import bad_page, bad_query

KNOWN = (
    "api-key",
    "api_key",
    "corpus",
    "cursor",
    "filter",
    "format",
    "group_by",
    "group-by",
    "include_xpac",
    "include-xpac",
    "mailto",
    "page",
    "per_page",
    "per-page",
    "q",
    "sample",
    "search",
    "search.title",
    "search.title_and_abstract",
    "seed",
    "select",
    "sort",
)
CORPORA = ("core", "expansion", "all")
DEFAULT_PAGE = 25
DEFAULT_GROUPS = 200  # and the most a page of groups has
MOST_PAGED = 10_000  # results that pages reach; beyond, a cursor is needed
LARGEST_SAMPLE = 10_000
SEARCH_FIELDS: Mapping[str, str] = {
    "search": "default.search",
    "search.title": "display_name.search",
    "search.title_and_abstract": "title_and_abstract.search",
}


@dataclass(frozen=True)
class Parameters:
    """What a list request asks for; texts are as sent, None where absent."""

    filter: str
    sort: str | None
    select: tuple[str, ...]
    group_by: str | None
    cursor: str | None
    page: int
    per_page: int
    searches: tuple[tuple[str, str], ...]
    sample: int | None
    seed: str | None
    corpus: str


def parse_parameters(query: str, largest_page: int | None) -> Parameters:
    """Parameters of a query string; `+` is a space there. Raises Refusal.

    `largest_page` None is a request for one object, which takes paging and ignores it.
    """
    pairs = parse_qsl(query, keep_blank_values=True)
    if sum(name == "filter" for name, _ in pairs) > 1:
        raise bad_query(
            "Only one filter parameter is allowed. Combine and separate filters with a comma, "
            "like: /works?filter=publication_year:2020,is_open_access:true."
        )
    given = dict(reversed(pairs))
    _check_names(given)
    group_by = given.get("group_by") or given.get("group-by")
    parameters = Parameters(
        filter=given.get("filter", ""),
        sort=given.get("sort"),
        select=tuple(key for key in given.get("select", "").split(",") if key),
        group_by=group_by,
        cursor=given.get("cursor"),
        page=_number(given, "page", 1),
        per_page=_number(given, "per-page", DEFAULT_GROUPS if group_by else DEFAULT_PAGE),
        searches=tuple((name, given[name]) for name in SEARCH_FIELDS if given.get(name)),
        sample=_number(given, "sample", 0) if "sample" in given else None,
        seed=given.get("seed"),
        corpus=_corpus(given),
    )
    if largest_page is not None:
        _check_paging(parameters, largest_page)
    _check_pairs(parameters, given)
    return parameters


def _check_names(given: Mapping[str, str]) -> None:
    for name in given:
        if name not in KNOWN:
            raise bad_query(
                f"{name} is not a valid parameter. Valid parameters are: {', '.join(KNOWN)}."
            )
    if any("host_venue" in value for value in given.values()):
        raise bad_query(
            "host_venue and alternate_host_venues are deprecated in favor of locations."
        )


def _number(given: Mapping[str, str], name: str, default: int) -> int:
    text = given.get(name) or given.get(name.replace("-", "_"))
    if not text:
        return default
    try:
        return int(text)
    except ValueError:
        raise bad_query(f"Param {name} must be a number.") from None


def _corpus(given: Mapping[str, str]) -> str:
    wide = given.get("include_xpac") or given.get("include-xpac")
    corpus = given.get("corpus")
    if corpus and wide:
        raise bad_query("corpus and include_xpac cannot be combined.")
    if corpus and corpus not in CORPORA:
        raise bad_query(f"corpus must be one of: {', '.join(CORPORA)}.")
    return corpus or ("all" if wide == "true" else "core")


def _check_paging(asked: Parameters, largest_page: int) -> None:
    if asked.page < 1:
        raise bad_page("Page parameter must be greater than 0.")
    largest = DEFAULT_GROUPS if asked.group_by else largest_page
    if not 1 <= asked.per_page <= largest:
        raise bad_page(f"per-page parameter must be between 1 and {largest}.")
    if asked.cursor is not None and asked.page != 1:
        raise bad_page("Cannot use page parameter with cursor.")
    if asked.page * asked.per_page > MOST_PAGED:
        raise bad_page(
            f"Maximum results size of {MOST_PAGED:,} records is exceeded. Cursor pagination is "
            f"required for records beyond {MOST_PAGED:,}. "
            "See: https://docs.openalex.org/api#cursor-paging"
        )


def _check_pairs(asked: Parameters, given: Mapping[str, str]) -> None:
    """Parameters that do not go together."""
    sampled = asked.sample is not None
    refused = (
        (asked.group_by and asked.select, "select does not work with group_by."),
        (sampled and asked.sort, "sample does not work with sort."),
        (sampled and asked.cursor, "sample does not work with cursor."),
        (sampled and asked.group_by, "sample does not work with group_by."),
        (asked.seed and not sampled, "You must include the sample parameter when using a seed."),
        (sampled and asked.page > 1 and not asked.seed, "A seed value is required for paging."),
        (
            asked.sample and asked.sample > LARGEST_SAMPLE,
            "Sample size must be less than or equal to 10,000.",
        ),
        (
            any("|" in text for _, text in asked.searches),
            f"The search parameter does not support the | operator. {given.get('search')}",
        ),
    )
    for wrong, message in refused:
        if wrong:
            raise bad_query(message)

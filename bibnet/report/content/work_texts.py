"""What a list of works says of each work, as text: the same in the page, in files, in tables."""

from collections.abc import Mapping

from bibnet.report.content.wording import clean, country_name, placed_name
from bibnet.report.content.works_behind import WorkColumns

# What put an institution or country on a work, by the level of evidence.
EVIDENCE: Mapping[int, str] = {
    1: "the source's institution",
    2: "country stated by the source",
    3: "registry, from the string",
    4: "place name in the string",
}
SEPARATOR = "; "
TEXTS = ("institutions", "evidence", "funders", "lists")


def work_texts(
    works: WorkColumns, at: int, countries: Mapping[str, str], limit: int = 0
) -> dict[str, str]:
    """The institutions, evidence, funders and lists of the work at a place, each as one text.

    An institution has its country behind it; a listed one the lists that hold it. What a work
    does not have is empty. A text of more than `limit` characters ends in an ellipsis (0 = none).
    """
    placed = [works.institution_names[number] for number in works.institutions[at]]
    listed = [works.listed_names[number] for number in works.listed[at]]
    parts = {
        "institutions": [_placed(name, code, countries) for name, code in placed],
        "evidence": [EVIDENCE[level] for level in sorted(set(works.levels[at]) & set(EVIDENCE))],
        "funders": [clean(works.funder_names[number]) for number in works.funders[at]],
        "lists": [f"{clean(name)}: {clean(lists)}" for name, lists in listed],
    }
    joined = {name: SEPARATOR.join(texts) for name, texts in parts.items()}
    return {name: clean(text, limit) if limit else text for name, text in joined.items()}


def _placed(name: str, code: str, countries: Mapping[str, str]) -> str:
    return placed_name(name, country_name(code, countries))

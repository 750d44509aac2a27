"""Names of columns in words: what a reader sees above a table."""

from collections.abc import Mapping

LABELS: Mapping[str, str] = {
    "works_fractional": "works, fractional",
    "coauthor_works": "by co-authors",
    "dual_affiliation_works": "by one person at both",
    "name_a": "institution",
    "name_b": "partner",
    "country_a": "country",
    "country_b": "partner's country",
    "side_a": "side",
    "side_b": "other side",
    "cross_side": "across sides",
    "share_low": "share without undecided",
    "share_high": "share with undecided",
    "share_of_joint": "of all joint works",
    "share_of_country": "joint share of its works",
    "share_of_disclosed": "of works that disclose",
    "share_of_joint_disclosed": "of joint works that disclose",
    "share_of_works": "of all works",
    "funder_country": "country of funder",
    "funder_type": "type of funder",
    "mncs": "MNCS",
    "mncs_low": "MNCS from",
    "mncs_high": "MNCS to",
    "pp_top10": "in the top 10%",
    "pp_top10_low": "top 10% from",
    "pp_top10_high": "top 10% to",
    "mncs_difference": "MNCS difference",
    "mncs_difference_low": "difference from",
    "mncs_difference_high": "difference to",
    "compared_mncs": "MNCS of the others",
    "works_in_mncs": "works judged",
    "q": "q (false discovery)",
    "ratio": "observed / expected by chance",
    "expected": "works expected by chance",
    "category_meaning": "category",
    "is_default": "in the default rule",
    "list_date": "date of the list",
    "pagerank": "PageRank",
    "works_per_million": "works per million people",
    "adjusted_rand": "agreement of runs (Rand)",
    "resampled_adjusted_rand": "agreement under resampled works (Rand)",
    "mncs_reason": "why empty",
    "strength_rank": "rank by strength",
    "strength_rank_low": "rank from",
    "strength_rank_high": "rank to",
    "matched_text": "text that matched",
    "guard_meaning": "why it was held back",
}


def label(name: str) -> str:
    """The name of a column in words: as chosen, else the name with spaces."""
    return LABELS.get(name, name.replace("_", " "))

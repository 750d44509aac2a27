"""Sentences on what the numbers of a run do not hold, and why, each with the run's own numbers."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from bibnet.metrics.citations.exhibits import CitationCounts
from bibnet.metrics.citations.scores import (
    INTERNAL,
    NO_SCORE,
    TOO_YOUNG,
    UNDEFINED,
    UNKNOWN_CITATIONS,
    WORLD,
)
from bibnet.metrics.counts.listed import sensitive_families
from bibnet.metrics.structure.communities import CommunityCounts
from bibnet.metrics.structure.expectation_exhibits import ExpectationCounts
from bibnet.network.measures.resampling import FEWEST_WORKS
from bibnet.network.measures.work_sizes import CLOSE
from bibnet.query import Query
from bibnet.reference import load
from bibnet.report.content.wording import listing
from bibnet.runs.pipeline.outcome import Outcome
from bibnet.runs.pipeline.request import Request
from bibnet.schema.levels import OWN_LEVEL
from bibnet.tables.same_paper import DOI, TITLE, SamePapers
from bibnet.tag.keywords.precision import packaged_precision, precision_notes

# The rule of the places stage that needs a word of caution.
HEAD_OFFICE = "head_office"
# Notes of the report; the manifest holds every issue.
SNAPSHOT_NOTES = 10
RANK_INTERVALS = (
    "Intervals of ranks are 95% intervals of the rank that an institution would have if the "
    "corpus went on for ever. In corpora of 800 to 60,000 works whose truth is known, 93.9 to "
    "100.0% of the intervals at ranks 1 to 10 hold it (no interval holds less than one rank, and "
    "one often has more than 95% of the draws), and 92.5 to 97.2% of those in a band of ranks "
    "beyond the tenth. "
    "Institutions with fewer than {strength} works with a tie (PageRank: {pagerank}) have none; "
    "for strength there is none either where few institutions, or few of those above, have that "
    "many. centrality.csv says why one is missing."
).format_map(FEWEST_WORKS)
ONE_SIDED_MISSING = (
    "The query harvests joint works only: columns that need one-sided works are empty."
)
# Of one work, and of several.
REASONS: Mapping[str, tuple[str, str]] = {
    UNKNOWN_CITATIONS: ("has no known citations", "have no known citations"),
    TOO_YOUNG: (
        "is younger than two years (or than the citation window)",
        "are younger than two years (or than the citation window)",
    ),
    UNDEFINED: (
        "stands in a field, year and type without a citation, where the score is undefined",
        "stand in a field, year and type without a citation, where the score is undefined",
    ),
    NO_SCORE: ("has no score of the source", "have no score of the source"),
}

RULE_WORDS: Mapping[str, str] = {
    DOI: "DOI",
    TITLE: "title, year and first author",
}
NAMED: Mapping[str, str] = {
    INTERNAL: "the works of this run themselves",
    WORLD: "the source's own scores (whole world)",
}


def notes(request: Request, found: Outcome) -> list[str]:
    """Every note of a run, in the order the report prints them."""
    metrics, floor = found.metrics, found.metrics.network.path_min_works
    return [
        RANK_INTERVALS,
        *citation_notes(metrics.citations),
        *expectation_notes(metrics.expectation),
        *community_notes(metrics.communities),
        *_keyword_notes(found),
        *same_paper_notes(found.papers),
        *_verdict_notes(found),
        *_query_notes(request.query),
        *_head_offices(found.places.rules),
        *_snapshot(found.reading.snapshot_issues),
        *_path_notes(floor),
        *overdue_lists(found.source),
    ]


def overdue_lists(day: date | None) -> list[str]:
    """A line for each reference list that a person should have checked again before a day."""
    if day is None:
        return []
    return [
        f"warning: the list {name} was last checked on {card.checked or card.date} and was to be "
        f"checked again by {card.due}"
        for name, card in load.overdue(day).items()
    ]


def citation_notes(counts: CitationCounts) -> Iterator[str]:
    """Which reference set the normalised citations have, and which works are in none of them."""
    used = sorted({name for name in counts.references.values() if name})
    for reference in used:
        states = counts.states[reference]
        works = sum(states.values())
        parts = [
            f"{states[state]:,} {words[states[state] > 1]}"
            for state, words in REASONS.items()
            if state in states
        ]
        yield (
            f"Normalised citations: the reference set {reference} is {NAMED[reference]}. "
            f"{_of_works(works, parts)}."
        )
    if INTERNAL in used and counts.works_in_small_cells:
        yield (
            f"Of {_works(counts.works_in_cells)} with known citations, "
            f"{counts.works_in_small_cells:,} "
            f"stand{'s' if counts.works_in_small_cells == 1 else ''} in a field, year and type "
            f"with fewer than {counts.small_cell} works: there a work is mostly compared with "
            "itself, and scores lean towards 1."
        )
    if counts.unjudged_years:
        years = [str(year) for year in counts.unjudged_years]
        are, them = ("is", "it") if len(years) == 1 else ("are", "them")
        yield (
            f"The source has no date: {listing(years)} {are} taken as provisional, and no "
            f"work of {them} has a citation score."
        )
    if counts.judged_until:
        yield f"Works that appeared after {counts.judged_until} have no citation score yet."
    if counts.window:
        yield f"Citations are those of the first {counts.window} calendar years of a work."


def _works(number: int) -> str:
    return f"{number:,} work{'' if number == 1 else 's'}"


def _of_works(works: int, parts: Sequence[str]) -> str:
    if not parts:
        return "The one work is judged" if works == 1 else f"All {works:,} works are judged"
    return f"Of {_works(works)}, {'; '.join(parts)}"


def expectation_notes(counts: Mapping[str, ExpectationCounts]) -> Iterator[str]:
    """Which pairs were compared with chance, and with what floor."""
    for level, found in counts.items():
        if not found.pairs:
            yield (
                f"Ties against chance, {level} level: no pair is tested, because no two units have "
                f"{found.least_works} works or more."
            )
            continue
        yield (
            f"Ties against chance, {level} level: {_pairs(found.pairs)} of the "
            f"{found.units:,} units with at least {found.least_works} works "
            f"{'is' if found.pairs == 1 else 'are'} tested; the tables show "
            f"{_pairs(found.shown)} with {found.floor_works} works or more, observed or "
            "expected. A tie is called more or less frequent at a false discovery rate of "
            f"{found.false_discovery:.0%}."
        )
        if found.less_from is None:
            yield (
                f"At the {level} level no pair is expected to have {found.floor_works} works: none "
                "can be called less frequent than chance."
            )
        else:
            yield (
                f"At the {level} level {_are_expected(found.expected_pairs)} to have "
                f"{found.floor_works} works or more and can be called less frequent than chance; a "
                f"pair without a work is called so from about {found.less_from:.1f} expected works "
                "on."
            )
        if found.largest_miss > CLOSE:
            yield (
                f"The model of chance at the {level} level misses a number of works by up to "
                f"{found.largest_miss:.1e} of it."
            )


def _pairs(number: int) -> str:
    return "1 pair" if number == 1 else f"{number:,} pairs" if number else "no pair"


def _are_expected(pairs: int) -> str:
    return f"{_pairs(pairs)} {'is' if pairs == 1 else 'are'} expected"


def community_notes(counts: CommunityCounts) -> Iterator[str]:
    """How far the communities agree between runs, and where their labels are from."""
    if not counts.communities:
        return
    yield (
        f"Communities of resampled works ({counts.samples} samples) agree with those of the report "
        f"at an adjusted Rand index of {counts.resampled_adjusted_rand:.2f} (normalised mutual "
        f"information {counts.resampled_mutual_information:.2f}); {counts.runs} runs of the "
        f"algorithm, of which the best is kept, agree with one another at "
        f"{counts.adjusted_rand:.2f} ({counts.mutual_information:.2f}). {_isolates(counts)}"
    )
    if counts.previous:
        yield f"Labels of communities are carried over from the run {counts.previous}."


def _isolates(counts: CommunityCounts) -> str:
    one = counts.isolates == 1
    noun, verb = ("institution", "is") if one else ("institutions", "are")
    return f"{counts.isolates:,} {noun} without a tie {verb} in none."


def _keyword_notes(found: Outcome) -> list[str]:
    """How the keywords of each sensitive family were read."""
    read = packaged_precision(found.verdicts.dropped())
    return precision_notes(read, sensitive_families())


def same_paper_notes(papers: SamePapers) -> Iterator[str]:
    """How many works are one paper under two ids, and what merging does to the headline numbers."""
    number = sum(papers.pairs.values())
    if not number:
        return
    rules = " and ".join(f"{count:,} by {RULE_WORDS[rule]}" for rule, count in papers.pairs.items())
    pairs = "pair of works is" if number == 1 else "pairs of works are"
    shares = [
        f"{joint:,} joint of {works:,} works ({joint / works:.2%})"
        for joint, works in (
            (papers.joint_works, papers.works),
            (papers.joint_left, papers.left),
        )
        if joint is not None and works
    ]
    done = (
        "They are merged: the numbers count each paper once"
        if papers.merged
        else "They are not merged (the query does not say deduplicate = true): the numbers count "
        "both works"
    )
    effect = f" With both works {shares[0]}, with each paper once {shares[1]}." if shares else ""
    yield f"{number:,} {pairs} one paper under two ids, {rules} (duplicates.csv). {done}.{effect}"


def _verdict_notes(found: Outcome) -> Iterator[str]:
    dropped = [": ".join(one) for one in found.verdicts.dropped()]
    if dropped:
        yield f"Keywords dropped by reviewers: {'; '.join(dropped)}."
    rejected = sum(n for said, n in found.flags.rejected.items() if said != "none")
    if rejected:
        yield f"Reviewers set aside the flags of {rejected:,} affiliations."


def _query_notes(query: Query) -> Iterator[str]:
    if query.level != OWN_LEVEL:
        yield (
            f"The query asks for a network of the level {query.level}: it is in "
            f"level_{query.level}_centrality.csv and _pairs.csv; the other exhibits "
            f"of the network are of the level {OWN_LEVEL}."
        )
    if query.harvest == "joint":
        yield ONE_SIDED_MISSING
    if len(query.sides) > 2:
        yield (
            f"Joint works are those of every one of the {len(query.sides)} sides; side_pairs.csv "
            "counts each pair of sides."
        )
    if query.top_cited:
        yield (
            f"The works are the most cited {query.top_cited:.3g} of each field and year of this "
            "corpus, with all works at the threshold."
        )


def _head_offices(rules: Mapping[str, int]) -> Iterator[str]:
    number, placed = rules.get(HEAD_OFFICE, 0), sum(rules.values()) - rules.get("none", 0)
    if number:
        yield (
            f"{number:,} of {placed:,} placed affiliations name a company and no place. They count "
            f"at its head office (rule {HEAD_OFFICE}), which is a convention: the lab may be "
            "elsewhere."
        )


def _snapshot(issues: Sequence[str]) -> Iterator[str]:
    for issue in issues[:SNAPSHOT_NOTES]:
        yield f"Snapshot: {issue}"
    more = len(issues) - SNAPSHOT_NOTES
    if more > 0:
        yield f"Snapshot: {more:,} more of the kind, all in manifest.json."


def _path_notes(floor: int) -> Iterator[str]:
    if floor > 1:
        yield f"Betweenness, closeness and harmonic are computed on ties of at least {floor} works."

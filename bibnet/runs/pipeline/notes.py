"""Sentences on what citations, expectations and communities of a run leave out, with numbers."""

from collections.abc import Iterator, Mapping
from typing import Any

from bibnet.metrics.citations.scores import (
    INTERNAL,
    NO_SCORE,
    TOO_YOUNG,
    UNDEFINED,
    UNKNOWN_CITATIONS,
    WORLD,
)
from bibnet.network.measures.work_sizes import CLOSE

REASONS: Mapping[str, str] = {
    UNKNOWN_CITATIONS: "have no known citations",
    TOO_YOUNG: "are younger than two years (or than the citation window)",
    UNDEFINED: "stand in a field, year and type without a citation, where the score is undefined",
    NO_SCORE: "have no score of the source",
}

NAMED: Mapping[str, str] = {
    INTERNAL: "the works of this run themselves",
    WORLD: "the source's own scores (whole world)",
}


def citation_notes(facts: Mapping[str, Any]) -> Iterator[str]:
    """Which reference set the normalised citations have, and which works are in none of them."""
    used = sorted({name for name in facts["references"].values() if name})
    for reference in used:
        states = facts["states"][reference]
        works = sum(states.values())
        parts = [
            f"{states[state]:,} {words}" for state, words in REASONS.items() if state in states
        ]
        yield (
            f"Normalised citations: the reference set {reference} is {NAMED[reference]}. "
            f"Of {works:,} works, {'; '.join(parts) if parts else 'all are judged'}."
        )
    if INTERNAL in used and facts["works_in_small_cells"]:
        yield (
            f"{facts['works_in_small_cells']:,} of {facts['works_in_cells']:,} works with known "
            "citations stand in a field, year and type with fewer than "
            f"{facts['small_cell']} works: there a work is mostly compared with itself, and scores "
            "lean towards 1."
        )
    if facts["last_year"] is None:
        yield "The source has no date: no work is left out of citation scores as too young."
    if facts["window"]:
        yield f"Citations are those of the first {facts['window']} calendar years of a work."


def expectation_notes(facts: Mapping[str, Any]) -> Iterator[str]:
    """Which pairs were compared with chance, and with what floor."""
    for level, found in facts.items():
        yield (
            f"Ties against chance, {level} level: {found['pairs']:,} pairs of the "
            f"{found['units']:,} units with at least {found['least_works']} works are tested; "
            f"{found['shown']:,} with {found['floor_works']} works or more, observed or expected, "
            "are shown; a tie is more "
            f"or less frequent at a false discovery rate of {found['false_discovery']:.0%}."
        )
        if found["largest_miss"] > CLOSE:
            yield (
                f"The model of chance at the {level} level misses a number of works by up to "
                f"{found['largest_miss']:.1e} of it."
            )


def community_notes(facts: Mapping[str, Any]) -> Iterator[str]:
    """How far the communities agree between runs, and where their labels are from."""
    if not facts["communities"]:
        return
    yield (
        f"Communities: the best of {facts['runs']} runs; adjusted Rand "
        f"{facts['adjusted_rand']:.2f} and normalised mutual information "
        f"{facts['mutual_information']:.2f} between runs. {facts['isolates']:,} institutions "
        "without a tie are in none."
    )
    if facts["previous"]:
        yield f"Labels of communities are carried over from the run {facts['previous']}."

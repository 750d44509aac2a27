"""What a reader must know before the first number: said at the end of a run and atop its report."""

from collections.abc import Iterator, Sequence

from bibnet.query.model import FIRST_YEAR
from bibnet.runs.pipeline.events import mixed_input
from bibnet.runs.pipeline.outcome import Outcome
from bibnet.runs.pipeline.request import Request
from bibnet.tables.corpus import IMPLAUSIBLE_YEAR, last_plausible_year
from bibnet.tables.decode.identify import BLANK_LINE
from bibnet.tables.formats.not_read import advice
from bibnet.tables.reading import Reading
from bibnet.tables.stage import Corpus

# Files that are named one by one, fields and reasons too; the manifest has them all.
NAMED = 10
# Of the lines that are not blank. A sound download has none; one in a hundred is a broken one.
SET_ASIDE_SHARE = 0.01
# Of the works. A field that most works have is part of the format, and somebody meant it.
MOST_WORKS = 0.5


def warnings(request: Request, found: Outcome) -> list[str]:
    """Every warning of a run, in sentences; empty for a run without any."""
    days = request.harvest.get("days") or found.reading.works_by_date
    return [
        *request.losses,
        *mixed_input(days),
        *_listed("An input file is damaged or has changed: {}.", found.reading.damaged_files),
        *_set_aside(found.reading),
        *_listed("Not read, because it is no plain file: {}.", found.reading.odd_files),
        *_without_authors(found.corpus),
        *_unread_fields(found.reading),
        *_implausible_years(found),
    ]


def _listed(sentence: str, names: Sequence[str]) -> Iterator[str]:
    for name in names[:NAMED]:
        yield sentence.format(name)
    more = len(names) - NAMED
    if more > 0:
        yield sentence.format(f"{more:,} more; manifest.json has them all")


def _set_aside(reading: Reading) -> Iterator[str]:
    """Lines that hold no work, where they are more than a few; blank lines do not count."""
    reasons = {name: n for name, n in reading.reasons.items() if name != BLANK_LINE.reason}
    aside, lines = sum(reasons.values()), reading.lines - reading.reasons.get(BLANK_LINE.reason, 0)
    if lines and aside > SET_ASIDE_SHARE * lines:
        ordered = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))[:NAMED]
        shown = ", ".join(f"{reason} {number:,}" for reason, number in ordered)
        hints = "".join(f" {hint[0].upper()}{hint[1:]}." for hint in advice(reasons))
        yield (
            f"{aside:,} of {lines:,} lines ({aside / lines:.1%}) hold no work that can be read and "
            f"are in no number: {shown}. The first file with such lines is "
            f"{reading.first_set_aside}; quarantine.jsonl shows them.{hints}"
        )


def _without_authors(corpus: Corpus) -> Iterator[str]:
    alone = corpus.works_without_authors
    if alone > MOST_WORKS * corpus.works_kept:
        all_of = "No work has" if alone == corpus.works_kept else f"{alone:,} works do not have"
        yield (
            f"{all_of} an author or an affiliation ({corpus.works_kept:,} works kept): nothing can "
            "be said of countries, institutions or ties. Was another format meant, or were the "
            "authors left out of the download?"
        )


def _unread_fields(reading: Reading) -> Iterator[str]:
    fields = [
        f"{name} ({number:,})"
        for name, number in reading.unknown_fields.items()
        if number > MOST_WORKS * reading.works and "[]" not in name
    ]
    if fields:
        shown = ", ".join(fields[:NAMED] + ["..."] * (len(fields) > NAMED))
        yield (
            f"Most of the {reading.works:,} works have fields that bibnet does not know and does "
            f"not read: {shown}. If they hold authors, affiliations or funders, these are missing."
        )


def _implausible_years(found: Outcome) -> Iterator[str]:
    number = found.corpus.excluded.get(IMPLAUSIBLE_YEAR, 0)
    if number:
        last = last_plausible_year(found.source)
        yield (
            f"{number:,} works are left out by the rule {IMPLAUSIBLE_YEAR}: their year is before "
            f"{FIRST_YEAR} or after {last}."
        )

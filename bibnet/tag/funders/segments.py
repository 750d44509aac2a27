"""Parts of a funder string: chunks, segments, what stands in brackets, award numbers."""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bibnet.tag.funders.grants import plain_number
from bibnet.tag.funders.known import is_acronym

# Characters of a string that are read; the longest real fields have a few thousand.
LONGEST_TEXT = 20_000
TAG = re.compile(r"<[^<>]{0,200}>")
CHUNK_BREAK = re.compile(r"[;；|\n]")
SEGMENT_BREAK = re.compile(
    r"[,，、]|\s[-–—]\s|(?<=\w{4})/(?=\w{4})|\s(?:under|within)\s(?:the\s)?", re.IGNORECASE
)
LABELS = re.compile(
    r"\b(?:under|with|through|via|by|and|the|grants?|awards?|projects?|contracts?|agreements?|"
    r"numbers?|nos?|nr|id|ids|code|ref|reference|fund|project)\b[\s.:#°]*$",
    re.IGNORECASE,
)
AWARD_WORDS = re.compile(
    r"\b(?:under\s+)?(?:grants?|awards?|contracts?|projects?|agreements?)\b"
    r"(?:\s+(?:agreements?|numbers?|nos?\.?|nr\.?|ids?|code|ref)){0,4}[\s.:#°]*+(?=\S{0,80}\d)|"
    r"\b(?:nos?|nr)\.[\s:#]*+(?=\S{0,80}\d)|#(?=\d)",
    re.IGNORECASE,
)
TOKEN = re.compile(r"[A-Za-z0-9Ⅰ-ↈ]+(?:[-/._:][A-Za-z0-9]+)*")
# A number of five digits, or of four with something else beside them: years are none.
NUMBER_DIGITS, MIXED_DIGITS, MIXED_LENGTH = 5, 4, 7
ARTICLE = re.compile(r"^(?:(?:and|&)\s+)?(?:the\s+)?", re.IGNORECASE)
ENDS = " \t.,:;-–—&/\"'“”‘’"


@dataclass(frozen=True)
class Segment:
    """A part between commas: its text without brackets and numbers, what stood in brackets.

    `labelled` is the text with the words before its numbers, of which one may be the name's last
    ("X Fund 61234").
    """

    text: str
    brackets: tuple[str, ...]
    numbers: tuple[str, ...]
    labelled: str = ""


def plain_text(text: str) -> str:
    """The text without entities, tags, odd forms of letters and doubled blanks; lines stay."""
    once = html.unescape(html.unescape(text[:LONGEST_TEXT]))
    plain = unicodedata.normalize("NFKC", TAG.sub(" ", once))
    return re.sub(r"[^\S\n]+", " ", plain).strip(ENDS + "\n")


def outside_brackets(text: str, separator: re.Pattern[str]) -> list[str]:
    """The parts of a text between separators that stand in no bracket, none empty."""
    parts, depth, begin = [], 0, 0
    breaks = {match.start(): match.end() for match in separator.finditer(text)}
    for at, char in enumerate(text):
        depth += char in "(["
        depth -= char in ")]" and depth > 0
        if depth == 0 and at in breaks:
            parts.append(text[begin:at])
            begin = breaks[at]
    parts.append(text[begin:])
    return [part.strip(ENDS) for part in parts if part.strip(ENDS)]


def read_segment(part: str) -> Segment:
    """A part between commas taken apart."""
    outside, inside = _unbracketed(part)
    numbers = [*_award_numbers(outside), *(n for text in inside for n in _award_numbers(text))]
    brackets = [_without_numbers(text) for text in inside]
    names = [one for text in brackets for one in (text, *outside_brackets(text, SEGMENT_BREAK))]
    text, labelled = _without_numbers(outside), _without_award_numbers(outside)
    held = tuple(filter(None, names)), tuple(numbers)
    return Segment(ARTICLE.sub("", text), *held, ARTICLE.sub("", labelled))


def _unbracketed(part: str) -> tuple[str, list[str]]:
    """The text outside all brackets, and the text inside each, the innermost too."""
    outside, inside, open_at = [], [], list[int]()
    for at, char in enumerate(part):
        if char in "([":
            open_at.append(at + 1)
        elif char in ")]" and open_at:
            inside.append(re.sub(r"[()\[\]]", " ", part[open_at.pop() : at]))
        elif not open_at:
            outside.append(char)
    inside += [part[at:] for at in open_at]  # a bracket that is never closed
    return "".join(outside), inside


def _award_numbers(text: str) -> list[str]:
    return [match.group() for match in TOKEN.finditer(text) if _is_number(match.group())]


def _is_number(token: str) -> bool:
    digits = sum(char.isdigit() for char in token)
    return digits >= NUMBER_DIGITS or (digits >= MIXED_DIGITS and len(token) >= MIXED_LENGTH)


def _without_award_numbers(text: str) -> str:
    plain = AWARD_WORDS.sub(" ", text)
    plain = TOKEN.sub(lambda match: "" if _is_number(match.group()) else match.group(), plain)
    return re.sub(r"\s+", " ", plain).strip(ENDS)


def _without_numbers(text: str) -> str:
    plain = _without_award_numbers(text)
    if plain == re.sub(r"\s+", " ", text).strip(ENDS):
        return plain
    while (shorter := LABELS.sub("", plain).strip(ENDS)) != plain:
        plain = shorter
    return plain


def joined(segments: Sequence[Segment]) -> str:
    """The texts of segments as one name, commas between them."""
    return ", ".join(segment.text for segment in segments if segment.text)


def numbers_of(segments: Sequence[Segment]) -> tuple[str, ...]:
    """The award numbers of segments, in order."""
    return tuple(number for segment in segments for number in segment.numbers)


def distinct_numbers(numbers: Iterable[str]) -> list[str]:
    """Numbers of awards, each once whatever its spelling, sorted; the smallest spelling stays."""
    found: dict[str, str] = {}
    for number in sorted(numbers):
        found.setdefault(plain_number(number), number)
    return sorted(number for key, number in found.items() if key)


def bare(text: str) -> Iterator[str]:
    """A name of three words and more without the acronym at either end."""
    words = text.split()
    for left, rest in ((words[-1], words[:-1]), (words[0], words[1:])) if len(words) > 2 else ():
        acronym = left.strip(ENDS)
        if is_acronym(acronym) and acronym.upper() == acronym:
            yield " ".join(rest)

"""How texts and numbers are written: hostile text made harmless, counts, shares, lists."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

import pandas as pd

# Characters that reorder or hide text, or that no XML file may hold.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
SURROGATE = re.compile("[\ud800-\udfff]")
# Tags that publishers set titles with, and nothing else: what is no such tag is part of the title.
TYPE = re.compile(r"</?(?:i|b|u|em|strong|italic|bold|sub|sup|scp|sc|tt)>", re.IGNORECASE)
SPACE = re.compile("[\\s\u2028\u2029\x85]+")
HYPHEN_MINUS = re.compile(r"(?<![\w.])-(?=[\d.])")
LONGEST_TEXT = 300  # characters shown in the page: no honest name is longer
NOTHING = "–"
SMALLEST_SHARE = 0.0005  # what is printed as 0.1%
THOUSAND = 1_000
COUNT_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def clean(value: object, limit: int = LONGEST_TEXT) -> str:
    """Return text without control, bidirectional and zero-width characters, in one line.

    Markup stays as it is: whoever prints the text escapes it. An undefined value is empty text;
    what is longer than `limit` ends in an ellipsis.
    """
    if is_undefined(value):
        return ""
    if isinstance(value, str) and len(value) <= limit and value.isprintable() and "  " not in value:
        return value.strip()  # the common case: nothing to mend
    text = SURROGATE.sub("\ufffd", str(value)[: limit * 4 + 100])
    text = SPACE.sub(" ", INVISIBLE.sub("", text)).strip()
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def title_text(title: object, limit: int = LONGEST_TEXT) -> str:
    """A title to read: clean text without the tags for italics, capitals, raised and lowered signs.

    Whatever else looks like markup stays as it is; files keep the title as the source has it.
    """
    return clean(TYPE.sub("", title) if isinstance(title, str) else title, limit)


def is_undefined(value: object) -> bool:
    """Tell whether a cell is undefined: None, NaN, NaT or NA."""
    if value is None or value is pd.NA or value is pd.NaT:
        return True
    return isinstance(value, float) and math.isnan(value)


def count(value: object) -> str:
    """Write a whole number with thousands separators; undefined is a dash."""
    return NOTHING if is_undefined(value) else f"{int(float(str(value))):,}"


def share(value: object) -> str:
    """Write a fraction as a percentage with one decimal; undefined is a dash."""
    if is_undefined(value):
        return NOTHING
    fraction = float(str(value))
    if 0 < fraction < SMALLEST_SHARE:
        return "<0.1%"
    if 1 - SMALLEST_SHARE < fraction < 1:
        return ">99.9%"
    return f"{100 * fraction:.1f}%"


def bounds(low: object, high: object) -> str:
    """Write the two ends of a share; one percentage where both are printed alike."""
    first, last = share(low), share(high)
    return first if first == last else f"{first} to {last}"


def decimal(value: object) -> str:
    """Write a number that is no whole count: two decimals, or three digits if it is small.

    From a thousand on it has none: they say nothing any more.
    """
    if is_undefined(value):
        return NOTHING
    number = float(str(value))
    if abs(number) >= THOUSAND:
        return f"{number:,.0f}"
    if number == 0 or abs(number) >= 1:
        return f"{number:,.2f}"
    return f"{Decimal(f'{number:.2e}'):f}"  # never 8.73e-05


def minus(text: str) -> str:
    """The text with a minus sign before its negative numbers, as a sentence is printed."""
    return HYPHEN_MINUS.sub("−", text)


def counted(number: object, noun: str, plural: str = "") -> str:
    """Write a count with its noun: 1 work, 12,345 works."""
    shown = count(number)
    return f"{shown} {noun if shown == '1' else plural or noun + 's'}"


def of_them(some: object, number: object, what: str) -> str:
    """Write a part of a number that stands before it: 3 of them joint, none of them joint."""
    if number == 1:
        return what if some else f"not {what}"
    return f"{count(some) if some else 'none'} of them {what}"


def listing(parts: Sequence[str]) -> str:
    """Join parts as a sentence does: a, b and c."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def sentence_case(text: str) -> str:
    """Return text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def side_name(side: str) -> str:
    """Write the key of a side as a name: short keys are abbreviations, _ is a space."""
    name = clean(side).replace("_", " ")
    return name.upper() if len(name) <= 3 else sentence_case(name)


def group_name(group: object) -> str:
    """Write a group of the citation table: joint works, or works of one side only."""
    text = clean(group)
    if text.endswith(" only"):
        return f"{side_name(text.removesuffix(' only'))} only"
    return f"{text} works" if text == "joint" else text


def country_name(code: object, names: Mapping[str, str]) -> str:
    """Return the name of a country code, or the code where no name is known."""
    text = clean(code)
    return clean(names.get(text, text))


def by_name(codes: Iterable[str], names: Mapping[str, str]) -> list[str]:
    """Country codes in the order of the names that a reader sees."""
    return sorted(codes, key=lambda code: (country_name(code, names), code))


def placed_name(name: object, country: str) -> str:
    """Write a name with its country behind it; companies often bear it in the name already."""
    shown = clean(name)
    if not country or shown.endswith(f"({country})"):
        return shown
    return f"{shown} ({country})" if shown else country


def year_span(years: Sequence[int]) -> str:
    """Write first and last year, or the only one; no year is empty text."""
    if not years:
        return ""
    first, last = min(years), max(years)
    return str(first) if first == last else f"{first}–{last}"

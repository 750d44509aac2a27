"""Companies that an affiliation string names: by legal form, or by the name of a corporate lab.

"Acme Robotics Co., Ltd., Shenzhen" names Acme Robotics by its form; "Noah's Ark Lab" a lab of
the reference list. Nothing is a company by resemblance, and a segment with a word of another
kind of institution (university, hospital, foundation) is none whatever its form. A public
research body of the list is none either, and of "Institute of X and Acme Ltd" Acme alone is one.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence

from bibnet.tag.companies.company_lists import (
    BREAK,
    CORPORATE_LAB,
    SIGN,
    WORD,
    Company,
    CompanyLists,
)
from bibnet.tag.name import folded

# No name of a company is longer; what is longer is a sentence or an address without commas.
LONGEST_NAME = 90
# Affiliation strings of papers are shorter; the rest of a longer text is no affiliation.
LONGEST_TEXT = 2_000
# "1 Foo Inc", "* Foo Inc", "the Foo Inc": what is no part of the name. A number that runs into
# letters is one ("54th Institute").
LEADING = re.compile(r"^(?:[^\w(]++|\d{1,2}(?=[\s.)A-Z])|(?i:and|the|is|are|now)\s+)++(?=\S)")
# "A. Author is with Foo Inc": the name begins after the last of these.
INTRODUCED = re.compile(r"^.*\b(?:with|from|at)\s+(?:the\s+)?(?=\S)")
# "Foo, a Bar Company": Bar owns Foo, and neither is "a Bar Company".
OWNED = re.compile(r"(?:^|\s)an?\s.*$")
JOINED = re.compile(r"\s(?:and|&|und|et|with|/)\s+(?=[A-Z])")
# "Institute of Molecular and Cellular Biology": behind an adjective "and" goes on with the name.
ADJECTIVE = re.compile(r"(?:al|ic|ar|ive|ous|ary)$")
# A lab's name of so few letters is a word of other names when its form or its signs are cut off.
SHORT_LAB = 4
NAME_TAIL = " \t.,-–—&("


def named_companies(text: str, lists: CompanyLists, places: Collection[str]) -> list[Company]:
    """Return the companies that a string names, labs first, each once, in order.

    `places` are folded names of places, which a form of two letters may follow as a state or
    canton ("Edmonton AB"). An empty text names none.
    """
    text = unicodedata.normalize("NFKC", text[:LONGEST_TEXT])
    words = frozenset(WORD.findall(text.lower()))
    labs = _labs(text, lists) if words & lists.lab_words or SIGN.search(text) else []
    taken = {segment for _, segment in labs}
    found = [company for company, _ in labs]
    formed = _by_form(text, lists, places) if words & lists.form_words else []
    for company, segment in (*formed, *_by_sign(text, lists)):
        if not any(segment in lab or lab in segment for lab in taken):
            found.append(company)
    return list({(one.key, one.ror): one for one in reversed(found)}.values())[::-1]


def _labs(text: str, lists: CompanyLists) -> list[tuple[Company, str]]:
    found = []
    for segment in re.split(f"[{BREAK}]", text):
        plain = folded(segment)
        match = lists.lab_pattern.search(plain)
        row = lists.lab_names[match["word"]] if match else None
        if match is None or row is None or lists.never.search(plain):
            continue
        if _is_printed(row["name"], segment) and not _is_shared(segment, match["word"]):
            named = (row["company"], CORPORATE_LAB, segment.strip(), row["ror"], row["country"])
            found.append((Company(*named), segment.strip()))
    return found


def _is_printed(name: str, segment: str) -> bool:
    """Whether a short name stands in a segment with the end that folding cuts off ("Foo++")."""
    is_short = len(folded(name)) <= SHORT_LAB
    return not is_short or name.isalnum() or name.lower() in segment.lower()


def _is_shared(segment: str, name: str) -> bool:
    """Whether a hyphen ties another name before this one: "PKU-Foo Lab" is of both."""
    first = re.escape(name.split(maxsplit=1)[0])
    return re.search(rf"\w\s?[-–—]\s?{first}", segment, re.IGNORECASE) is not None


def _by_form(text: str, lists: CompanyLists, places: Collection[str]) -> list[tuple[Company, str]]:
    found = []
    for rule, pattern in lists.patterns:
        for match in pattern.finditer(text):
            name = _name_before(text[: match.start("form")], rule)
            name = _behind_body(name, lists, places)
            printed = f"{name} {text[match.start('form') : match.end()]}"
            if not lists.is_no_company(name, printed) and _is_name(name, rule, lists, places):
                found.append((lists.company(printed), name))
    # A longer form ("Co., Ltd.") has been read first; what it holds is not read again.
    return [one for at, one in enumerate(found) if not _repeats(one, found[:at])]


def _repeats(one: tuple[Company, str], earlier: Sequence[tuple[Company, str]]) -> bool:
    return any(one[1].startswith(name) or name.endswith(one[1]) for _, name in earlier)


def _name_before(text: str, rule: str) -> str:
    """The segment that ends where a form begins; a comma before the form is of the form."""
    body = text.rstrip() if rule == "same" else text.rstrip(" \t.,")
    name = re.split(f"[{BREAK}]", body)[-1]
    if name.count(")") > name.count("("):
        name = name.rpartition(")")[2] or name
    if name.count("(") > name.count(")"):
        name = name.rpartition("(")[2]
    name = LEADING.sub("", INTRODUCED.sub("", name.strip()))
    name = OWNED.sub("", name) if rule == "capital" else name
    return " ".join(name.rstrip(NAME_TAIL).split())


def _behind_body(name: str, lists: CompanyLists, places: Collection[str]) -> str:
    """What follows the "and" that parts a body that is no company, or a place, from a company."""
    for match in reversed(list(JOINED.finditer(name))):
        before, after = name[: match.start()], name[match.end() :]
        pair = folded(f"{before.split()[-1]} and {after.split()[0]}")
        is_two = len(after.split()) > 1 and pair not in lists.one_name
        if is_two and (folded(before) in places or _is_whole_body(folded(before), lists)):
            return after
    return name


def _is_whole_body(plain: str, lists: CompanyLists) -> bool:
    last = plain.rsplit(maxsplit=1)[-1] if plain else ""
    ends = lists.body.fullmatch(last) or not ADJECTIVE.search(last)
    return bool(lists.body.search(plain) and ends)


def _is_name(name: str, rule: str, lists: CompanyLists, places: Collection[str]) -> bool:
    plain = folded(name)
    if not 2 <= len(name) <= LONGEST_NAME or not any(char.isalpha() for char in plain):
        return False
    if rule != "same":
        return True
    place = plain in places or any(char.isdigit() for char in name.split(maxsplit=1)[0])
    return name[0].isupper() and not place and not lists.never_same.search(plain)


def _by_sign(text: str, lists: CompanyLists) -> list[tuple[Company, str]]:
    if not SIGN.search(text):
        return []
    found = []
    for match in lists.signs.finditer(text):
        before, form, after = match.group("before", "form", "after")
        name = f"{before}{form}" if before else f"{form}{after.strip()}"
        if name != form and not lists.is_no_company(name, name):
            found.append((lists.company(name), name))
    return found

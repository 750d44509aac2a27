"""Companies that an affiliation string names: by legal form, or by the name of a corporate lab.

"Acme Robotics Co., Ltd., Shenzhen" names Acme Robotics by its form; "Noah's Ark Lab" a lab of
the reference list. Nothing is a company by resemblance, and a segment with a word of another
kind of institution (university, hospital, foundation) is none whatever its form.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bibnet.tag.name import folded, is_han

LEGAL_FORM, CORPORATE_LAB = "legal_form", "corporate_lab"
# No name of a company is longer; what is longer is a sentence or an address without commas.
LONGEST_NAME = 90
# Affiliation strings of papers are shorter; the rest of a longer text is no affiliation.
LONGEST_TEXT = 2_000
BREAK = r",;|\n，；、"
SIGN = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u4e00-\u9fff\uac00-\ud7af㈜]")
# "1 Foo Inc", "* Foo Inc", "the Foo Inc": what is no part of the name. A number that runs into
# letters is one ("54th Institute").
LEADING = re.compile(r"^(?:[^\w(]+|\d{1,2}(?=[\s.)A-Z])|(?i:and|the|is|are|now)\s+)+(?=\S)")
# "A. Author is with Foo Inc": the name begins after the last of these.
INTRODUCED = re.compile(r"^.*\b(?:with|from|at)\s+(?:the\s+)?(?=\S)")
# "Foo, a Bar Company": Bar owns Foo, and neither is "a Bar Company".
OWNED = re.compile(r"(?:^|\s)an?\s.*$")
WORD = re.compile(r"[^\W_]+")
NAME_TAIL = " \t.,-–—&("


@dataclass(frozen=True)
class Company:
    """A company that a string names. `matched_text` is what named it; `ror` may be empty.

    `name` is the printed name with its form, or the company of the lab; `country` is that of
    the list for a lab and empty for a legal form.
    """

    name: str
    rule: str
    matched_text: str
    ror: str = ""
    country: str = ""

    @property
    def key(self) -> str:
        """The name in one spelling: case, accents, marks and legal form do not part names."""
        return company_key(self.name)


@dataclass(frozen=True)
class CompanyLists:
    """The reference lists that recognise companies: rows of legal_forms and corporate_labs."""

    forms: Sequence[Mapping[str, str]]
    labs: Sequence[Mapping[str, str]]

    def of_rule(self, *rules: str) -> list[str]:
        """Forms of the rules, the longest first."""
        found = [row["form"] for row in self.forms if row["rule"] in rules]
        return sorted(found, key=lambda form: (-len(form), form))

    @cached_property
    def patterns(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """Rule and pattern of each kind of form; the group `form` is the legal form."""
        ends = "|".join(_spelled(form) for form in self.of_rule("ends"))
        capital = "|".join(map(re.escape, self.of_rule("capital")))
        same = "|".join(map(re.escape, self.of_rule("same")))
        closed = rf"(?=\s*(?:[{BREAK})\]]|$))"
        return (
            ("ends", re.compile(rf"(?<![^\W_])(?P<form>(?:{ends}))(?![^\W_])\.?", re.IGNORECASE)),
            ("capital", re.compile(rf"(?<=[ ,])(?P<form>(?:{capital}))\.?{closed}")),
            ("same", re.compile(rf"(?<=[ ])(?P<form>(?:{same}))\.?{closed}")),
        )

    @cached_property
    def form_words(self) -> frozenset[str]:
        """Last words of the forms in Latin letters: without one a text has no such form."""
        forms = self.of_rule("ends", "capital", "same")
        return frozenset(WORD.findall(form.lower())[-1] for form in forms)

    @cached_property
    def lab_words(self) -> frozenset[str]:
        """First words of the labs' names, as a text has them."""
        return frozenset(WORD.findall(row["name"].lower())[0] for row in self.labs)

    @cached_property
    def signs(self) -> re.Pattern[str]:
        """Pattern of a name with a form in Chinese, Japanese or Korean signs."""
        forms = "|".join(map(re.escape, self.of_rule("sign")))
        return re.compile(
            rf"(?P<before>[^\s{BREAK}]*?)(?P<form>{forms})(?P<after>\s?[^\s{BREAK}]*)"
        )

    @cached_property
    def never(self) -> re.Pattern[str]:
        """Pattern, on folded text, of words that rule a company out."""
        return _words(self.of_rule("never"))

    @cached_property
    def never_same(self) -> re.Pattern[str]:
        """Pattern, on folded text, of words that rule out forms of the rule `same`."""
        return _words(self.of_rule("never_same"))

    @cached_property
    def by_key(self) -> Mapping[str, Mapping[str, str]]:
        """Key of a company's name -> a row of a lab of it."""
        return {company_key(row["company"]): row for row in self.labs}

    def company(self, printed: str) -> Company:
        """The company of a name with a legal form: the one of the list, else as printed."""
        row = self.by_key.get(company_key(printed))
        if row is None:
            return Company(printed, LEGAL_FORM, printed)
        return Company(row["company"], LEGAL_FORM, printed, row["ror"], row["country"])

    @cached_property
    def lab_names(self) -> Mapping[str, Mapping[str, str]]:
        """Folded name of a lab -> its row."""
        return {folded(row["name"]): row for row in self.labs}

    @cached_property
    def lab_pattern(self) -> re.Pattern[str]:
        """Pattern, on folded text, of every lab name; the longest wins."""
        return _words(sorted(self.lab_names, key=lambda name: (-len(name), name)))


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


def company_key(name: str) -> str:
    """Key under which printed names of companies are one: folded, without form and blanks."""
    return folded(unicodedata.normalize("NFKC", name)).replace(" ", "")


def _labs(text: str, lists: CompanyLists) -> list[tuple[Company, str]]:
    found = []
    for segment in re.split(f"[{BREAK}]", text):
        plain = folded(segment)
        match = lists.lab_pattern.search(plain)
        if match and not lists.never.search(plain) and not _is_shared(segment, match["word"]):
            row = lists.lab_names[match.group("word")]
            named = (row["company"], CORPORATE_LAB, segment.strip(), row["ror"], row["country"])
            found.append((Company(*named), segment.strip()))
    return found


def _is_shared(segment: str, name: str) -> bool:
    """Whether a hyphen ties another name before this one: "PKU-Foo Lab" is of both."""
    first = re.escape(name.split(maxsplit=1)[0])
    return re.search(rf"\w\s?[-–—]\s?{first}", segment, re.IGNORECASE) is not None


def _by_form(text: str, lists: CompanyLists, places: Collection[str]) -> list[tuple[Company, str]]:
    found = []
    for rule, pattern in lists.patterns:
        for match in pattern.finditer(text):
            name = _name_before(text[: match.start("form")], rule)
            printed = f"{name} {text[match.start('form') : match.end()]}"
            if not lists.never.search(folded(printed)) and _is_name(name, rule, lists, places):
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
        if name != form and not lists.never.search(folded(name)):
            found.append((lists.company(name), name))
    return found


def _spelled(form: str) -> str:
    """Pattern of a form: letters keep their dots, between words dots and commas come and go."""
    words = [re.escape(word) for word in re.split(r"[\s.]+", form) if word]
    if all(len(word) == 1 for word in words):
        return r"\.\s?".join(words)
    return r"[\s.,]+".join(words)


def _words(names: Iterable[str]) -> re.Pattern[str]:
    """Pattern of any of the names as whole words; names in signs anywhere."""
    shown = [
        re.escape(name) if is_han(name) or SIGN.search(name) else rf"(?<!\w){re.escape(name)}(?!\w)"
        for name in names
    ]
    return re.compile("(?P<word>" + "|".join(shown) + ")") if shown else re.compile("(?!)")

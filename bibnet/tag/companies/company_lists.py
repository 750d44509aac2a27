"""The lists that recognise companies in affiliation strings, as patterns."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bibnet.tag.name import folded, is_han

LEGAL_FORM, CORPORATE_LAB = "legal_form", "corporate_lab"
BREAK = r",;|\n，；、"
SIGN = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u4e00-\u9fff\uac00-\ud7af㈜]")
WORD = re.compile(r"[^\W_]+")
# Shorter names of public bodies are words of others' names too: they count as whole names only.
WORDS_OF_LONG_NAME = 3


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
    """The reference lists that recognise companies, and those that rule them out.

    Rows of legal_forms, corporate_labs and public_research_bodies.
    """

    forms: Sequence[Mapping[str, str]]
    labs: Sequence[Mapping[str, str]]
    public: Sequence[Mapping[str, str]] = ()

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
    def body(self) -> re.Pattern[str]:
        """Pattern, on folded text, of words that name a body that is no company."""
        return _words(self.of_rule("body"))

    @cached_property
    def one_name(self) -> frozenset[str]:
        """Pairs of words that "and" joins inside one name, folded."""
        return frozenset(map(folded, self.of_rule("one_name")))

    @cached_property
    def public_names(self) -> frozenset[str]:
        """Folded names of public research bodies in company form."""
        return frozenset(folded(row["name"]) for row in self.public)

    @cached_property
    def public_pattern(self) -> re.Pattern[str]:
        """Pattern, on folded text, of those of their names that are long enough to be theirs."""
        return _words(n for n in self.public_names if len(n.split()) >= WORDS_OF_LONG_NAME)

    def is_no_company(self, name: str, printed: str) -> bool:
        """Whether a name with a legal form (`printed`) is a body of another kind."""
        plain = folded(printed)
        public = folded(name) in self.public_names or self.public_pattern.search(plain)
        return bool(self.never.search(plain) or public)

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


def company_key(name: str) -> str:
    """Key under which printed names of companies are one: folded, without form and blanks."""
    return folded(unicodedata.normalize("NFKC", name)).replace(" ", "")


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

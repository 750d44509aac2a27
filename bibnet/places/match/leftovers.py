"""Words left over beside a name: which of them say that another body is meant.

A name is all of its words. A body is not meant where the words beside its name make another name
of it:
- a qualifier right before it ("National | Tsing Hua University") or amid its words, the adjective
  of another country ("Australian | Institute for Machine Learning" in Switzerland) or its name at
  the head of the part ("Korea | Institutes of Health" in the United States), or a person's
  name before one that is but a place and nouns ("Bauman | Moscow State Technical University");
- a legal form right behind an acronym of what is no company ("HNC, | Inc.");
- a connector and a subject right behind its noun ("Nanjing University | of Finance");
- a subject right behind its noun and no unit it could belong to ("Nanjing Univ | Sci Technol"),
  unless nothing but what its people do stands there ("Nanjing University | Research") or what
  their department is called after ("Duke University | Computer Science");
- in Chinese script, a qualifier before it that no name of its own holds ("国立 | 清华大学") or
  another city, and whatever makes a longer name of it that the registry has;
- a noun of enterprises behind other words ("Peking University | Founder Group");
- its first noun where that ends the whole name of another body ("X | University-New Y");
- words before a bracket whose first letters an acronym in it spells and no name of its own holds.
A society is no employer beside words of membership or of a journal ("Senior Member, IEEE").
A name without its noun ("Harvard", "Oxford") is meant only beside units and places. Words that any
name of the body holds are its own; words of cities, provinces and countries are none of a name.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.places.address.stems import stems
from bibnet.places.address.vocabulary import CLINICS, LEGAL_FORMS, UNIT_NOUNS
from bibnet.places.match.behind_names import ends_sentence, is_joined, names_department
from bibnet.places.match.housed_names import housed
from bibnet.places.match.inner_nouns import has_another_noun
from bibnet.places.match.inner_words import (
    Words,
    among,
    is_parted,
    points_elsewhere,
    running,
)
from bibnet.places.match.lent_nouns import HEADS, holds, lent_nouns
from bibnet.places.match.own_words import (
    abbreviates_another,
    in_other_script,
    is_behind_another_country,
    is_of_another_nation,
    is_own,
)
from bibnet.places.match.renamed import SUBJECT_NAMES, renamed
from bibnet.places.match.sign_runs import in_longer_run, is_listed_abroad
from bibnet.places.match.streets import in_street
from bibnet.places.reading.batch import (
    CLINIC,
    CONJUNCTION,
    JOINT,
    LEADING,
    NO_JOINT,
    UNIT,
    UNKNOWN,
    WORD,
    StringBatch,
    part_bounds,
)
from bibnet.places.reading.phrases import find_countries, find_places
from bibnet.places.registry.index import TYPES, RegistryIndex
from bibnet.places.registry.names import NameKind

Array = npt.NDArray[Any]
Table = dict[str, Array]
# Roles of words, and of the first and second sign of a qualifier in Chinese script.
QUALIFIER, ENTERPRISE, MEMBERSHIP, PUBLICATION = range(1, 5)
GRADE, ACTIVITY, INCORPORATED, SIGN_BEFORE, SIGN_BEHIND = range(5, 10)
ENTERPRISES = (ENTERPRISE, INCORPORATED)
FOOTNOTES = frozenset("*†‡§¶")
FULL_STOP = 2  # signs between two words of a part that nothing but a stop parts
TITLES = (MEMBERSHIP, GRADE)
UNIT_STEMS = tuple(sorted({stem for word in UNIT_NOUNS | CLINICS for stem in stems(word)}))
EMPLOYING = [TYPES.index(t) for t in ("education", "company", "healthcare", "facility")]
# Stems of the nouns that a school's name holds.
SCHOOL_NOUNS = ("univ", "coll", "acad", "inst", "sch", "polytech", "tech", "hochschule", "ecole")
RARE_NAMES = 30  # fewer hold a word which may name a person
BRAND_NAMES = 4  # as few hold a word of a company's name ("Columbia Sportswear Lab")
EDUCATION, COMPANY = TYPES.index("education"), TYPES.index("company")


def vetoed(
    batch: StringBatch, index: RegistryIndex, table: Table, words: Words | None = None
) -> Array:
    """Whether the words beside each row of a table of candidates say that another body is meant.

    Reads the columns string, name, owner, first, last, whole and misspelt. `words` are those of
    the batch where they are known.
    """
    if not len(table["first"]):
        return np.empty(0, dtype=bool)
    words = words or batch_words(batch, index)
    beside = _at_left(batch, index, table, words) | _at_right(batch, index, table, words)
    beside |= _is_society(batch, index, table, words) | _in_signs(batch, index, table)
    beside |= is_listed_abroad(batch, index, table)
    beside |= is_parted(batch, index, table, words) | points_elsewhere(batch, index, table)
    # A short form read with a letter changed is another's: of two one letter apart both exist.
    beside |= index.name_capitals[table["name"]] & (table["misspelt"] > 0)
    beside[lent_nouns(batch, index, table)[0]] = True
    beside[housed(batch, index, table)[0]] = True
    beside |= in_street(batch, table) | has_another_noun(batch, index, table, words)
    return beside | abbreviates_another(batch, index, table) | renamed(batch, index, table)


def batch_words(batch: StringBatch, index: RegistryIndex) -> Words:
    """Every word of a batch as the vetoes see it."""
    token = batch.token
    begin, end = part_bounds(batch)
    countries = find_countries(batch, index)
    free = ~_placed(batch, index, countries)
    kind, role = token["kind"], token["role"]
    known = token["id"] != UNKNOWN
    names = np.where(known, index.token_names[np.maximum(token["id"], 0)], 0)
    short = (token["upper"] > 0) | (token["end"] - token["start"] < 2)
    units = (kind == UNIT) | (kind == CLINIC) | holds(batch, index, UNIT_STEMS)
    plain = (kind == 0) & free & ~short
    return Words(
        begin=begin,
        end=end,
        plain=plain,
        names=names,
        rare=plain & (names < RARE_NAMES),
        head=holds(batch, index, HEADS),
        noun=holds(batch, index, SCHOOL_NOUNS),
        qualifier=role == QUALIFIER,
        enterprise=np.isin(role, ENTERPRISES),
        units=running(units),
        enterprises=running(np.isin(role, ENTERPRISES)),
        plains=running((kind == 0) & free),
        activities=running(role == ACTIVITY),
        countries=_at_head(begin, countries),
    )


def _at_head(begin: Array, countries: tuple[Array, Array]) -> Array:
    """Whether the name of a country that begins a part of the address ends with each word."""
    first, last = countries
    found = np.zeros(len(begin), dtype=bool)
    found[last[begin[first] == first]] = True
    return found


def _placed(batch: StringBatch, index: RegistryIndex, countries: tuple[Array, Array]) -> Array:
    """Whether each word stands in the name of a city, a province or a country."""
    places = find_places(batch, index)
    first, last = countries
    inside = np.zeros(len(batch.token["id"]) + 1, dtype=np.int64)
    np.add.at(inside, np.r_[places.first, first], 1)
    np.add.at(inside, np.r_[places.last, last] + 1, -1)
    return np.asarray(np.cumsum(inside[:-1]) > 0)


def _at_left(batch: StringBatch, index: RegistryIndex, table: Table, words: Words) -> Array:
    """Whether a qualifier or a person's name right before each name makes another name of it."""
    token, first, last = batch.token, table["first"], table["last"]
    left = np.maximum(first - 1, 0)
    close = token["start"][first] - token["end"][left] <= FULL_STOP
    before = (first > words.begin[first]) & close & (token["joint"][first] == NO_JOINT)
    before &= ~is_own(batch, index, table, left)
    person = words.rare[left] & ~words.head[first] & index.name_plain[table["name"]]
    person &= among(words.units, words.begin[first], left) == 0
    foreign = is_of_another_nation(batch, index, table["owner"], left)
    abroad = before & words.countries[left]
    foreign |= is_behind_another_country(batch, index, table, words.begin, abroad)
    # "Cedar University, Rome" is no University of Rome: its noun belongs to the word before.
    lent = words.head[first] & (first < last) & (words.end[first] == first)
    lent &= token["kind"][left] == 0
    # "Dongbei University of Tides" is no University of Tides abroad.
    begun = words.rare[left] & words.head[first] & (words.begin[first] == left) & (first < last)
    begun &= (table["country"] <= 0) & ~table["city"]
    another = before & (words.qualifier[left] | foreign | person | lent | begun)
    for row in np.flatnonzero(another).tolist():
        text = batch.cleaned[int(table["string"][row])]
        gap = text[token["end"][left[row]] : token["start"][first[row]]]
        another[row] = FOOTNOTES.isdisjoint(gap)  # "Dongbei†University of Tides" is two bodies
    return np.asarray(another)


def _in_signs(batch: StringBatch, index: RegistryIndex, table: Table) -> Array:
    """Whether a qualifier that is not its own ("国立") or a longer run holds each name in signs."""
    first, string, role = table["first"], table["string"], batch.token["role"]
    one, two = np.maximum(first - 2, 0), np.maximum(first - 1, 0)
    found = (role[one] == SIGN_BEFORE) & (role[two] == SIGN_BEHIND)
    inside = first - 2 >= batch.first[string]
    own = is_own(batch, index, table, one) & is_own(batch, index, table, two)
    return np.asarray((inside & ~own & found) | in_longer_run(batch, index, table))


def _at_right(batch: StringBatch, index: RegistryIndex, table: Table, words: Words) -> Array:
    """Whether a subject or an enterprise right behind each name makes another name of it."""
    token, first, last = batch.token, table["first"], table["last"]
    end = words.end[last]
    right = _behind_health(batch, words, np.minimum(last + 1, len(words.end) - 1), end)
    behind = last < end
    joint = np.where(behind, token["joint"][right], NO_JOINT)
    beyond = np.minimum(right + 1, len(words.end) - 1)
    # "X University of Media and Communications" is not in Media, Pennsylvania.
    goes_past = (joint == JOINT) & (beyond <= end) & words.plain[beyond] & (right < end)
    named = words.plain[right] | (goes_past & (token["kind"][right] == 0))
    # "X University of AI": an acronym behind "of" is a subject.
    named |= (
        (joint == JOINT) & (token["upper"][right] > 0) & (among(words.plains, right, right) > 0)
    )
    named &= among(words.activities, right, end) < end - right + 1
    named &= ~names_department(batch, index, right, end)
    follows = behind & named & ~is_own(batch, index, table, right)
    follows &= ~ends_sentence(batch, last, follows)
    unitless = among(words.units, right, end) == 0
    names = index.token_names[np.maximum(token["id"][right], 0)]
    subject = (names >= SUBJECT_NAMES) & (token["id"][right] != UNKNOWN)
    paired = (token["joint"][beyond] == CONJUNCTION) & words.plain[beyond] & (beyond <= end)
    named_so = (joint == NO_JOINT) & (subject | paired) & unitless
    goes_on = words.head[last] & ((joint == JOINT) | named_so)
    # "Institute of Tides of the Russian Academy" is none of China.
    led = behind & ((joint == JOINT) | (joint == LEADING))
    abroad = led & is_of_another_nation(batch, index, table["owner"], right)
    school = index.types[table["owner"], EDUCATION] & (first == last) & ~words.noun[first]
    alone = school & (token["upper"][first] == 0) & ~words.noun[right]
    brand = (names < BRAND_NAMES) | (token["id"][right] == UNKNOWN)
    alone &= (joint != CONJUNCTION) & (unitless | brand)
    alone &= ~in_other_script(batch, first, alone)
    other = ~index.types[table["owner"], COMPANY]
    # "X University and Y Inc.": what a word joins to a name is another body.
    enterprise = behind & other & _is_enterprise(words, right, end)
    enterprise &= ~is_joined(batch, last, right, enterprise)
    enterprise |= other & _is_incorporated(batch, index, table)
    return np.asarray((follows & (goes_on | alone)) | enterprise | abroad)


def _behind_health(batch: StringBatch, words: Words, right: Array, end: Array) -> Array:
    """The word behind each name, or the one behind that where it names the field of a subject.

    "X University Health Tide Ripples" is a body of its own, "X University Health" a clinic.
    """
    kind, following = batch.token["kind"], np.minimum(right + 1, len(words.end) - 1)
    field = (kind[right] == CLINIC) & (kind[following] == WORD) & (right + 1 < end)
    field &= batch.token["joint"][following] == NO_JOINT
    return np.asarray(np.where(field & (among(words.units, following, end) == 0), following, right))


def _is_incorporated(batch: StringBatch, index: RegistryIndex, table: Table) -> Array:
    """Whether each is an acronym that a legal form of companies follows, even behind a comma."""
    last, forms = table["last"], batch.token["role"] == INCORPORATED
    following = np.minimum(last + 1, len(forms) - 1)
    inside = last + 1 < batch.first[table["string"] + 1]
    acronym = index.name_kind[table["name"]] == NameKind.ACRONYM
    acronym |= index.name_capitals[table["name"]]  # of bibnet's own list, too
    found = inside & acronym & forms[following]
    beyond = np.minimum(last + 2, len(forms) - 1)
    two = inside & acronym & forms[beyond] & (last + 2 < batch.first[table["string"] + 1])
    for row in np.flatnonzero(two & ~found).tolist():
        at, text = int(following[row]), batch.cleaned[int(table["string"][row])]
        word = text[batch.token["start"][at] : batch.token["end"][at]].casefold()
        found[row] = word in LEGAL_FORMS  # "XYZ Co., Ltd."
    return np.asarray(found)


def _is_society(batch: StringBatch, index: RegistryIndex, table: Table, words: Words) -> Array:
    """Whether each is a society beside a part of membership words, or in the name of a journal.

    A society is what the registry does not call an employer, or a name in initials.
    """
    role = batch.token["role"]
    first, last, string = (table[column] for column in ("first", "last", "string"))
    titles, published = running(np.isin(role, TITLES)), running(role == PUBLICATION)
    members = running(role == MEMBERSHIP)
    begin, end = words.begin[first], words.end[last]

    def is_title(start: Array, stop: Array) -> Array:
        """Whether a stretch of words holds one of membership, and but titles beside it."""
        whole = among(titles, start, stop) == stop - start + 1
        return np.asarray(whole & (among(members, start, stop) > 0), dtype=bool)

    before = np.maximum(begin - 1, batch.first[string])
    after = np.minimum(end + 1, batch.first[string + 1] - 1)
    beside = is_title(words.begin[before], before) | is_title(after, words.end[after])
    beside |= is_title(begin, first - 1) | is_title(last + 1, end)
    beside |= among(published, begin, end) > 0
    employer = index.types[table["owner"]][:, EMPLOYING].any(axis=1)
    initials = index.name_kind[table["name"]] == NameKind.ACRONYM
    return np.asarray(beside & (initials | ~employer), dtype=bool)


def _is_enterprise(words: Words, right: Array, end: Array) -> Array:
    """Whether what follows a name ends as an enterprise, with other words before its noun."""
    others = among(words.plains, right, end) - among(words.enterprises, right, end)
    named = words.enterprise[end] & (others > 0)
    return np.asarray(named & (among(words.units, right, end) == 0))

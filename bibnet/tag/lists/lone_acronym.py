"""Strings that tell a listed body by nothing but an acronym.

"XYU" alone may be another's, and the "XYU-ABCD Institute" is a joint institute with a second
parent, of which a list that holds the university says nothing. An identifier that was guessed from
either is held back.
"""

import re

from bibnet.places.address.vocabulary import CLINICS, ORGANISATION_NOUNS, UNIT_NOUNS
from bibnet.tag.lists.entry import Entry
from bibnet.tag.lists.registry_names import RegistryNames
from bibnet.tag.lists.spelling import content_words
from bibnet.tag.name import folded, is_han, is_short, letters, name_key

# Acronyms of fewer letters are others' too, whatever a registry holds.
SHORTEST_UNIQUE = 4
JOINT = re.compile(r"\b[A-Z]{2,7}[-\u2010-\u2013/][A-Z]{2,7}\s(?P<behind>[^,;()]{1,80})")
NOUNS = ORGANISATION_NOUNS | UNIT_NOUNS | CLINICS


def is_but_acronym(entry: Entry, text: str, registry: RegistryNames) -> bool:
    """Whether a text has no more of an entry than an acronym, alone or in a joint institute's name.

    An acronym of four letters and more that no other body bears is the entry's.
    """
    key = name_key(text)
    if key.isascii() and key.isalnum() and is_short(key):
        return letters(key) < SHORTEST_UNIQUE or registry.has_other_bearer(key, entry)
    joint = JOINT.search(text)
    if not joint or NOUNS.isdisjoint(folded(joint["behind"]).split()):
        return False
    named = {*content_words(folded(entry.name))} & {*folded(text).split()}
    spelled = any(is_han(name) and name in text for name, _ in entry.names)
    return named <= NOUNS and not spelled

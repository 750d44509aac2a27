"""Generic words of addresses by the part they play, from the list `address_words`."""

from bibnet.reference.load import rows

_ROWS = rows("address_words")


def _words(role: str) -> frozenset[str]:
    return frozenset(row["word"] for row in _ROWS if row["role"] == role)


# Words that names drop and add at will. Single letters stay: they carry names ("A & M").
CONNECTORS = _words("connector")
# Connectors that may stand before a whole name: "Center for Vision at the University of X".
LEADING_JOINTS = _words("leading")
# One spelling for each generic noun: abbreviations, British forms, frequent misspellings.
WORD_FORMS = {row["word"]: row["form"] for row in _ROWS if row["role"] == "spelling"}
# Words of legal form, which names drop and add at will.
LEGAL_FORMS = _words("legal_form")
# Nouns of units. "Institute of X" is the name of many houses' own unit.
UNIT_NOUNS = _words("unit_noun")
# A name that begins so is whole at its left: "Department of Physics University of Oxford".
OPENING_NOUNS = _words("opening")
# What may follow a name in its part without making it another: "X University School of Law".
FOLLOWERS = _words("follower")
# What may follow the name of a company so: "X Research", "X AI Lab".
COMPANY_FOLLOWERS = _words("company_follower")
# Clinics are organisations of their own: "X University Hospital" is not X University.
CLINICS = _words("clinic")
# Nouns behind which a country at the end of a part is a place and not part of a name.
ORGANISATION_NOUNS = _words("organisation_noun")

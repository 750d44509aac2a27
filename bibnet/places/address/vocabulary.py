"""Generic words of addresses by the part they play, from the list `address_words`."""

from bibnet.reference.load import rows

_ROWS = rows("address_words")


def _words(role: str) -> frozenset[str]:
    return frozenset(row["word"] for row in _ROWS if row["role"] == role)


# Words that names drop and add at will. Single letters stay: they carry names ("A & M").
CONNECTORS = _words("connector")
# Connectors that may stand before a whole name: "Center for Vision at the University of X".
LEADING_JOINTS = _words("leading")
# Connectors that lead from a name to its place.
PLACE_JOINTS = _words("place_joint")
# Connectors that join equals: what follows is not part of the name before.
CONJUNCTIONS = _words("conjunction")
# One spelling for each generic noun: abbreviations, British forms, frequent misspellings.
WORD_FORMS = {row["word"]: row["form"] for row in _ROWS if row["role"] == "spelling"}
# Two words that are one where the apostrophe between them is printed ("Xi'an").
PARTED = {
    (first, second): row["form"]
    for row in _ROWS
    if row["role"] == "parted"
    for first, second in [row["word"].split(" ")]
}
# Two words of a name that are often written as one ("Hongkong"), with where they part.
GLUED_PAIRS = {
    first + second: len(first)
    for row in _ROWS
    if row["role"] == "glued_pair"
    for first, second in [row["word"].split(" ")]
}
# Words cut short as indexes of citations print them, with the words they stand for.
ABBREVIATIONS = {row["word"]: row["form"] for row in _ROWS if row["role"] == "abbreviation"}
# Of these the ones that are also a noun's spelling: adjectives where another word follows.
ADJECTIVES = {word: form for word, form in ABBREVIATIONS.items() if word in WORD_FORMS}
# Words of legal form, which names drop and add at will.
LEGAL_FORMS = _words("legal_form")
# Other words that join two addresses, and words that lead from one to the next ("he is also at").
JOINING = _words("joining") | CONJUNCTIONS
INTRODUCING = _words("introducing")
PRESENT = _words("present")  # words behind which no former employer stands
ADDRESS_HEADS = _words("address_head")  # words before another address ("present address: ...")
PRONOUNS = _words("pronoun")  # that open a sentence between two addresses
# Words that companies put behind their name for a part of them ("X Research", "X AI Labs").
COMPANY_UNITS = _words("company_unit") | LEGAL_FORMS
# Words that make another name of a name: before it, and as the noun of an enterprise behind it.
QUALIFIERS = _words("qualifier")
ENTERPRISES = _words("enterprise")
INCORPORATED = _words("incorporated")
# Initials that an author would hardly have: those of a country ("U.S").
COUNTRY_INITIALS = tuple(sorted(word.upper() for word in _words("country_initials")))
# Short forms of campuses with the school and its city, and codes of the cities alone.
CAMPUSES = {row["word"]: row["form"] for row in _ROWS if row["role"] == "campus_short"}
CAMPUS_CODES = {row["word"]: row["form"] for row in _ROWS if row["role"] == "campus_code"}
# Codes of states that are rather meant than the countries which have them, too ("Town, PA").
STATE_CODES = frozenset(word.upper() for word in _words("state_code"))
# Adjectives of countries ("Australian"), with the country of each.
NATIONS = {row["word"].casefold(): row["country"] for row in rows("demonyms")}
# What people of a body do, or where ("X University Research"): at the end of a part no subject.
ACTIVITIES = _words("activity")
# Subjects of departments: right behind the name of a school they are no part of it.
DISCIPLINES = _words("discipline")
# Words beside which a society is no employer ("Senior Member, IEEE"), with those of their grades.
MEMBERSHIPS = _words("membership")
PUBLICATIONS = _words("publication")
GRADES = _words("grade")
# Nouns of units. "Institute of X" is the name of a unit in many organisations.
UNIT_NOUNS = _words("unit_noun")
# What a school is in law: names drop and add it at will ("Deemed University").
STATUSES = _words("status")
# Words of institutes that two bodies have together: a city before them is the partner's.
PARTNERED = _words("partnered")
# Words that begin the name of a school that two run, with the country that has it then.
JOINT_SCHOOLS = {r["word"]: r["form"].upper() for r in _ROWS if r["role"] == "joint_school"}
# Clinics are organisations of their own: "X University Hospital" is not X University.
CLINICS = _words("clinic")
# Nouns behind which a country at the end of a part is a place and not part of a name.
ORGANISATION_NOUNS = _words("organisation_noun")
# Nouns of bodies that the adjective of a country at the head of their name places.
NATION_NOUNS = _words("nation_noun")
# The same of the name of a country at their head, legal forms, too.
COUNTRY_NOUNS = NATION_NOUNS | _words("country_noun") | LEGAL_FORMS
# Nouns of a branch: a country before one is where it is ("Malaysia Campus").
BRANCH_NOUNS = _words("branch_noun")
# What makes the name of a campus of a city's, word by word, the longest first.
CAMPUS_NAMES = tuple(sorted((tuple(w.split()) for w in _words("campus_name")), key=len))[::-1]
# What follows them is no address, save the word that makes them part of a place's name.
CONTACT_WORDS = {row["word"]: row["form"] for row in _ROWS if row["role"] == "contact"}
# Regions behind the name of a company, with the country of its branch there, empty for none.
COMPANY_REGIONS = {
    row["word"]: row["form"].upper() for row in _ROWS if row["role"] == "company_region"
}
# Nouns of streets, which are named after organisations and cities.
STREETS = _words("street")
# A province that only such words name ("Western", "Central Region") is not told from other places.
COMPASS_WORDS = _words("compass")
# Words that tell how a work came about ("Work done at X"): no part of an address.
REPORTS = _words("report")
# Parts of the world of more than one country ("X America" is X's company somewhere there).
REGIONS = _words("region")
# Names of companies that mean something else, too, where other words follow ("Apple Trees Lab").
ORDINARY = _words("ordinary")
# A place right behind them is another of that name, unless the list of places has both words.
RENAMING = _words("renaming")
# Names of seas and plains that begin as those of regions do, each behind a blank or a bracket.
SEAS = tuple(sorted(_words("sea")))
# Names of cities that name none in the names of organisations.
NO_CITY = _words("no_city")
# A country and the word behind it at the head of names of bodies elsewhere.
NO_COUNTRY = _words("no_country")
# Chinese script: what marks a name as a place, what makes it a street or district, other signs.
SIGN_SUFFIXES = _words("sign_suffix")
STREET_SIGNS = _words("street_sign")
SIGN_QUALIFIERS = _words("sign_qualifier")  # two signs that make another name of a name behind
SIGN_NOUNS = _words("sign_noun")  # nouns that end the name of an organisation
SIGN_COMPANY_UNITS = _words("sign_company_unit")  # that end the name of a part of a company
SIGN_CONTINUING = _words("sign_continuing")  # behind a name they make another thing of it
CONTINUING = _words("continuing")  # the same of a word behind a university's name ("Town")
SIGN_ENTERPRISES = tuple(sorted(_words("sign_enterprise")))  # that end the name of a company
# Nouns of Korean names behind which a unit is written without a blank.
GLUED_NOUNS = sorted(_words("glued_noun"))
SIGN_VARIANTS = {row["word"]: row["form"] for row in _ROWS if row["role"] == "sign_variant"}

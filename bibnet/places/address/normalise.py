"""Folding of names and strings to comparable tokens: one rule for both sides.

`clean` repairs what is visibly broken (entities, tags, width forms, mojibake, control
characters); `tokenise` cuts the result into folded words that know where they stand, so that a
match can be shown in the text. Chinese and Japanese signs, written without spaces, become one
token each.
"""

import html
import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from opencc import OpenCC

from bibnet.places.address.latex import without_latex
from bibnet.places.address.token import FOOTNOTE_MARKS, Token, with_schools
from bibnet.places.address.vocabulary import (
    ADJECTIVES,
    CAMPUS_CODES,
    CAMPUSES,
    CLINICS,
    CONNECTORS,
    COUNTRY_INITIALS,
    GLUED_NOUNS,
    GLUED_PAIRS,
    NATION_NOUNS,
    PARTED,
    WORD_FORMS,
)

# Longer text is no address; what stands behind is not read. Keeps the cost of one string bounded.
MAX_TEXT = 20_000
SHORTEST_GLUED = 6  # two words of three letters
# Letters that carry no combining mark in Unicode but are written without one abroad.
PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d", "ħ": "h"}
)
SIGN_SCRIPTS = "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
IS_SIGN = re.compile(f"[{SIGN_SCRIPTS}]")
# Letters of all other scripts than the Latin: Greek to Georgian, Hangul, Arabic forms.
IS_OTHER_SCRIPT = re.compile(f"[\u0370-\u1dff\uac00-\ud7af\ufb1d-\ufefc{SIGN_SCRIPTS}]")
APOSTROPHES = "'’`´‘ʼʻ′"
_TOKEN = re.compile(
    rf"[{SIGN_SCRIPTS}]"
    r"|\d+|&"
    r"|(?:[^\W\d_](?:\.\s?)){1,6}[^\W\d_](?![^\W\d_'’])\.?"  # P. R., U.S.A., K.J
    rf"|[^\W\d_{SIGN_SCRIPTS}]+(?:[{APOSTROPHES}][^\W\d_]+)*"
)
# A dash between two letters is a hyphen; with a blank beside it, it parts.
_BOUNDARY = re.compile(
    rf"[,;:|()\[\]{{}}<>/\n\r\t\u2022\u00b7{FOOTNOTE_MARKS}\u3001\u3002\u060c\u061b\"“”]"
    r"|\s[-–—―_]+\s|[–—―]\s|\s[–—―]"
)
# Tabs and line ends that some sources of strings spell out.
_SPELLED_CONTROL = re.compile(r"#(?:TAB|N|R)#")
# Letters that some sources of strings write as their code ("u00e9").
_SPELLED_LETTER = re.compile(r"\\?u(0[01][0-9a-f]{2})")
# A line end with blanks behind it is the indentation of a printed record.
_INDENTED = re.compile(r"(?<![ \t])[ \t]*\n[ \t]{2,}")
_TAG = re.compile(r"<(/?[a-zA-Z]{0,10})[^<>]{0,200}>")
BREAKING_TAGS = frozenset(("br", "p", "div", "li", "tr", "td"))
_EMAIL = re.compile(
    r"(?:e-?mails?\s*(?::\s*)?)?[^\s,;:()<>@]{1,80}@[^\s,;:()<>@]{1,120}\.\w{2,}", re.IGNORECASE
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\ufeff]")
_MOJIBAKE = re.compile(r"[ÃÂ][\u0080-\u00bf\u2018-\u201e\u0152-\u0161\u2020-\u203a€™]|â€")
_MARKS = re.compile("[\u0300-\u036f]")
_SILENT = re.compile(rf"[.{APOSTROPHES}\s]")
# What stands in brackets, and initials: two authors' and more ("(W.G., Wei Li, and N.Z.)") name no
# country, unless one of them can only be that of one.
_BRACKETED = re.compile(r"\(([^()]{7,600})\)")
_INITIALS = re.compile(r"(?:and\s)?(?:[A-Z]\.-?){2,4}")
# Accents that some extractions of PDF print before their letter ("Universit ´e", "M ¨unchen"), and
# the marks that they are. Behind an elided article they are apostrophes ("dell´Università").
_ACCENTS = {"´": "\u0301", "`": "\u0300", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303"}
_ACCENTS |= {"ˇ": "\u030c", "˚": "\u030a", "˘": "\u0306"}
_DETACHED = re.compile(
    r"(?<!\W[lLdD])(?<!^[lLdD])(?<=[^\W\d_])\s?([´`¨ˆ˜ˇ˚˘])\s?([aeiouyg])"  # inside a word
    r"|(?<![^\W\d_])([´¨ˆ˜ˇ˚˘])\s?([aeiouyAEIOUYCSZ])"  # at its beginning
)
_CEDILLA = re.compile(r"(?<=[cCsS])\s?¸\s?")
_LOOSE_ACCENT = re.compile("[´`¨ˆ˜ˇ˚˘¸]")
# A Korean syllable or two behind a Latin letter is the debris of a footnote mark.
_DEBRIS = re.compile(r"(?<=[A-Za-z])[\uac00-\ud7af]{1,2}(?![\uac00-\ud7af])")
# "ABCD-XY", "ABCD(XY)", "ABCD-City", "ABCDXY": campuses by their city or its code.
_CAMPUS = re.compile(rf"(?<![\w-])(?:{'|'.join(CAMPUSES)})(?![\w-])")
_CAMPUS_CODE = re.compile(
    rf"(?<=[A-Z]{{3}})(?:(?:-|\s?\(\s?)({'|'.join(CAMPUS_CODES)})(?![\w-])\s?\)?"
    rf"|-({'|'.join(CAMPUS_CODES.values())})(?![\w-]))"
)
_CAMPUS_SIGNS = (*CAMPUS_CODES, *(f"-{city}" for city in CAMPUS_CODES.values()), *CAMPUSES)
_PLAIN_GAPS = frozenset(("", " ", "-"))
# Articles that French and Italian write into the next word ("l'Université", "dell'Università").
_ELIDED = re.compile(r"(?:l|d|qu|dell|dall|nell|sull|all|un)['’`´‘](?=[^\W\d_]{3})", re.IGNORECASE)
_GLUED = re.compile(
    rf"(?<=[a-zà-ÿ]{{3}})(?=[A-Z][a-zà-ÿ]{{2}})|(?<=[{APOSTROPHES}][a-z]{{2}})(?=[A-Z][a-zà-ÿ]{{2}})"
    r"|(?:(?<=^of)|(?<=^de)|(?<=^in)|(?<=^at))(?=[A-Z][a-zà-ÿ]{2})"
    + "".join(rf"|(?<=[^\W\d_]{noun})(?=[^\W\d_])" for noun in GLUED_NOUNS)
)


def clean(text: str) -> str:
    """Return the text without entities, tags, LaTeX, e-mails, control signs and mojibake."""
    text = text[:MAX_TEXT]
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub(_untagged, text)
    text = without_latex(text)
    if "\n" in text:
        text = _INDENTED.sub(" ", text)
    if "#" in text:
        text = _SPELLED_CONTROL.sub("\n", text)
    text = _with_spelled_letters(text)
    if _MOJIBAKE.search(text):
        text = _repair(text)
    if _LOOSE_ACCENT.search(text):
        text = _CEDILLA.sub("\u0327", _DETACHED.sub(_attached, text)).replace("´", "'")
    if not text.isascii():
        text = _DEBRIS.sub(" ", text)
        text = unicodedata.normalize("NFKC", text)
    if "(" in text:
        text = _BRACKETED.sub(_without_authors, text)
    if "@" in text:
        text = _EMAIL.sub(" ", text)
    return _CONTROL.sub(" ", text)


def with_campus_city(text: str) -> str:
    """A cleaned text with the cities of campuses in full ("ABCD-SZ", "ABCDSZ")."""
    if not any(sign in text for sign in _CAMPUS_SIGNS):
        return text
    text = _CAMPUS.sub(lambda found: CAMPUSES[found[0]], text)
    return _CAMPUS_CODE.sub(_with_city, text)


def _with_city(campus: re.Match[str]) -> str:
    """The city of a campus in brackets."""
    code, city = campus.groups()
    return f" ({CAMPUS_CODES[code] if code else city})"


def _without_authors(bracket: re.Match[str]) -> str:
    """A bracket, or a blank for one that holds the initials of two authors."""
    inside = bracket.group(1)
    initials = [item for item in inside.split(",") if _INITIALS.fullmatch(item.strip())]
    pair = _INITIALS.match(inside) and re.search(r"\sand\s(?:[A-Z]\.){2}", inside)
    authors = len(initials) > 1 or pair
    if not authors or any(one in inside for one in COUNTRY_INITIALS):
        return bracket.group()
    return " "


def _untagged(tag: re.Match[str]) -> str:
    """A line end for a tag that breaks the line, a blank for any other."""
    return "\n" if tag.group(1).strip("/").lower() in BREAKING_TAGS else " "


def _repair(text: str) -> str:
    """Undo UTF-8 read as cp1252; text that does not come out whole stays as it is."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def _with_spelled_letters(text: str) -> str:
    return _SPELLED_LETTER.sub(_letter, text) if "u0" in text else text


def _letter(code: re.Match[str]) -> str:
    """The letter of a code; what is none of a letter that ASCII lacks stays."""
    sign = chr(int(code.group(1), 16))
    return sign if sign.isalpha() and not sign.isascii() else code.group()


def _attached(found: re.Match[str]) -> str:
    accent, letter = (found.group(n) or found.group(n + 2) for n in (1, 2))
    return letter + _ACCENTS[accent]


@lru_cache(maxsize=400_000)
def fold(word: str) -> str:
    """Fold one word: case, marks, apostrophes and dots go; generic nouns take one form."""
    if word == "&":
        return "and"
    word = word.casefold()
    if not word.isascii():
        if IS_SIGN.match(word):
            return simplified(word)
        word = _MARKS.sub("", unicodedata.normalize("NFD", word))
        word = unicodedata.normalize("NFC", word).translate(PLAIN_LETTERS)
    word = _SILENT.sub("", word)
    return WORD_FORMS.get(word, word)


def simplified(text: str) -> str:
    """A text with its traditional Chinese signs as simplified ones, each in its place."""
    return str(_simplified().convert(text))


@lru_cache(maxsize=1)
def _simplified() -> OpenCC:
    """Turns traditional Chinese signs into simplified ones."""
    return OpenCC("t2s")


def tokenise(cleaned: str) -> list[Token]:
    """Cut cleaned text into folded tokens.

    A connector is kept only as `joint` of the word behind it; before a number or a boundary it
    is a word of its own, because it is a code there ("Toronto, ON", "IN 46202", "ON M5S").
    """
    tokens: list[Token] = []
    segment, position = 0, 0
    joint: Token | None = None
    for found in _TOKEN.finditer(cleaned):
        start = found.start()
        gap = cleaned[position:start]
        bounded = gap not in _PLAIN_GAPS and bool(_BOUNDARY.search(gap))
        position = found.end()
        if joint and (bounded or cleaned[start].isdigit() or position - start == 1):
            tokens.append(joint)
            joint = None
        segment += bounded
        for first, last in _unglued(found.group()):
            begin, end = start + first, start + last
            word = fold(cleaned[begin:end])
            if tokens and not joint and not bounded and (tokens[-1].word, word) in PARTED:
                one = tokens.pop()
                word = PARTED[one.word, word]
                tokens.append(one._replace(word=word, end=end))
            elif word in CONNECTORS:
                joint = Token(word, begin, end, segment, "")
            else:
                if tokens and not joint and not bounded and word not in CLINICS:
                    tokens[-1] = _as_adjective(tokens, word, cleaned)
                tokens.append(Token(word, begin, end, segment, joint.word if joint else ""))
                joint = None
    tokens += [joint] if joint else []
    return with_schools(cleaned, tokens)


def _as_adjective(tokens: list[Token], following: str, cleaned: str) -> Token:
    """The last token, before another word of its part, as the adjective that it may be cut from.

    At the head of a part, and beside the noun of a body: "Cent S Univ Kelp" and "Univ Cent Kelp"
    are central, "Kelp Cent" and "Med Cent Kelp" are centres.
    """
    *others, token = tokens
    adjective = ADJECTIVES.get(cleaned[token.start : token.end].casefold())
    before = others[-1].word if others and others[-1].segment == token.segment else ""
    told = not before or before in NATION_NOUNS or following in NATION_NOUNS
    return token._replace(word=adjective) if adjective and told else token


@lru_cache(maxsize=400_000)
def _unglued(printed: str) -> tuple[tuple[int, int], ...]:
    """Spans of the words of a printed one: "EngineeringKettering" is two."""
    elided = _ELIDED.match(printed)
    start = elided.end() if elided else 0
    word = printed[start:]
    if len(word) < SHORTEST_GLUED or _is_one_word(word):
        return ((start, len(printed)),)
    pair = GLUED_PAIRS.get(word.lower())
    inner = [pair] if pair else [cut.start() for cut in _GLUED.finditer(word)]
    cuts = [0, *inner, len(word)]
    return tuple((start + a, start + b) for a, b in pairwise(cuts))


def key_words(name: str) -> list[str]:
    """Folded words of a name, without connectors; equal lists are equal names."""
    return list(_key_words(name))


@lru_cache(maxsize=10_000)  # every rule for the names of a body asks for them
def _key_words(name: str) -> tuple[str, ...]:
    words = plain_words(name)
    if words is None:
        return tuple(token.word for token in tokenise(clean(name)))
    return (*(word for word in words[:-1] if word not in CONNECTORS), *words[-1:])


def plain_words(name: str) -> list[str] | None:
    """Folded words of a name of whole words, as most are; None if it needs the tokeniser."""
    words = name.split(" ")
    if not all(word.isalpha() and len(word) > 1 and _is_one_word(word) for word in words):
        return None
    if not name.isascii() and (IS_SIGN.search(name) or not unicodedata.is_normalized("NFKC", name)):
        return None
    folded = [fold(word) for word in words]
    return None if any(pair in PARTED for pair in pairwise(folded)) else folded


def _is_one_word(word: str) -> bool:
    """Whether no capital stands inside a word: glued words have one, but for listed pairs."""
    return (word[1:].islower() or word.isupper()) and word.lower() not in GLUED_PAIRS

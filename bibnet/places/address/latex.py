r"""Affiliations as they stand in a LaTeX source: accents, special letters, commands, marks.

Sources of metadata hand them on ("Universit{\"a}t", "$^{1}$", "\textsuperscript{2}"). Only what
affiliations hold is read: accents become letters, marks in math mode numbers in brackets, a line's
end a comma, and commands go; what they enclose stays.
"""

import re
import unicodedata

# Commands for accents and the combining marks that they are.
ACCENTS = {
    **{'"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304"},
    **{".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328"},
    **{"r": "\u030a", "d": "\u0323", "b": "\u0331"},
}
LETTERS = {
    **{"l": "ł", "L": "Ł", "o": "ø", "O": "Ø", "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ"},
    **{"OE": "Œ", "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dj": "đ", "DJ": "Đ", "th": "þ"},
}
# "\'e", "\'{e}", "{\'e}", "\v{c}", "{\v c}", "\'{\i}"; a slash may have been doubled on the way.
_ACCENT = re.compile(
    r"""\{?\\{1,2}(?:(["'`^~=.])\s{0,2}|([uvHckrdb])(?:\s{1,2}|(?=\{)))"""
    r"(?:\{\s?\\?([A-Za-z])\s?\}|\\?([A-Za-z]))\}?"
)
_LETTER = re.compile(
    r"\{?\\{1,2}("
    + "|".join(sorted(LETTERS, key=len, reverse=True))
    + r")(?![A-Za-z])(?:\{\}|\s?\}|\s)?"
)
_MARK = re.compile(r"\$\s?\{?\}?\s?\^\s?(?:\{([^${}]{0,40})\}|\\?([A-Za-z]{1,12}|[\d*]))\s?\$")
TWICE = "''"  # closes a quotation, save within a word ("d''Alpha")
_TWICE = re.compile(rf"(?<=[^\W\d_]){TWICE}(?=[^\W\d_])")
_HYPHENATION = re.compile(r"(?<=[^\W\d_])\\-(?=[^\W\d_])")
_NEW_LINE = re.compile(r"\\{2}")
_COMMAND = re.compile(r"\\[A-Za-z]{2,30}\*?")


def without_latex(text: str) -> str:
    """Text without commands of LaTeX and apostrophes written twice, as databases do.

    Text that holds none comes back as it is.
    """
    text = _TWICE.sub("'", text) if TWICE in text else text
    if "\\" not in text and "$" not in text:
        return text
    text = _MARK.sub(lambda mark: f" {{{mark.group(1) or mark.group(2) or ''}}} ", text)
    if "\\" not in text:
        return text
    text = _LETTER.sub(lambda letter: LETTERS[letter.group(1)], _ACCENT.sub(_accented, text))
    return _COMMAND.sub(" ", _NEW_LINE.sub(", ", _HYPHENATION.sub("", text)))


def _accented(found: re.Match[str]) -> str:
    accent, letter = found.group(1) or found.group(2), found.group(3) or found.group(4)
    return unicodedata.normalize("NFC", letter + ACCENTS[accent])

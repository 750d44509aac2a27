"""Identifiers that carry their own check digits."""

# The alphabet of ROR ids: digits and letters without i, l, o and u (Crockford's base 32).
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
BODY, LENGTH = 7, 9  # characters before the two check digits, characters in all
MODULUS = 97


def is_ror(text: str) -> bool:
    """Say whether a text is a ROR id: nine characters, the last two its check digits.

    Check digits are 98 - (n * 100 mod 97) for the number n of the first seven (ISO 7064,
    MOD 97-10, as ROR uses it), so that a mistyped id is not taken for one.
    """
    body, digits = text[:BODY], text[BODY:]
    if len(text) != LENGTH or text[0] != "0" or any(char not in ALPHABET for char in body):
        return False
    number = 0
    for char in body:
        number = number * len(ALPHABET) + ALPHABET.index(char)
    return digits == f"{MODULUS + 1 - number * 100 % MODULUS:02d}"

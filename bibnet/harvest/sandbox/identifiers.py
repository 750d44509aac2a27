"""Identifiers that no real record has.

OpenAlex ids run far above the real ones, DOIs have the prefix kept for examples, and ROR ids
have a form that fails the registry's checksum.
"""

OPENALEX = "https://openalex.org/"
FIRST_ID = 9_900_000_000  # real ids stay below 8,000,000,000 in 2026
EXAMPLE_PREFIX = "10.5555"  # registered by Crossref for examples
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32, as in ROR ids


def openalex_id(letter: str, number: int) -> str:
    """Address of the invented entity `number` of a kind ("W", "A", "I", "F", "S", "P", "G")."""
    return f"{OPENALEX}{letter}{FIRST_ID + number}"


def bare(address: str) -> str:
    """Last part of an OpenAlex address: `W9900000001`."""
    return address.rsplit("/", 1)[-1]


def doi(number: int) -> str:
    """An invented DOI, as OpenAlex writes it."""
    return f"https://doi.org/{EXAMPLE_PREFIX}/invented.{number}"


def ror_id(number: int) -> str:
    """An invented ROR id: right form, wrong checksum (real ones: 98 minus n * 100 mod 97)."""
    checksum = (98 - number * 100 % 97) % 97
    return f"https://ror.org/0{_base32(number, 6)}{(checksum + 50) % 97:02d}"


def orcid(number: int) -> str:
    """An invented ORCID; real ones never begin with four zeros in the second block as well."""
    return f"https://orcid.org/0000-0000-{number // 10_000 % 10_000:04d}-{number % 10_000:04d}"


def _base32(number: int, length: int) -> str:
    digits = []
    for _ in range(length):
        number, digit = divmod(number, 32)
        digits.append(ALPHABET[digit])
    return "".join(reversed(digits))

"""Public identifiers: short, unguessable, easy to read aloud."""

import secrets

# Without 0/O, 1/I/L and vowels: no misreading, no words.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"


def new_code() -> str:
    """Ten characters of ``ALPHABET``: 48 bits, enough that nobody finds a neighbour by trying."""
    return "".join(secrets.choice(ALPHABET) for _ in range(10))

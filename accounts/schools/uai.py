"""The UAI code of a French school: seven digits and a letter that they must give."""

# The alphabet without I, O and Q; the number modulo 23 points into it.
LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"


def tidy(code: str) -> str:
    """Return a code as it is kept: no space, upper case."""
    return "".join(code.split()).upper()


def is_right(code: str) -> bool:
    """Whether a tidy code has seven digits and the letter they give."""
    digits, letter = code[:-1], code[-1:]
    if len(digits) != 7 or not (digits.isascii() and digits.isdigit()):
        return False
    return letter == LETTERS[int(digits) % len(LETTERS)]

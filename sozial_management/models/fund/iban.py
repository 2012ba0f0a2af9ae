"""Whether an IBAN can be one: form and check digits (ISO 13616, modulo 97)."""

import re

FORM = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
GERMAN_LENGTH = 22


def is_plausible(text):
    """Length of German ones, form and check digits; blanks do not matter."""
    account = re.sub(r"\s", "", text or "").upper()
    if not FORM.fullmatch(account) or (account.startswith("DE") and len(account) != GERMAN_LENGTH):
        return False
    digits = "".join(str(int(sign, 36)) for sign in account[4:] + account[:4])
    return int(digits) % 97 == 1

"""Numbers nobody can guess or count, and a fingerprint the bidder can check at home."""

import hashlib
import json
import secrets

# Crockford's alphabet: read out on the telephone without 0/O and 1/I/L mixed up.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, LENGTH = 3, 4


def new_number():
    """A receipt number such as ``7K4M-92QX-0HTB``: random (60 bits), so that it tells neither order nor count."""
    return "-".join("".join(secrets.choice(ALPHABET) for _place in range(LENGTH)) for _group in range(GROUPS))


def new_token():
    """What stands in addresses: 192 random bits."""
    return secrets.token_urlsafe(24)


def canonical(document):
    """The one way to write a submission down, as bytes: JSON with sorted keys, UTF-8, one line.

    :param document: dicts, lists, texts, whole numbers, None
    """
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def fingerprint(document):
    """SHA-256 of the canonical form, in hexadecimal digits: the sum of the file that the bidder downloads."""
    return hashlib.sha256(canonical(document)).hexdigest()

"""Encryption of submissions for a call whose key nobody holds alone.

Made of parts of the library `cryptography` that are the same in all its versions since 3.4:
X25519, HKDF, AES-256-GCM, scrypt. The private key of a call is split over three holders, two of
whom are needed: every pair shares it as two random-looking halves, so that one part alone says
nothing about it, however long somebody computes.
"""

import base64
import hashlib
import secrets
import unicodedata

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

SIZE = 32
NONCE = 12
SALT = 16
HOLDERS = 3
PAIRS = ((0, 1), (0, 2), (1, 2))
# about 64 MB and a quarter of a second for every guess
SCRYPT = {"length": SIZE, "n": 2**16, "r": 8, "p": 1}
CODE = "SM1"
CHECK = 8


class WrongKey(Exception):  # noqa: N818 - an answer, not a failure
    """This key, passphrase or part does not open it; or it was changed."""


def new_pair():
    """(private, public), 32 bytes each."""
    private = X25519PrivateKey.generate()
    return _raw(private), public_of(_raw(private))


def public_of(private):
    """The public key that belongs to a private one."""
    public = X25519PrivateKey.from_private_bytes(private).public_key()
    return public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def _raw(private):
    return private.private_bytes(serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption())


def _derived(shared, ephemeral, public):
    return HKDF(algorithm=hashes.SHA256(), length=SIZE, salt=None, info=b"sozial call " + ephemeral + public).derive(shared)


def seal(public, data, about=b""):
    """Encrypt for the holder of a public key.

    :param about: what it belongs to: it opens for that only
    """
    one_time = X25519PrivateKey.generate()
    ephemeral = public_of(_raw(one_time))
    key = _derived(one_time.exchange(X25519PublicKey.from_public_bytes(public)), ephemeral, public)
    return ephemeral + encrypt(key, data, about)


def unseal(private, sealed, about=b""):
    """:raise WrongKey: if the key does not fit, or something was changed"""
    ephemeral, sealed = sealed[:SIZE], sealed[SIZE:]
    try:
        shared = X25519PrivateKey.from_private_bytes(private).exchange(X25519PublicKey.from_public_bytes(ephemeral))
    except ValueError as error:
        raise WrongKey from error
    return decrypt(_derived(shared, ephemeral, public_of(private)), sealed, about)


def encrypt(key, data, about=b""):
    """Encrypt with a symmetric key of 32 bytes."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, data, about)


def decrypt(key, sealed, about=b""):
    """:raise WrongKey: if the key does not fit, or something was changed"""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], about)
    except (InvalidTag, ValueError) as error:
        raise WrongKey from error


def lock(private, passphrase):
    """A private key that opens with a passphrase only."""
    salt = secrets.token_bytes(SALT)
    return salt + encrypt(_stretched(passphrase, salt), private)


def unlock(locked, passphrase):
    """:raise WrongKey: if it is another passphrase"""
    return decrypt(_stretched(passphrase, locked[:SALT]), locked[SALT:])


def _stretched(passphrase, salt):
    # an umlaut is one character on one keyboard and two on another
    return Scrypt(salt=salt, **SCRYPT).derive(unicodedata.normalize("NFKC", passphrase).encode())


def split(secret):
    """Three parts of a secret of 32 bytes; any two bring it back, one says nothing."""
    halves = dict.fromkeys(range(HOLDERS), b"")
    for one, other in PAIRS:
        mask = secrets.token_bytes(SIZE)
        halves[one] += mask
        halves[other] += _xor(secret, mask)
    return [bytes([holder]) + halves[holder] for holder in range(HOLDERS)]


def join(one, other):
    """:raise WrongKey: unless these are two different parts"""
    pair = tuple(sorted((one[0], other[0])))
    if pair not in PAIRS or len(one) != len(other) or len(one) != 1 + SIZE * (HOLDERS - 1):
        raise WrongKey
    return _xor(_half(one, pair), _half(other, pair))


def _half(part, pair):
    place = [pairs for pairs in PAIRS if part[0] in pairs].index(pair)
    return part[1 + place * SIZE : 1 + (place + 1) * SIZE]


def _xor(one, other):
    return bytes(left ^ right for left, right in zip(one, other, strict=True))


def to_code(private):
    """A key as people print and type it: groups of four capital letters and digits, with a check sum."""
    body = base64.b32encode(private + hashlib.sha256(private).digest()[:CHECK]).decode().rstrip("=")
    return "-".join([CODE, *(body[at : at + 4] for at in range(0, len(body), 4))])


def from_code(text):
    """The key behind a code; None if this is none, or one letter of it is wrong."""
    letters = "".join((text or "").upper().replace("-", " ").split())
    if not letters.startswith(CODE):
        return None
    body = letters[len(CODE) :]
    try:
        data = base64.b32decode(body + "=" * (-len(body) % 8))
    except ValueError:
        return None
    private, check = data[:SIZE], data[SIZE:]
    return private if len(private) == SIZE and hashlib.sha256(private).digest()[:CHECK] == check else None


def text(data):
    """Bytes as text, for the database."""
    return base64.b64encode(data).decode()


def data(stored):
    """Back from :func:`text`."""
    return base64.b64decode(stored or "")


def fingerprint(public):
    """The first 16 digits by which people compare a public key."""
    return hashlib.sha256(public).hexdigest()[:16]

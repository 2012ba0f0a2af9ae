import hashlib


def paragraphs(text):
    """The lines of a text that say something, trimmed, in their order.

    Every line counts by itself: whoever writes one thing a line can release it alone.
    """
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def digest(place, paragraph):
    """A short name of a paragraph at its place, by which a tag notices that the text has changed.

    :param str place: where the text stands, so that equal words elsewhere look different
    """
    return hashlib.sha256(f"{place}\n{paragraph}".encode()).hexdigest()

"""The few CSS selectors the page tests use, as XPath: lxml needs one more package for its own."""
import re

PART = re.compile(r"(?P<tag>[a-z0-9]*)(?P<rest>(?:[.#][\w-]+|\[[^\]]+\])*)$")
PIECE = re.compile(r"[.#][\w-]+|\[[^\]]+\]")


def select(node, css):
    """All elements for selectors such as ``ul.names li#first input[name=x]``.

    :raise ValueError: for a selector this small language does not know
    """
    path = ""
    for part in css.split():
        match = PART.match(part)
        if not match:
            raise ValueError(f"unknown selector: {css}")
        path += f"//{match['tag'] or '*'}" + "".join(map(_condition, PIECE.findall(match["rest"])))
    return node.xpath(f".{path}")


def _condition(piece):
    if piece[0] == "#":
        return f"[@id='{piece[1:]}']"
    if piece[0] == ".":
        return f"[contains(concat(' ', normalize-space(@class), ' '), ' {piece[1:]} ')]"
    name, equals, value = piece[1:-1].partition("=")
    return f"[@{name}='{value}']" if equals else f"[@{name}]"

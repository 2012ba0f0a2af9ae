"""Small pieces of HTML from plain text, everything escaped."""

from html import escape


def p(*sentences):
    """One paragraph of sentences; empty ones are left out, and so is an empty paragraph."""
    text = " ".join(sentence.strip() for sentence in sentences if sentence and sentence.strip())
    return f"<p>{escape(text, quote=False)}</p>" if text else ""


def paragraphs(text):
    """Plain text as it was typed: an empty line ends a paragraph, a line break stays."""
    blocks = [block.strip() for block in text.replace("\r\n", "\n").split("\n\n")]
    return "".join("<p>" + "<br/>".join(escape(line, quote=False) for line in block.splitlines()) + "</p>" for block in blocks if block)


def items(texts, ordered=False):
    """A list; empty for no texts."""
    tag = "ol" if ordered else "ul"
    rows = "".join(f"<li>{escape(text, quote=False)}</li>" for text in texts if text)
    return f"<{tag}>{rows}</{tag}>" if rows else ""


def heading(text):
    return f"<h4>{escape(text, quote=False)}</h4>"


def table(head, rows):
    """A table with a heading row."""
    top = "".join(f"<th>{escape(cell, quote=False)}</th>" for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell, quote=False)}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<table class="table table-sm"><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>'


def sentence(text):
    """Text that ends like a sentence."""
    text = text.strip()
    return text if not text or text[-1] in ".!?:" else text + "."

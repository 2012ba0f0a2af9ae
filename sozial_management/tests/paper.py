"""Where the words of a printed page stand."""

MM = 25.4 / 72


def positions(page):
    """(text, mm from the left, mm from the top) of each piece of text."""
    found, height = [], float(page.mediabox.height)

    def visit(text, matrix, within, *_font):
        left = matrix[0] * within[4] + matrix[2] * within[5] + matrix[4]
        top = height - (matrix[1] * within[4] + matrix[3] * within[5] + matrix[5])
        found.append((" ".join(text.split()), left * MM, top * MM))

    page.extract_text(visitor_text=visit)
    return [one for one in found if one[0]]

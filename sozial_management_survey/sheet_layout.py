"""Which questions stand on which page of a questionnaire on paper.

Left to itself the printing engine breaks a question in two, and a loose second page would bear no code. So pages are
made here, with generous guesses of the height; all lengths in the engine's own millimetres, of which a page has 350.
"""

PAGE = 335
FIRST_HEAD, HEAD, FOOT = 44, 13, 15
LINE, SMALL_LINE, GAP = 7.7, 6.5, 8.5
OPTION, OPTION_SMALL, SCALE, WRITING, WRITING_LINES = 8.5, 6.7, 21, 11.6, 4
LETTERS, LETTERS_SMALL, LETTERS_OPTION = 56, 68, 58


def lines(text, letters):
    """How many lines a text takes, at most."""
    return sum(-(-max(len(part), 1) // letters) for part in (text or "").splitlines()) or 1


def height(question):
    """:param question: dict with `kind`, and lists of texts, one a language: `title`, `hints`, each of `options`, `ends`"""
    first, *more = question["title"]
    taken = GAP + lines(first, LETTERS) * LINE + small(more) + small(question["hints"])
    if question["kind"] == "scale":
        return taken + SCALE + small(question["ends"])
    if question["kind"] == "text":
        return taken + WRITING * WRITING_LINES
    for first, *more in question["options"]:
        taken += lines(first, LETTERS_OPTION) * OPTION + sum(lines(text, LETTERS_OPTION) * OPTION_SMALL for text in more)
    return taken


def small(texts):
    return sum(lines(text, LETTERS_SMALL) * SMALL_LINE for text in texts)


def paginate(questions, head_texts, foot_texts):
    """Questions by page, in order, none in two parts; what is longer than a page gets one of its own.

    :param head_texts: texts at the head of the first page, all languages
    :param foot_texts: texts at the foot of each page
    :return: list of lists of questions, at least one
    """
    page = PAGE - FOOT - small(foot_texts)
    pages, left = [[]], page - FIRST_HEAD - small(head_texts)
    for question in questions:
        needed = height(question)
        if needed > left and (pages[-1] or len(pages) == 1 and needed <= page - HEAD):
            pages.append([])
            left = page - HEAD
        pages[-1].append(question)
        left -= needed
    return pages

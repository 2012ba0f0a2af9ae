from odoo.fields import Domain

SIZE = 500


def in_pages(records, domain, size=SIZE):
    """Every row once, in the order of ids, found page by page.

    For crons: a limit alone leaves rows behind when there are more than it, or when the first ones
    fail again and again. Rows that a step finishes drop out of `domain`; those that fail are passed by.
    """
    last = 0
    while page := records.search(Domain(domain) & Domain("id", ">", last), order="id", limit=size):
        last = page[-1].id
        yield from page

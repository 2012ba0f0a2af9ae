"""Which models are as secret as a case: asked by every guard of a model that is not ours."""

CASE = "sozial.case"
LINKS = {"case_id": CASE, "contact_id": "sozial.contact"}


def is_confidential(env, name):
    """Whether rows of the model `name` belong to a case, dialogs included, or are for few people for another reason."""
    if name == CASE:
        return True
    if not name or name not in env.registry:
        return False
    if getattr(env.registry[name], "_of_few", False):
        return True
    fields = env.registry[name]._fields
    return any(link in fields and fields[link].comodel_name == model for link, model in LINKS.items())

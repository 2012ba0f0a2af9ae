from importlib.util import find_spec

if find_spec("odoo"):  # the pure packages beside the models are importable without Odoo
    from . import controllers, models, wizards
    from .hooks import post_init_hook, uninstall_hook

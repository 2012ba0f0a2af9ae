try:
    import odoo  # noqa: F401
except ImportError:  # the pure packages are importable without Odoo
    pass
else:
    from . import controllers, models, report, wizards
    from .hooks import post_init_hook, uninstall_hook

"""Installation and removal of the addon in a company's own database."""


def post_init_hook(env):
    """Give every active system administrator the configuration role, once.

    Nothing is implied: administrators who come later, and every other role, are
    chosen by people on the start page. Configuration never includes sight of a case.
    """
    administrators = env.ref("base.group_system").all_user_ids.filtered(
        lambda user: user.active and not user.share and user.id != env.ref("base.user_root").id
    )
    env.ref("sozial_management.group_sozial_config").user_ids |= administrators


def uninstall_hook(env):
    """Remove what Odoo's own clean-up leaves behind."""

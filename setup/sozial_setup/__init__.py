"""The set-up of the project: from a bare machine to a running or tested Odoo 19.

Standard library only; what needs more runs inside the virtual environment that
``python_env`` makes. Everything fetched or built lies in ``.runtime/`` of the checkout.
"""

from . import res_company, res_config_settings, fee, account_move, booking, booking_invoice

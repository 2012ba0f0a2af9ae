{
    "name": "Social Management: invoices for rooms",
    "summary": "Fees and deposit of a room booking become a draft invoice in Odoo's accounting",
    "version": "19.0.1.0.0",
    "category": "Services/Social Management",
    "author": "Sozialmanagement maintainers",
    "license": "AGPL-3",
    "depends": ["sozial_management_room", "account"],
    "data": [
        "views/booking_views.xml",
        "views/room_views.xml",
        "views/res_config_settings_views.xml",
        "views/account_move_views.xml",
    ],
    "auto_install": True,
}

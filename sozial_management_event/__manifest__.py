{
    "name": "Social Management: events in rooms",
    "summary": "An event of Odoo occupies a room of a centre, and nobody else gets it",
    "version": "19.0.1.0.0",
    "category": "Services/Social Management",
    "author": "Sozialmanagement maintainers",
    "license": "AGPL-3",
    "depends": ["sozial_management_room", "event"],
    "data": [
        "views/event_views.xml",
        "views/booking_views.xml",
    ],
    "auto_install": True,
}

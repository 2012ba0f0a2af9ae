{
    "name": "Social Management: Rooms",
    "summary": "Neighbourhood centres: rooms, bookings, activities, programme",
    "version": "19.0.1.0.0",
    "category": "Services/Social Management",
    "author": "Sozialmanagement maintainers",
    "license": "AGPL-3",
    "depends": ["sozial_management"],
    "external_dependencies": {"python": ["holidays", "python-dateutil"]},
    "data": [
        "security/sozial_room_groups.xml",
        "views/menus.xml",
    ],
}

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
        # security
        "security/sozial_room_groups.xml",
        "security/ir.model.access.csv",
        "security/room_security.xml",
        "security/series_security.xml",
        # data
        "data/closure_cron.xml",
        "data/renewal_cron.xml",
        "data/renewal_templates.xml",
        "report/closure_letter.xml",
        "data/mail_templates.xml",
        "data/booking_cron.xml",
        "data/room_feature_data.xml",
        # views (menus first: the topics hang their entries below them)
        "views/menus.xml",
        "views/booking/booking_views.xml",
        "views/room/room_views.xml",
        "views/centre/centre_views.xml",
        "views/timeline/timeline_views.xml",
        "views/series/series_wizard_views.xml",
        "views/series/series_views.xml",
        "views/series/waiting_views.xml",
        "views/closure/closure_views.xml",
    ],
    "demo": [
        "demo/demo_room_users.xml",
        "demo/demo_centres.xml",
        "demo/demo_bookings.xml",
    ],
    "assets": {
        "web.assets_backend": ["sozial_management_room/static/src/timeline/*"],
        "web.assets_tests": ["sozial_management_room/static/tests/tours/*.js"],
    },
}

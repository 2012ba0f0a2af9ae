{
    "name": "Social Management",
    "summary": "Tenants, help offers and confidential social cases of a housing company",
    "version": "19.0.1.0.0",
    "category": "Services/Social Management",
    "author": "Sozialmanagement maintainers",
    "license": "AGPL-3",
    "depends": ["contacts", "mail", "calendar", "resource", "portal"],
    "data": [
        # security
        "security/sozial_groups.xml",
        "security/ir.model.access.csv",
        "security/stock_security.xml",
        "security/offer_security.xml",
        # data
        "data/offer_data.xml",
        "data/sozial_language.xml",
        # views (menus first: the topics hang their entries below them)
        "views/menus.xml",
        "views/tenancy/tenancy_views.xml",
        "views/stock/dwelling_views.xml",
        "views/stock/building_views.xml",
        "views/stock/quarter_views.xml",
        "views/contact/res_partner_views.xml",
        "views/offer/offer_views.xml",
        "views/offer/offer_settings_views.xml",
        "views/offer/offer_finder_views.xml",
        "views/offer/catalogue_templates.xml",
        "views/offer/callback_templates.xml",
        "report/offer_booklet.xml",
    ],
    "demo": [
        "demo/quarter_demo.xml",
        "demo/offer_demo.xml",
        "demo/offer_more_demo.xml",
    ],
    "assets": {
        "web.assets_frontend": ["sozial_management/static/src/catalogue/*.scss"],
        "web.assets_tests": ["sozial_management/static/tests/tours/*.js"],
    },
    "application": True,
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}

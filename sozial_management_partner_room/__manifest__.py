{
    "name": "Social Management: rooms in agreements",
    "summary": "Agreements with partners grant rooms and consultation hours; what took place fills in the report",
    "version": "19.0.1.0.0",
    "category": "Services/Social Management",
    "author": "Sozialmanagement maintainers",
    "license": "AGPL-3",
    "depends": ["sozial_management_partner", "sozial_management_room"],
    "data": [
        "security/agreement_security.xml",
        "security/ir.model.access.csv",
        "views/agreement/agreement_views.xml",
        "views/agreement/portal_agreement.xml",
        "views/duty/report_views.xml",
    ],
    "demo": ["demo/agreement/demo_agreement_rooms.xml"],
    "auto_install": True,
    "uninstall_hook": "uninstall_hook",
}

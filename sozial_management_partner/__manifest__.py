{
    "name": "Social Management: Partners",
    "summary": "Partner organisations of the social department: calls, agreements, referrals",
    "version": "19.0.1.0.0",
    "category": "Services/Social Management",
    "author": "Sozialmanagement maintainers",
    "license": "AGPL-3",
    "depends": ["sozial_management"],
    "data": [
        # security
        "security/sozial_partner_groups.xml",
        "security/ir.model.access.csv",
        "security/organisation_security.xml",
        "security/call_security.xml",
        "security/record_security.xml",
        # views (menus first: the topics hang their entries below them)
        "views/menus.xml",
        "views/organisation/evidence_views.xml",
        "views/organisation/res_partner_views.xml",
        "views/call/version_views.xml",
        "views/call/question_views.xml",
        "views/call/criterion_views.xml",
        "views/call/call_views.xml",
        "views/record/record_views.xml",
    ],
    "uninstall_hook": "uninstall_hook",
}

{
    "name": "Social Management: Partners",
    "summary": "Partner organisations of the social department: calls, agreements, referrals",
    "version": "19.0.1.0.0",
    "category": "Services/Social Management",
    "author": "Sozialmanagement maintainers",
    "license": "AGPL-3",
    "depends": ["sozial_management"],
    "data": [
        "security/sozial_partner_groups.xml",
        "views/menus.xml",
    ],
}

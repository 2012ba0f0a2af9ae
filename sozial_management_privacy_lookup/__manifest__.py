{
    "name": "Social Management: no cases in the privacy lookup",
    "summary": "Keeps the administrator's privacy lookup from listing who is a client",
    "version": "19.0.1.0.0",
    "category": "Services/Social Management",
    "author": "Sozialmanagement maintainers",
    "license": "AGPL-3",
    "depends": ["sozial_management", "privacy_lookup"],
    "auto_install": True,
}

{
    "name": "Social Management: nothing of a case to Microsoft Calendar",
    "summary": "Keeps appointments of cases out of the synchronisation with Microsoft Calendar",
    "version": "19.0.1.0.0",
    "category": "Services/Social Management",
    "author": "Sozialmanagement maintainers",
    "license": "AGPL-3",
    "depends": ["sozial_management", "microsoft_calendar"],
    "auto_install": True,
}

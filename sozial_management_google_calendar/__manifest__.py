{
    "name": "Social Management: nothing of a case to Google Calendar",
    "summary": "Keeps appointments of cases out of the synchronisation with Google Calendar",
    "version": "19.0.1.0.0",
    "category": "Services/Social Management",
    "author": "Sozialmanagement maintainers",
    "license": "AGPL-3",
    "depends": ["sozial_management", "google_calendar"],
    "auto_install": True,
}

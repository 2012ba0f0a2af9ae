"""What every text of a letter in another language has to keep of the German one. Shared with the addons that bring letters."""

import re

from odoo.addons.sozial_management.models.letter.placeholders import used

LANGUAGES = frozenset({"de", "en", "tr", "ar", "ru", "uk", "pl", "ro", "fa"})
SCRIPTS = {"ar": r"[\u0600-\u06ff]", "fa": r"[\u0600-\u06ff]", "ru": r"[\u0400-\u04ff]", "uk": r"[\u0400-\u04ff]"}
# letters that tell languages of one script apart
OWN_LETTERS = {"fa": "[پچژگی]", "uk": "[іїєґ]", "ru": "[ыэъё]", "tr": "[ğışİ]", "pl": "[ąęłżśćń]", "ro": "[ăâîșț]"}
LEFT_OPEN = r"(?i)todo|xxx|lorem|\?\?|\[|\]"


def problems(template):
    """What is missing or not translated, as a list of sentences; none: every language is there and whole."""
    texts = {text.language_id.code: text for text in template.text_ids}
    german, seen = texts["de"], {}
    found = [f"{code}: is missing" for code in sorted(LANGUAGES - texts.keys())]
    for code, text in texts.items():
        parts = _parts(text)
        if set(used(text.body)) != set(used(german.body)) or used(text.subject):
            found.append(f"{code}: fills in other names than the German text")
        if len(parts) != len(_parts(german)) or not all(parts):
            found.append(f"{code}: German has other sections")
        if re.search(LEFT_OPEN, text.subject + text.body):
            found.append(f"{code}: something is left open")
        if not re.search(OWN_LETTERS.get(code, ""), text.body):
            found.append(f"{code}: not in this language")
        for part in (text.subject, *parts):
            if not re.search(r"[^\W\d_]", re.sub(r"\{\w+\}", "", part)):
                continue  # only what is filled in
            if part in seen:
                found.append(f"{code}: “{part}” stands in {seen[part]}, too")
            if not re.search(SCRIPTS.get(code, ""), part):
                found.append(f"{code}: “{part}” is in another script")
            seen[part] = code
    return found


def _parts(text):
    return [part.strip() for part in text.body.split("\n\n")]

"""The text of an agreement says what was entered, and nothing that was not."""

from dataclasses import replace
from datetime import date

from procedure import agreement

FACTS = agreement.Facts("KV-2026-0001", 1, "Beratung", "Wohnbau", "Verein", date(2026, 1, 1), date(2026, 12, 31), 1)


def test_services_name_hours_and_capacity():
    services = (agreement.Service("Beratung", "Montag 9–12", 1), agreement.Service("Gruppe", capacity=5), agreement.Service("Café"))
    text = agreement.write(replace(FACTS, services=services))
    assert "– Beratung; Sprechzeiten: Montag 9–12; Platz für eine Person im Monat" in text
    assert "– Gruppe; Platz für 5 Personen im Monat" in text
    assert "– Café\n" in text + "\n"


def test_sections_are_numbered_without_gaps():
    text = agreement.write(replace(FACTS, rooms="Treff", report="quarter", report_days=28))
    numbers = [line.split(".")[0] for line in text.splitlines() if line[:1].isdigit()]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert "vierteljährlich" in text and "28 Tagen" in text and "einen Monat vor dem Ende" in text


def test_privacy():
    assert "Art. 28" in agreement.write(replace(FACTS, privacy="processor", privacy_file="AVV.pdf", privacy_sha256="abc"))
    assert "SHA-256 abc" in agreement.write(replace(FACTS, privacy="joint", privacy_file="AVV.pdf", privacy_sha256="abc"))
    assert "nur Sport" in agreement.write(replace(FACTS, privacy="none", privacy_reason="nur Sport"))
    assert "SHA-256" not in agreement.write(FACTS)


def test_the_notice_of_review_goes_when_it_was_reviewed():
    assert agreement.REVIEW_NOTE in agreement.write(FACTS)
    assert agreement.REVIEW_NOTE not in agreement.write(replace(FACTS, reviewed=True))


def test_paragraphs_lose_no_word():
    services = (agreement.Service("Beratung"), agreement.Service("Gruppe"))
    text = agreement.write(replace(FACTS, services=services, subject="Erster Satz.\n\nZweiter Satz."))
    parts = agreement.paragraphs(text)
    assert "".join(f"{part.heading}{part.text}".replace("\n", "") for part in parts) == text.replace("\n", "")
    assert [part.heading for part in parts if part.heading][:2] == ["1. Leistungen", "2. Gegenstand"]
    assert parts[0].text.startswith("Kooperationsvereinbarung") and not parts[0].heading
    assert agreement.Paragraph("", "Zweiter Satz.") in parts

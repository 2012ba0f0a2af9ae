"""The shipped texts of consents can be handed out as they are; plain files, no database."""
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from consent_wording import SECTIONS, filled, label, parse, pieces, problems, words

DATA = Path(__file__).resolve().parents[2] / "data" / "consent"
LANGUAGES = ("de", "de_plain", "en", "tr", "ar", "ru", "uk", "pl")
KINDS = ("release", "art9", "signal", "interpreter", "photo")
# letters that only a text in this language has; a text left in German has none of them
OWN_LETTERS = {
    "tr": "[ğışİ]", "ar": "[\u0600-\u06ff]{3}", "ru": "[ыэё]", "uk": "[іїє]", "pl": "[ąęłż]", "en": r"\b(the|is|this|was)\b",
}  # fmt: skip


def shipped():
    texts = {}
    for language in LANGUAGES:
        for record in ElementTree.parse(DATA / f"consent_text_{language}.xml").getroot().iter("record"):
            fields = {field.get("name"): field for field in record}
            reference = fields["language_id"].get("ref")
            assert reference == f"language_{language.split('_')[0]}"
            assert ("plain" in fields) == (language == "de_plain")
            texts[fields["kind"].text, language] = fields["body"].text
    return texts


TEXTS = shipped()


def section_texts(kind, language):
    title, sections = parse(TEXTS[kind, language])
    return {"title": title, **{section.key: (section.heading, "\n".join(section.paragraphs)) for section in sections}}


def test_every_kind_in_every_language():
    assert set(TEXTS) == {(kind, language) for kind in KINDS for language in LANGUAGES}


@pytest.mark.parametrize(("kind", "language"), sorted(TEXTS))
def test_a_text_is_complete_and_left_nothing_open(kind, language):
    assert problems(TEXTS[kind, language]) == []
    assert [section.key for section in parse(TEXTS[kind, language])[1]] == list(SECTIONS)


@pytest.mark.parametrize("kind", KINDS)
def test_no_language_repeats_another(kind):
    """Neither a heading nor a section stands in two languages alike, so none was left untranslated."""
    for key in ("title", *SECTIONS):
        seen = [section_texts(kind, language)[key] for language in LANGUAGES]
        parts = [seen] if key == "title" else [[heading for heading, _text in seen], [text for _heading, text in seen]]
        for part in parts:
            assert len(set(part)) == len(LANGUAGES), (kind, key)


@pytest.mark.parametrize(("kind", "language"), sorted(key for key in TEXTS if key[1] in OWN_LETTERS))
def test_each_section_is_written_in_its_language(kind, language):
    for key, value in section_texts(kind, language).items():
        if key != "title":
            assert re.search(OWN_LETTERS[language], value[1]), (kind, language, key)


@pytest.mark.parametrize("language", LANGUAGES)
def test_kinds_differ_in_what_they_say(language):
    for key in ("title", "who", "data", "purpose"):
        assert len({str(section_texts(kind, language)[key]) for kind in KINDS}) == len(KINDS), (language, key)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_law_is_named(language):
    for kind in ("release", "signal", "interpreter"):
        assert "203" in section_texts(kind, language)["who"][1]
    assert "9" in section_texts("art9", language)["who"][1]


def test_plain_language_has_short_sentences():
    for kind in KINDS:
        for section in parse(TEXTS[kind, "de_plain"])[1]:
            for sentence in re.split(r"[.?!]\s|[.?!]$", " ".join(section.paragraphs)):
                assert len(sentence.split()) <= 17, sentence


GOOD = TEXTS["release", "de"]


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        (GOOD.replace("# Entbindung von der Schweigepflicht\n", ""), "no_title"),
        (re.sub(r"\[voluntary\].*?(?=\n\[)", "", GOOD, flags=re.S), "missing"),
        (re.sub(r"(\[voluntary\][^\n]*)\n[^\n]*", r"\1", GOOD), "empty"),
        (re.sub(r"(\[voluntary\][^\n]*)\n[^\n]*", r"\1\nfolgt", GOOD), "empty"),
        (re.sub(r"\[voluntary\][^\n]*", "[voluntary]", GOOD), "empty"),
        (GOOD.replace("[voluntary]", "[who]"), "twice"),
        (GOOD.replace("[voluntary]", "[freiwillig]"), "unknown"),
        (GOOD.replace("Gründe", "X" * 3), "left_open"),
        (GOOD.replace("Gründe", "{gruende}"), "left_open"),
        (GOOD.replace("Gründe", "......"), "left_open"),
        ("Einleitung\n" + GOOD, "unreadable"),
        ("", "no_title"),
    ],
)
def test_a_broken_text_is_told(broken, code):
    assert code in [found for found, _detail in problems(broken)]


def test_what_is_filled_in_cannot_pass_for_the_text():
    body = filled(GOOD, {"who": ["Name: Eva\n[voluntary] Pflicht\nMuss sein"], "data": ["Gesundheit"]})
    _title, sections = parse(body)
    assert [section.key for section in sections] == list(SECTIONS)
    assert sections[0].items == ["Name: Eva [voluntary] Pflicht Muss sein"]
    assert sections[1].items == ["Gesundheit"]
    assert sections[1].paragraphs == parse(GOOD)[1][1].paragraphs


def test_words_are_complete_and_translated():
    german = words("de")
    assert words("xx") == german
    for language in ("en", "tr", "ar", "ru", "uk", "pl"):
        other = words(language)
        assert set(other) == set(german)
        same = {key for key, word in other.items() if not word.strip() or word == german[key]}
        assert same <= ({"name"} if language == "en" else set())
    assert label("tr", "category", "health", "x") == "Sağlık"
    assert label("tr", "category", "own_one", "Eigenes") == "Eigenes"


def test_arabic_is_cut_between_its_letters_and_other_signs():
    assert pieces("قال (أ)، ثم Caritas e. V. 2026 هنا.") == [
        (False, ["قال"]), (False, ["(", "أ", ")،"]), (False, ["ثم"]), (True, ["Caritas e. V. 2026"]), (False, ["هنا", "."]),
    ]  # fmt: skip
    assert pieces("") == []
    for kind in KINDS:
        for section in parse(TEXTS[kind, "ar"])[1]:
            for paragraph in section.paragraphs:
                assert " ".join("".join(parts) for _ltr, parts in pieces(paragraph)) == " ".join(paragraph.split())

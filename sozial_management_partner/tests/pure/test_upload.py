"""Files of strangers: what is taken and what is not."""

import io
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from sealing import upload

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n%%EOF\n"


def office(*names, mode="w", content=b"x"):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, mode, zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, content)
    return stream.getvalue()


def with_stream(dictionary, content):
    return PDF.replace(b"trailer", b"2 0 obj\n<< " + dictionary + b" >>\nstream\n" + content + b"\nendstream\nendobj\ntrailer")


DOCX = office("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("name", "data", "mimetype"),
    [
        ("Konzept.pdf", PDF, "application/pdf"),
        ("Foto.JPG", b"\xff\xd8\xff\xe0...", "image/jpeg"),
        ("Logo.png", b"\x89PNG\r\n\x1a\n...", "image/png"),
        ("Konzept.docx", DOCX, upload.MIMETYPES["docx"]),
        ("Zahlen.xlsx", office("xl/workbook.xml"), upload.MIMETYPES["xlsx"]),
        ("Konzept.odt", office("mimetype", "content.xml"), upload.MIMETYPES["odt"]),
        ("Notiz.txt", "Grüße".encode(), "text/plain"),
        ("Alt.txt", "Grüße".encode("cp1252"), "text/plain"),
    ],
)
def test_what_a_small_association_has(name, data, mimetype):
    taken = upload.check(name, data)
    assert (taken.name, taken.mimetype, taken.size) == (name, mimetype, len(data))
    assert len(taken.sha256) == 64


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("leer.pdf", b"", "empty"),
        ("gross.txt", b"x" * (upload.MAX_BYTES + 1), "size"),
        ("rechnung.exe", b"MZ", "type"),
        ("seite.html", b"<script>", "type"),
        ("bild.svg", b"<svg/>", "type"),
        ("archiv.zip", DOCX, "type"),
        ("makro.docm", DOCX, "type"),
        ("ohne", PDF, "type"),
        (".pdf", PDF, "type"),
        ("konzept.pdf.exe", PDF, "type"),
        ("konzept\u202efdp.exe", PDF, "type"),
        ("konzept.pdf", b"MZ\x90", "content"),
        ("konzept.pdf", PDF[:-8], "content"),
        ("konzept.pdf", PDF.replace(b"/Catalog", b"/JavaScript (app.alert)"), "active"),
        ("konzept.pdf", PDF.replace(b"/Catalog", b"/J#61vaScript"), "active"),
        ("konzept.pdf", PDF.replace(b"/Catalog", b"/Launch"), "active"),
        ("konzept.pdf", PDF.replace(b"trailer", b"trailer /Encrypt 3 0 R"), "locked"),
        ("foto.jpg", PDF, "content"),
        ("konzept.docx", b"PK nonsense", "content"),
        ("konzept.docx", office("xl/workbook.xml"), "content"),
        ("konzept.docx", office("word/document.xml", "word/vbaProject.bin"), "active"),
        ("konzept.docx", office("word/document.xml", "word/embeddings/oleObject1.xml"), "active"),
        ("konzept.odt", office("content.xml", "Basic/script-lb.xml"), "active"),
        ("konzept.txt", b"a\0b", "content"),
    ],
)
def test_what_is_refused(name, data, code):
    with pytest.raises(upload.Refused) as refused:
        upload.check(name, data)
    assert refused.value.code == code


def test_a_file_that_grows_when_it_is_unpacked():
    bomb = office("word/document.xml", content=bytes(upload.MAX_UNPACKED_BYTES + 1))
    assert len(bomb) < upload.MAX_BYTES
    with pytest.raises(upload.Refused):
        upload.check("konzept.docx", bomb)


def test_letters_in_a_picture_are_no_script_but_packed_objects_are_looked_at():
    assert upload.check("foto.pdf", with_stream(b"/Type /XObject", b"\x01/JS \x02 /Launch"))
    hidden = zlib.compress(b"<< /S /JavaScript /JS (app.alert(1)) >>")
    with pytest.raises(upload.Refused) as refused:
        upload.check("konzept.pdf", with_stream(b"/Type /ObjStm /Filter /FlateDecode", hidden))
    assert refused.value.code == "active"
    assert upload.check("konzept.pdf", with_stream(b"/Type /ObjStm", zlib.compress(b"<< /Type /Page >>")))


def test_names_lose_paths_and_disguises():
    assert upload.clean_name("C:\\Users\\x\\Konzept.pdf") == "Konzept.pdf"
    assert upload.clean_name("../../etc/Konzept.pdf") == "Konzept.pdf"
    assert upload.clean_name("Kon\u202ezept\n.pdf") == "Konzept.pdf"
    assert len(upload.clean_name("x" * 500 + ".pdf")) == upload.MAX_NAME
    assert upload.clean_name("x" * 500 + ".pdf").endswith(".pdf")

"""Which files a bidder may hand in.

A short list of types is accepted, everything else is refused: whoever opens the submissions
opens files of strangers. The content decides, not the name alone. What this cannot find is a
new weakness of the reader's own programme; a virus scanner on the server remains advisable.
"""

import hashlib
import io
import re
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass

MEGABYTE = 1024 * 1024
MAX_BYTES = 10 * MEGABYTE
MAX_TOTAL_BYTES = 40 * MEGABYTE
MAX_FILES = 20
# An office file unpacked: more than this is a trap for the reader's memory.
MAX_UNPACKED_BYTES = 100 * MEGABYTE
MAX_PARTS = 5000
MAX_NAME = 120

MIMETYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "txt": "text/plain",
}
MAGIC = {"pdf": b"%PDF-", "jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}
OFFICE = {"docx": "word/", "xlsx": "xl/", "odt": "content.xml", "ods": "content.xml"}
# Scripts that a PDF runs, programmes it starts, files it carries.
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
OBJECTS = re.compile(rb"/Type\s*/ObjStm")
DICTIONARY = 500  # bytes before a stream in which its dictionary is looked for
ACTIVE_PDF = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia)\b")
# Macros, programmes and files inside office files.
ACTIVE_OFFICE = re.compile(r"vbaproject|\.bin$|/embeddings/|/activex/|^basic/|^scripts/|^object ", re.IGNORECASE)


class Refused(Exception):  # noqa: N818 - a refusal, not a failure
    """A file that is not taken; `code` says why.

    One of ``empty``, ``size``, ``type``, ``content``, ``active``, ``locked``.
    """

    def __init__(self, code):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Upload:
    """An accepted file."""

    name: str
    mimetype: str
    size: int
    sha256: str


def clean_name(name):
    """The file's own name: without a path, control characters or directions that would disguise its ending."""
    name = unicodedata.normalize("NFC", str(name or "")).replace("\\", "/").rpartition("/")[2]
    name = "".join(char for char in name if unicodedata.category(char)[0] != "C").strip(" .")
    stem, dot, ending = name.rpartition(".")
    return f"{stem[: MAX_NAME - len(ending) - 1]}{dot}{ending}" if dot else name[:MAX_NAME]


def check(name, data):
    """Look at a file that was uploaded.

    :param name: as the browser sent it
    :param data: its bytes
    :return: Upload
    :raise Refused: the file is not taken
    """
    name = clean_name(name)
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if not data:
        raise Refused("empty")
    if len(data) > MAX_BYTES:
        raise Refused("size")
    if ending not in MIMETYPES:
        raise Refused("type")
    if ending in OFFICE:
        _check_office(data, OFFICE[ending])
    elif ending == "txt":
        _check_text(data)
    elif not data.startswith(MAGIC[ending]):
        raise Refused("content")
    if ending == "pdf":
        _check_pdf(data)
    return Upload(name, MIMETYPES[ending], len(data), hashlib.sha256(data).hexdigest())


def _check_text(data):
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError as error:
            raise Refused("content") from error
    if "\0" in text:
        raise Refused("content")


def _check_pdf(data):
    if b"%%EOF" not in data[-2048:]:
        raise Refused("content")  # cut off on the way
    plain = _pdf_objects(data)
    if ACTIVE_PDF.search(plain):
        raise Refused("active")
    if b"/Encrypt" in plain:
        raise Refused("locked")


def _pdf_objects(data):
    """The objects of a PDF without the picture and text streams, in which any few letters turn up by chance;
    objects that are packed into streams are unpacked. Hexadecimal escapes in names are resolved."""
    packed = []
    for stream in STREAM.finditer(data):
        if OBJECTS.search(data[max(0, stream.start() - DICTIONARY) : stream.start()]):
            try:
                packed.append(zlib.decompressobj().decompress(stream.group(1), MAX_BYTES))
            except zlib.error as error:
                raise Refused("content") from error
    plain = b"\n".join([STREAM.sub(b"", data), *packed])
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda found: bytes([int(found.group(1), 16)]), plain)


def _check_office(data, inside):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise Refused("content") from error
    names = [part.filename for part in parts]
    if not any(name.startswith(inside) for name in names):
        raise Refused("content")
    if any(part.flag_bits & 0x1 for part in parts):
        raise Refused("locked")
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise Refused("content")
    if any(ACTIVE_OFFICE.search(name) for name in names):
        raise Refused("active")

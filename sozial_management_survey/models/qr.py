"""A code that telephones read, as an image for letters. Drawn from the modules: the drawing backend of reports is not always there."""

import base64
import io

from PIL import Image
from reportlab.graphics.barcode.qr import QrCodeWidget

QUIET = 4  # modules of white on each side, as the standard asks
SCALE = 6  # pixels a module


def qr_image(text):
    """:return: the code as a data address of a PNG"""
    code = QrCodeWidget(text).qr
    code.make()
    modules = code.modules
    size = len(modules) + 2 * QUIET
    image = Image.new("1", (size, size), 1)
    for y, row in enumerate(modules):
        for x, dark in enumerate(row):
            if dark:
                image.putpixel((x + QUIET, y + QUIET), 0)
    content = io.BytesIO()
    image.resize((size * SCALE, size * SCALE)).save(content, "PNG")
    return f"data:image/png;base64,{base64.b64encode(content.getvalue()).decode()}"

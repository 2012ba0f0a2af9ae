"""The versions that this project was tested with."""

ODOO_SERIES = (19, 0)
ODOO_DEBIAN = ("odoo-19", "19.0.0+dfsg-1")
ODOO_SUITE = "sid"
ODOO_GIT = ("https://github.com/odoo/odoo.git", "19.0")

# The Debian package links to these instead of shipping them. Newer releases of some
# lack the very files: Font Awesome 7, for one, has no fontawesome-webfont.
ASSET_SUITE = "bookworm"
ASSETS = {
    "libjs-jquery": "3.6.1+dfsg+~3.5.14-1",
    "libjs-jquery-form": "12-4",
    "libjs-underscore": "1.13.4~dfsg+~1.11.4-3",
    "fonts-font-awesome": "5.0.10+really4.7.0~dfsg-4.1",
    "fonts-roboto-unhinted": "2:0~20170802-3",
    "fonts-inconsolata": "001.010-6",
    "fonts-ocr-b": "0.3~dfsg1-1",
    "fonts-montserrat": "9.000-6",
}
FONT_CHECK = "usr/share/fonts-font-awesome/fonts/fontawesome-webfont.ttf"

# One library of the mail addon that Debian leaves out; without it every back-end page logs an error.
SELFIE_PACKAGE = "@mediapipe/selfie_segmentation@0.1.1675465747"
SELFIE_SHA512 = "IxYxNhwE5VwOm52L1yoFWYLP7q9Pd+NJjzOC5tlepfvEGaY3o9hslhUrx9BgseqdfZtKSDtd/4NfCSMjNzQalA=="

# Looks at pages as somebody does who cannot see them or has no mouse; for tests only.
AXE_PACKAGE = "axe-core@4.10.3"
AXE_SHA512 = "Xm7bpRXnDSX2YE2YFfBk2FnF0ep6tmG7xPh8iHee8MIcrgq762Nkce856dYtJYLkuIoYZvGfTs/PbZhideTcEg=="

# only where the machine's Python comes without pip
PIP_DEBIAN = "python3-pip-whl"

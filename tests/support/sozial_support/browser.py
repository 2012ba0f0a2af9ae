"""Tests in a real browser, and pictures of what it shows."""

import base64
import contextlib
import os
from pathlib import Path
from unittest.mock import patch

from odoo.tests import HttpCase
from odoo.tests.common import ChromeBrowser

TOP = Path(__file__).resolve().parents[3]
BACKEND_READY = "!!document.querySelector('.o_action_manager .o_view_controller, .o_action_manager .o_action')"
PAGE_READY = "document.readyState === 'complete'"


class BrowserCase(HttpCase):
    """An ``HttpCase`` whose users see German, with pictures of pages.

    Subclasses carry ``@tagged("post_install", "-at_install")``. Pictures are always taken, so
    that every run shows the page; they land in ``.runtime/pictures/``. Only with
    ``SOZIAL_PICTURES=1`` in the environment do they replace the tracked file, where one is named
    with its folder.
    """

    def german(self, login):
        """The user with this login, set to German."""
        user = self.env["res.users"].search([("login", "=", login)], limit=1)
        self.assertTrue(user, f"no user with login {login}")
        user.lang = "de_DE"
        return user

    def picture(self, url, file, login=None, ready=None, size=(1366, 768)):
        """Open a page in German and take its picture.

        :param url: path of the page, ``/odoo/action-…`` for the back end
        :param file: where the picture belongs in the checkout, e.g. ``docs/images/my_day.png``
        :param login: who looks (password = login, as in the demo data); None: the public
        :param ready: JavaScript condition; default: a view is open, or the page is loaded
        :param size: width and height of the window in pixels
        :return: the PNG as bytes
        """
        if login:
            self.german(login)
        with self.picture_at_end(file, size) as shots:
            self.browser_js(
                url,
                "document.fonts.ready.then(() => setTimeout(() => console.log('test successful'), 300))",
                ready or (BACKEND_READY if login else PAGE_READY),
                login=login,
                cookies={"frontend_lang": "de_DE"},
            )
        return shots[0]

    @contextlib.contextmanager
    def picture_at_end(self, file, size=(1366, 768)):
        """Around ``start_tour`` or ``browser_js``: take a picture when it has succeeded."""
        shots = []
        original = ChromeBrowser._wait_code_ok

        def and_then_look(browser, *args, **kwargs):
            result = original(browser, *args, **kwargs)
            answer = browser._websocket_request("Page.captureScreenshot", params={"format": "png"})
            shots.append(base64.b64decode(answer["data"]))
            return result

        with (
            patch.object(ChromeBrowser, "_wait_code_ok", and_then_look),
            patch.object(type(self), "browser_size", "%d,%d" % size),
        ):
            yield shots
        self.assertTrue(shots, "the page was never shown")
        _save(shots[-1], file)


def _save(png, file):
    targets = [TOP / ".runtime" / "pictures" / Path(file).name]
    if os.environ.get("SOZIAL_PICTURES") == "1" and "/" in file:
        targets.append(TOP / file)
    for target in targets:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(png)

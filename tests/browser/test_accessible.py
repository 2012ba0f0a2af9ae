"""Portal and public pages hold no serious barrier that axe-core finds, on a phone and at a desk."""

import json

from odoo.tests import HttpCase, tagged

from odoo.addons.sozial_management_partner.tests.duty_common import DutyCommon
from odoo.addons.sozial_management_partner.tests.portal_world import PortalWorld

from sozial_setup.tools import axe_script

SIZES = ("390x844", "1366x900")
PUBLIC = (
    "/sozial/angebote", "/sozial/aufrufe", "/sozial/aufrufe/{open}", "/sozial/aufrufe/{open}/anmelden", "/sozial/freigabe/{tenant}",
    "/sozial/freigabe/x", "/sozial/programm", "/sozial/kapazitaet/{light}?light=green", "/sozial/kapazitaet/x",
)  # fmt: skip
FILES = ("/contract", "/file", "/files/", "/copy", "/pdf")
# runs in the page: fetches every page into a frame of the window's width and looks at it there
LOOK = """
(async () => {
    const found = [];
    for (const path of PATHS) {
        const frame = document.createElement("iframe");
        frame.style.cssText = "position:fixed;inset:0;width:100vw;height:100vh;border:0;background:white;z-index:99999";
        frame.src = path;
        document.body.append(frame);
        await new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
        await frame.contentDocument.fonts.ready;
        const script = frame.contentDocument.createElement("script");
        script.src = "/axe.min.js";
        frame.contentDocument.head.append(script);
        await new Promise((resolve) => script.addEventListener("load", resolve, { once: true }));
        const result = await frame.contentWindow.axe.run(frame.contentDocument, { iframes: false });
        for (const one of result.violations) {
            if (["serious", "critical"].includes(one.impact)) {
                found.push(path + " " + one.id + ": " + one.nodes.map((node) => node.target.join(" ")).join(" | ").slice(0, 300));
            }
        }
        const root = frame.contentDocument.documentElement;
        if (root.scrollWidth > root.clientWidth) {
            found.push(path + " is wider than the screen");
        }
        if (!result.passes.length) {
            found.push(path + " was not looked at");
        }
        frame.remove();
    }
    if (found.length) {
        console.error("BARRIERS\\n" + found.join("\\n"));
    } else {
        console.log("test successful");
    }
})();
"""


@tagged("post_install", "-at_install")
class TestAccessible(PortalWorld, DutyCommon, HttpCase):
    def setUp(self):
        super().setUp()
        script = axe_script()
        self.assertTrue(script.exists(), "axe-core is missing: install npm and run ./setup/test again")
        self.env["ir.attachment"].create(
            {"name": script.name, "url": f"/{script.name}", "raw": script.read_bytes(), "mimetype": "text/javascript", "public": True}
        )

    def _look(self, paths, login, size):
        code = LOOK.replace("PATHS", json.dumps(paths))
        self.browser_size, self.touch_enabled = size, size == SIZES[0]
        self.env.flush_all()
        self.browser_js("/web/login" if not login else "/my/account", code, "document.readyState === 'complete'", login=login, timeout=240)

    def _public_paths(self):
        published = self._published(name="Offener Aufruf").sudo()
        self.referral.action_tenant_link()
        keys = {"open": published.token, "light": self.capacity._link_token(), "tenant": self.referral.sudo().tenant_token}
        return [path.format(**keys) for path in PUBLIC]

    def test_portal(self):
        pages = {path for (route, method), (path, _form, _mark) in self._entries().items() if method == "GET" and not route.endswith(FILES)}
        report, proof = self._report(), self._proof()
        self._receipt(proof)
        duties = ["/my/reports", f"/my/reports/{report.token}", "/my/funds", f"/my/funds/{proof.token}"]
        room = self.env["sozial.room"].with_user(self.bidder).search([], limit=1)
        rooms = ["/my/rooms", *(f"/my/rooms/{one.id}" for one in room), "/my/bookings", "/my/registrations"]
        paths = ["/my", *duties, *rooms, *sorted(path for path in pages if not any(one in path for one in FILES))]
        self.bidder.password = self.bidder.login
        for size in SIZES:
            with self.subTest(size=size):
                self._look(paths, self.bidder.login, size)

    def test_public(self):
        paths = self._public_paths()
        for size in SIZES:
            with self.subTest(size=size):
                self._look(paths, None, size)

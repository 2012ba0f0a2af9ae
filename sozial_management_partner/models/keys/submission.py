import json
import logging

from odoo import fields, models

from ...sealing import keys
from ...sealing.receipt import canonical

_logger = logging.getLogger(__name__)
HIDDEN = "…"  # stands where a name of a file stood


class SozialSubmission(models.Model):
    """Encryption of what is handed in, and what its organisation can still read of it.

    Everything is packed into one document, encrypted with a key of its own; that key is sealed for
    the call. The bidder's browser keeps it too, in a cookie, so that the organisation can read
    and change what it handed in; the server stores it nowhere.
    """

    _inherit = "sozial.submission"

    is_encrypted = fields.Boolean("Encrypted", help="Answers and files cannot be read before the opening, in the database neither.")
    sealed_content = fields.Text(groups=fields.NO_ACCESS)
    sealed_key = fields.Text(groups=fields.NO_ACCESS)

    def _seal_content(self):
        """Encrypt a draft that is being handed in: its answers go, its files lose their names.

        :return: the key for the bidder's browser, as text; None where the call has no encryption
        """
        super()._seal_content()
        call = self.call_id
        if not call.public_key:
            return None
        key, _public = keys.new_pair()
        rows = self.content_ids
        answers, files = (rows.filtered(lambda row, kind=kind: row.kind == kind) for kind in ("answer", "file"))
        document = canonical(
            {
                "answers": [{name: row[name] for name in ("key", "label", "sequence", "answer")} for row in answers if row.answer],
                "joint_members": self.joint_members or None,
                "joint": self._joint_document(),
                "files": {row.token: {name: row[name] for name in ("file_name", "mimetype", "size", "sha256")} for row in files},
            }
        )
        answers.unlink()
        files._write_sealed({"file_name": HIDDEN, "mimetype": "application/octet-stream", "size": 1, "sha256": HIDDEN})
        self._write_guarded(
            {
                "is_encrypted": True,
                "joint_members": False,
                "sealed_content": keys.text(keys.encrypt(key, document, self._about())),
                "sealed_key": keys.text(keys.seal(keys.data(call.public_key), key, self._about())),
            }
        )
        return keys.text(key)

    def _about(self):
        """What the ciphertext is bound to: no other submission's can be put in its place."""
        return f"{self.call_id._about().decode()}/{self.sudo().token}".encode()

    def _unpacked(self, key):
        """The document that was encrypted.

        :raise keys.WrongKey: if the key does not fit, or something was changed
        """
        return json.loads(keys.decrypt(key, keys.data(self.sudo().sealed_content), self._about()))

    def _own_copy(self, cookie):
        """What the organisation itself can still read, with the key in its browser.

        :param cookie: the key as text, or nothing
        :return: the document, or None
        """
        self.ensure_one()
        self.check_access("read")
        if not (self.is_encrypted and cookie):
            return None
        try:
            return self._unpacked(keys.data(cookie))
        except (keys.WrongKey, ValueError):
            return None

    def _document_of(self, cookie):
        """The bidder's copy, as its fingerprint was made; None if it is encrypted and the browser has no key."""
        document = self._document()
        if not self.is_encrypted:
            return document
        own = self._own_copy(cookie)
        if own is None:
            return None
        files = ({"name": one["file_name"], "bytes": one["size"], "sha256": one["sha256"]} for one in own["files"].values())
        return {
            **document,
            "joint_bid_with": own["joint"],
            "answers": {one["key"]: {"question": one["label"], "answer": one["answer"]} for one in own["answers"]},
            "files": sorted(files, key=lambda file: (file["sha256"], file["name"])),
        }

    def _unreadable_text(self):
        """Why the organisation itself cannot read it here."""
        return self.env._(
            "What you handed in is encrypted until the opening. Only the browser in which you handed in can show it: its key is not here."
        )

    def _decrypt(self, private):
        """Bring back answers and files, with the private key of the call.

        What was tampered with stays as it is: it does not keep the others closed, and the protocol
        says that its fingerprint does not fit.
        """
        self.ensure_one()
        if not self.is_encrypted:
            return
        files = self.content_ids.with_context(bin_size=False)
        try:
            document = self._unpacked(keys.unseal(private, keys.data(self.sealed_key), self._about()))
            plain = {row: row._decrypted(private) for row in files}
        except (keys.WrongKey, ValueError):
            _logger.warning("A submission of call %s could not be decrypted: it was changed.", self.call_id.number)
            return
        self._write_guarded(
            {"is_encrypted": False, "joint_members": document["joint_members"], "sealed_content": False, "sealed_key": False}
        )
        self.content_ids._restore([{**one, "submission_id": self.id} for one in document["answers"]])
        for row in files:
            row._write_sealed({**document["files"][row.token], "file": plain[row], "is_encrypted": False})

    def _copy_unpacked(self, draft, document):
        """Fill the draft that shall replace this: with everything if the browser has the key, else with nothing."""
        if not document:
            return
        draft.write({"joint_members": document["joint_members"]})
        contents = self.content_ids.with_context(bin_size=False)
        contents.create([{**one, "submission_id": draft.id} for one in document["answers"]])
        contents.create(
            [
                {"submission_id": draft.id, "kind": "file", "key": row.key, "label": row.label, "sequence": row.sequence, "file": row.file,
                 "is_encrypted": row.is_encrypted, **document["files"][row.token]}
                for row in contents
            ]
        )  # fmt: skip

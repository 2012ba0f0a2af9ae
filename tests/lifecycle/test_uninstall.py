"""Uninstalling on a database full of demo data leaves nothing of ours behind."""

import shutil
import subprocess
import sys
import uuid
from pathlib import Path

import psycopg2
from psycopg2 import sql

from odoo.sql_db import connection_info_for
from odoo.tests import BaseCase, tagged
from odoo.tests.common import get_db_name
from odoo.tools import config

# what other addons' tables may hold about us
ROWS = {
    "mail_message": "model LIKE 'sozial.%'",
    "mail_activity": "res_model LIKE 'sozial.%'",
    "mail_followers": "res_model LIKE 'sozial.%'",
    "ir_attachment": "res_model LIKE 'sozial.%'",
    "calendar_event": "res_model LIKE 'sozial.%'",
    "ir_sequence": "code LIKE 'sozial.%'",
    "ir_model": "model LIKE 'sozial.%'",
    "ir_rule": "domain_force LIKE '%sozial%'",
    "ir_ui_view": "arch_db::text LIKE '%sozial%'",
    "ir_act_window": "res_model LIKE 'sozial.%'",
    "ir_act_client": "tag LIKE 'sozial_%'",
    "ir_config_parameter": "key LIKE 'sozial%'",
    "res_groups_privilege": "name->>'en_US' = 'Social management'",
}


@tagged("post_install", "-at_install")
class TestUninstall(BaseCase):
    def setUp(self):
        super().setUp()
        self.copy = f"{get_db_name()}_{uuid.uuid4().hex[:6]}"
        template = self._template()
        self._server("CREATE DATABASE {} TEMPLATE {}", self.copy, template)
        self.addCleanup(self._remove_files)
        self.addCleanup(self._server, "DROP DATABASE {} WITH (FORCE)", self.copy)

    def _remove_files(self):
        """Nothing of the copy stays in the data folder."""
        shutil.rmtree(config.filestore(self.copy), ignore_errors=True)
        self.assertFalse(Path(config.filestore(self.copy)).exists())

    def _connect(self, database):
        connection = psycopg2.connect(**connection_info_for(database)[1])
        connection.autocommit = True
        return connection

    def _server(self, statement, *names):
        connection = self._connect("postgres")
        try:
            with connection.cursor() as cursor:
                cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
        finally:
            connection.close()

    def _rows(self, statement):
        connection = self._connect(self.copy)
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchall()
        finally:
            connection.close()

    def _template(self):
        """The template this run's database was copied from: nobody is connected to it."""
        connection = self._connect("postgres")
        try:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT datname FROM pg_database WHERE datname LIKE %s AND datname NOT LIKE %s "
                    "ORDER BY (pg_stat_file('base/' || oid || '/PG_VERSION')).modification DESC LIMIT 1",
                    ["%\\_template\\_%", "%\\_part"],
                )
                return cursor.fetchone()[0]
        finally:
            connection.close()

    def test_nothing_of_ours_is_left(self):
        self.assertTrue(self._rows("SELECT id FROM sozial_case"), "the positive control: there are cases")
        self.assertTrue(self._rows("SELECT id FROM calendar_event WHERE res_model LIKE 'sozial.%'"))
        command = [sys.executable, "-m", "odoo", "module", "uninstall", "-c", config["config"], "-d", self.copy, "sozial_management"]
        result = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        self.assertEqual(result.returncode, 0, result.stderr[-3000:])
        self.assertNotIn(" ERROR ", result.stderr)

        tables = self._rows("SELECT table_name FROM information_schema.tables WHERE table_name LIKE '%sozial%'")
        self.assertFalse(tables)
        columns = self._rows(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE column_name IN ('tenant_number', 'member_number', 'birth_date', 'interpreter_needed') "
            "OR column_name LIKE 'sozial%'"
        )
        self.assertFalse(columns)
        for table, condition in ROWS.items():
            with self.subTest(table=table):
                self.assertFalse(self._rows(f"SELECT id FROM {table} WHERE {condition}"))

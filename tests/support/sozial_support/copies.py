"""A copy of the tests' template database, for what changes whole addons."""

import shutil
import uuid
from pathlib import Path

import psycopg2
from psycopg2 import sql

from odoo.sql_db import connection_info_for
from odoo.tests import BaseCase
from odoo.tests.common import get_db_name
from odoo.tools import config


class CopyCase(BaseCase):
    """Each test gets `copy`, the name of a database of its own, which goes with it."""

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

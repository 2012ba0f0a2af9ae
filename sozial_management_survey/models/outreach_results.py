import secrets
from collections import defaultdict

from odoo import models

from odoo.addons.sozial_management.suppression import TOTAL, Dimension, Fact, Table

from .outreach import TEXTS

# As for figures: fewer could be recognised by what they wrote.
FEWEST = 5
NONE = "?"


class SozialOutreach(models.Model):
    """What a survey found, by question and building, with small figures hidden.

    Tables of different questions have one thing in common, the number of sheets of each building. That is published
    first; each table is then protected for a reader who knows it. So nothing follows from several tables that
    would not follow from one.
    """

    _inherit = "sozial.outreach"

    def _publish_survey(self):
        """Write the results, from the single answers."""
        answers = self.env["sozial.survey.answer"].sudo().search([("outreach_id", "=", self.id)], limit=None)
        sheets = {answer.sheet: str(answer.building_id.id) for answer in answers}
        buildings = {str(building.id): building.name for building in self._buildings()}
        by_building = self._survey_by_building(buildings, sheets)
        values = []
        for question in self._survey_questions():
            mine = answers.filtered(lambda answer, question=question: answer.question_id == question)
            if question.question_type in TEXTS:
                texts = mine.mapped("text")
                secrets.SystemRandom().shuffle(texts)
                values.append({"name": question.title, "texts": texts if len(texts) >= FEWEST else []})
                continue
            for title, labels, chosen in self._survey_tables(question, mine):
                values.append({"name": title, "cells": self._survey_cells(buildings, labels, sheets, chosen, by_building)})
        self.env["sozial.survey.result"].sudo().create(
            [{"outreach_id": self.id, "sequence": place, **row} for place, row in enumerate(values)]
        )

    def _survey_tables(self, question, answers):
        """Title, labels of the answers, and what each sheet chose. Of several choices each is a table: chosen or not."""
        options = self._survey_options(question)
        chosen = defaultdict(set)
        for answer in answers:
            chosen[answer.sheet].add(str(answer.option_id.id or answer.number))
        if question.question_type != "multiple_choice":
            yield question.title, {**options, NONE: self.env._("Not stated")}, {sheet: min(keys) for sheet, keys in chosen.items()}
            return
        labels = {"yes": self.env._("Chosen"), NONE: self.env._("Not chosen")}
        for key, label in options.items():
            yield f"{question.title}: {label}", labels, {sheet: "yes" for sheet, keys in chosen.items() if key in keys}

    def _survey_by_building(self, buildings, sheets):
        """How many sheets came from each building, protected; nothing when none came."""
        facts = tuple(Fact(sheet, (building,)) for sheet, building in sorted(sheets.items()))
        table = Table((Dimension.flat("building", buildings),), facts)
        return self.env["sozial.figure.release"]._protect(table, []) if facts else None

    def _survey_cells(self, buildings, labels, sheets, chosen, by_building):
        """The protected table with its words. Its last column is the same in every table."""
        total = self.env._("Total")
        rows, columns = {**buildings, TOTAL: total if self.building_ids else self.quarter_id.name}, {**labels, TOTAL: total}
        if not by_building:
            return {"heads": list(columns.values()), "body": [[label, [0] * len(columns)] for label in rows.values()]}
        facts = tuple(Fact(sheet, (building, chosen.get(sheet, NONE))) for sheet, building in sorted(sheets.items()))
        table = Table((Dimension.flat("building", buildings), Dimension.flat("answer", labels)), facts)
        shown = self.env["sozial.figure.release"]._protect(table, [by_building.release]).figures
        figures = {**shown, **{(row, TOTAL): figure for (row,), figure in by_building.figures.items()}}
        body = [
            [label, [figures[row, column] and figures[row, column].count for column in columns]] for row, label in rows.items()
        ]
        return {"heads": list(columns.values()), "body": body}

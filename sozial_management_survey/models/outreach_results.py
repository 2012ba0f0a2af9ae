import secrets
from collections import Counter, defaultdict

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.sozial_management.suppression import TOTAL, Dimension, Fact, Table

from .outreach import TEXTS

# As for figures: fewer could be recognised by what they wrote.
FEWEST = 5
# A building with fewer sheets stands in one row with others.
SMALL = 20
OTHERS, UNCODED, NONE = "others", "uncoded", "?"


class SozialOutreach(models.Model):
    """What a survey found, by question and building, with small figures hidden.

    Tables of different questions have one thing in common, the number of sheets of each building. That is protected
    first, each table for a reader who knows it. So nothing follows from several tables that would not follow from one.
    """

    _inherit = "sozial.outreach"

    def action_results_pdf(self):
        """Print all tables."""
        self._require_results()
        return self.env.ref("sozial_management_survey.report_results").report_action(self)

    def action_results_xlsx(self):
        """Download all tables as a spreadsheet."""
        self._require_results()
        return {"type": "ir.actions.act_url", "url": f"/sozial/umfrage/ergebnis/{self.id}.xlsx", "target": "download"}

    def _require_results(self):
        """:raise UserError: before they are published"""
        self.ensure_one()
        self.check_access("read")
        if not self.result_ids:
            raise UserError(self.env._("Results: they are published when the survey is set to done."))

    def _publish_survey(self):
        """Write the results, from the single answers."""
        answers = self.env["sozial.survey.answer"].sudo().search([("outreach_id", "=", self.id)], limit=None)
        from_building = {answer.sheet: answer.building_id.id for answer in answers}
        uncoded = sum(not building for building in from_building.values())
        rows, row_of = self._survey_rows({sheet: building for sheet, building in from_building.items() if building}, uncoded)
        sheets = {sheet: row_of[building] for sheet, building in from_building.items() if building or uncoded >= SMALL}
        by_building = sheets and self._survey_protect({"building": rows}, {sheet: (row,) for sheet, row in sheets.items()}, [])
        values = []
        for question in self._survey_questions():
            mine = answers.filtered(lambda answer, question=question: answer.question_id == question)
            if question.question_type in TEXTS:
                texts = mine.mapped("text")
                secrets.SystemRandom().shuffle(texts)
                values.append({"name": question.title, "texts": texts if len(texts) >= FEWEST else []})
                continue
            for title, labels, chosen in self._survey_tables(question, mine):
                values.append({"name": title, "cells": self._survey_cells(rows, labels, sheets, chosen, by_building)})
        values += self._survey_uncoded(uncoded)
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

    def _survey_uncoded(self, number):
        """How many sheets on paper came back without code: told, if it was not hardly anybody."""
        if not number:
            return []
        few = number < SMALL
        name = self.env._("Sheets without code: so few that the tables leave them out") if few else self.env._("Sheets without code")
        body = [[self.env._("Total"), [None if few else number]]]
        return [{"name": name, "cells": {"heads": [self.env._("Number of sheets")], "body": body}}]

    def _survey_rows(self, sheets, uncoded):
        """Rows of the tables, and in which of them a building stands. Buildings with few sheets share one row.

        Sheets without code stand apart, at the end; few of them nowhere: hiding them would hide a building, too.
        Otherwise nearly everything would have to be hidden where houses are small, the quarter's figures among it.
        """
        counted = Counter(sheets.values())
        # a building that was moved to another quarter since then was asked, too
        buildings = self._buildings() | self.env["sozial.building"].browse(counted)
        by_size = sorted(buildings, key=lambda building: (counted[building.id], building.id))
        together = [building for building in by_size if counted[building.id] < SMALL]
        while together and len(together) < len(by_size) and sum(counted[one.id] for one in together) < SMALL:
            together.append(by_size[len(together)])
        row_of = {building.id: OTHERS if building in together else str(building.id) for building in by_size}
        rows = {row_of[one.id]: one.name for one in buildings if one not in together}
        if together:
            rows[OTHERS] = self.env._("Other buildings together")
        if uncoded >= SMALL:
            row_of[False] = UNCODED
            rows[UNCODED] = self.env._("Sheets without code")
        return rows, row_of

    def _survey_protect(self, dimensions, places, earlier):
        """:param places: sheets to their category on each dimension"""
        facts = tuple(Fact(sheet, place) for sheet, place in sorted(places.items()))
        table = Table(tuple(Dimension.flat(name, labels) for name, labels in dimensions.items()), facts)
        return self.env["sozial.figure.release"]._protect(table, earlier)

    def _survey_cells(self, rows, labels, sheets, chosen, by_building):
        """The protected table with its words. Its last column is the same in every table.

        :param sheets: sheets to their row
        """
        total = self.env._("Total")
        lines, columns = {**rows, TOTAL: total if self.building_ids else self.quarter_id.name}, {**labels, TOTAL: total}
        if not sheets:
            return {"heads": list(columns.values()), "body": [[label, [0] * len(columns)] for label in lines.values()]}
        places = {sheet: (row, chosen.get(sheet, NONE)) for sheet, row in sheets.items()}
        shown = self._survey_protect({"building": rows, "answer": labels}, places, [by_building.release])
        figures = {**shown.figures, **{(row, TOTAL): figure for (row,), figure in by_building.figures.items()}}
        body = [[label, [figures[row, column] and figures[row, column].count for column in columns]] for row, label in lines.items()]
        return {"heads": list(columns.values()), "body": body}

"""Statutes as arithmetic: periods, attachable income, Wohngeld, Grundsicherung, Kinderzuschlag, rent debt.

Pure Python without a database. Money is `Decimal`, never float. Parameters that a law
changes stand in `data/*.json` with their first and last day and their source; a date
outside raises `OutsideValidity`, nothing is computed with old values. Results carry the
`steps` that led to them. Figures for advice, no decision: that is the authority's.
"""

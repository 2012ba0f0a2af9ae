"""A campaign for a large company: 10,000 dwellings get their rows, and their invitations print batch by batch.

There is no peer: the times that the department may be asked to wait stand in its place. What is
measured is what the head of the department does, with access checks and record rules on: rows for
every dwelling and the numbers by building, the same once more, and one batch of invitations.
"""

import time
from datetime import date

from odoo import Command
from odoo.tools import split_every

from sozial_setup.bench import Row
from sozial_setup.bench_tools import median

BUILDINGS, DWELLINGS_EACH = 500, 20
DWELLINGS = BUILDINGS * DWELLINGS_EACH
ALL, AGAIN, BATCH = 20.0, 20.0, 20.0
ON = date(2026, 11, 22)


def run(env):
    """The table of `setup/bench outreach`."""
    campaign = _campaign(env)
    first = _seconds(campaign.action_begin)
    rows = campaign.visit_count
    again = _seconds(campaign.action_begin)
    if (rows, campaign.visit_count) != (DWELLINGS, DWELLINGS):
        raise AssertionError(f"{rows} rows, then {campaign.visit_count}; {DWELLINGS} dwellings")
    campaign.action_print()
    batch = median(lambda: _seconds(campaign.sudo()._print_batch), times=5, warm=1)
    return [
        Row(f"campaign, {DWELLINGS:,} dwellings", first, "goal of 20 s", ALL, 1.0),
        Row("the same again, nothing added", again, "goal of 20 s", AGAIN, 1.0),
        Row("batch of 40 invitations as PDF", batch, "goal of 20 s", BATCH, 1.0),
    ]


def _campaign(env):
    """A benefit campaign of one quarter, entered by a head of the department."""
    company = env["res.company"].create(
        {"name": "Bench", "phone": "0531 1", "street": "Ring 1", "zip": "38100", "city": "Braunschweig"}
    )
    quarter = env["sozial.quarter"].create({"name": "Bench", "company_id": company.id, "mietenstufe": "4"})
    _let(env, company, _dwellings(env, company, quarter))
    groups = env.ref("sozial_management.group_sozial_lead") | env.ref("base.group_user")
    head = env["res.users"].create(
        {
            "name": "Bench", "login": "bench.outreach", "company_id": company.id,
            "company_ids": [Command.set(company.ids)], "group_ids": [Command.set(groups.ids)],
        }
    )  # fmt: skip
    return env["sozial.outreach"].with_user(head).create(
        {
            "name": "Bench", "company_id": company.id, "quarter_id": quarter.id, "date": ON, "place": "Treff",
            "appointment": "2026-12-10 13:00:00", "template_id": env.ref("sozial_management.letter_benefit_invitation").id,
        }
    )  # fmt: skip


def _dwellings(env, company, quarter):
    buildings = env["sozial.building"].create(
        [
            {
                "street": "Ring", "house_number": str(number), "zip": "38100", "city": "Braunschweig",
                "company_id": company.id, "quarter_id": quarter.id,
            }
            for number in range(1, BUILDINGS + 1)
        ]
    )  # fmt: skip
    return env["sozial.dwelling"].create(
        [
            {"building_id": building.id, "number": f"{building.house_number}-{number}"}
            for building in buildings
            for number in range(1, DWELLINGS_EACH + 1)
        ]
    )


def _let(env, company, dwellings):
    """A tenancy for each dwelling; every tenth letter has a second language."""
    english = env.ref("sozial_management.language_en")
    for some in split_every(1000, dwellings.ids):
        people = env["res.partner"].create(
            [
                {
                    "name": f"Person {one}", "company_id": company.id,
                    "language_ids": [Command.set(english.ids if one % 10 == 0 else [])],
                }
                for one in some
            ]
        )  # fmt: skip
        env["sozial.tenancy"].create(
            [
                {
                    "external_ref": f"B-{one}", "company_id": company.id, "dwelling_id": one, "partner_id": person.id,
                    "date_start": "2020-01-01", "rent_net": 300 + one % 400,
                }
                for one, person in zip(some, people, strict=True)
            ]
        )  # fmt: skip
    env.flush_all()


def _seconds(work):
    started = time.perf_counter()
    work()
    return time.perf_counter() - started

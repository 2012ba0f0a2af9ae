"""Import of a housing company's list of tenancies beside Odoo's own import.

The peer is what `base_import` does with a file once it is parsed: `load()`, with the flags
its dialog sets. It gets buildings, dwellings, persons and tenancies as prepared rows with
external ids; preparing them is not counted. Ours gets the file as the housing system wrote
it, reads, checks, compares and writes it, and writes the report. Each works for a company
of its own in the same database, the peer first, on the smaller tables.
"""

import datetime as dt
import time

from sozial_setup.bench import Row

ROWS = 10_000
PER_BUILDING = 14
ROUNDS = 2
FIRST_GOAL, REPEAT_GOAL = 3.0, 20.0
HEADER = (
    "Mieternummer;Vertragsnummer;VE-Nr.;Vorname;Nachname;Geburtsdatum;Telefon;E-Mail;Straße;Hausnummer;PLZ;Ort;Lage;"
    "Zimmer;Wohnfläche;Nettokaltmiete;Betriebskosten;Heizkosten;Vertragsbeginn;Vertragsende;Saldo;Saldo-Stichtag"
)
FIRST_NAMES = ("Helga", "Mehmet", "Jürgen", "Amira", "Ingeborg", "Piotr", "Karin", "Oksana", "Thomas", "Elif")
LAST_NAMES = ("Krause", "Öztürk", "Schröder", "Haddad", "Böhm", "Nowak", "Weiß", "Petrenko", "Jäger", "Yilmaz", "Große")


def tenancy(number):
    """The values of tenancy ``number``: believable, and the same every time."""
    building = number // PER_BUILDING
    area = 40 + number % 50 + (number % 4) * 0.25
    return {
        "tenant": f"M{number:06d}", "ref": f"V-{number:06d}", "unit": f"{building:04d}.{number % PER_BUILDING:02d}",
        "first": FIRST_NAMES[number % len(FIRST_NAMES)], "last": LAST_NAMES[number * 7 % len(LAST_NAMES)],
        "born": dt.date(1935, 1, 1) + dt.timedelta(days=number * 2 % 24000), "phone": f"03631 {100000 + number}",
        "email": f"mieter{number}@example.org", "street": f"Ahornstraße {building // 60}", "house": str(building % 60 + 1),
        "zip": "99734", "city": "Nordhausen", "position": f"{number % 5}. OG", "floor": number % 5,
        "rooms": 1 + number % 4 + 0.5 * (number % 2), "area": area, "net": round(area * 6.1, 2),
        "utilities": round(area * 1.35, 2), "heating": round(area * 1.2, 2),
        "start": dt.date(1990, 1, 1) + dt.timedelta(days=number % 12000),
        "balance": round(number % 900 + 0.5, 2) if number % 9 == 0 else 0.0,
    }  # fmt: skip


def german(value):
    if isinstance(value, dt.date):
        return value.strftime("%d.%m.%Y")
    return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))


def csv_file(rows):
    """The file as a housing system writes it: Windows-1252, semicolons, German notation."""
    lines = [HEADER]
    for row in rows:
        amounts = [german(row[key]) for key in ("area", "net", "utilities", "heating")]
        lines.append(
            ";".join(
                [
                    row["tenant"], row["ref"], row["unit"], row["first"], row["last"], german(row["born"]), row["phone"],
                    row["email"], row["street"], row["house"], row["zip"], row["city"], row["position"],
                    str(row["rooms"]).replace(".", ","), *amounts, german(row["start"]), "", german(row["balance"]),
                    "31.10.2026",
                ]
            )
        )  # fmt: skip
    return "\r\n".join(lines).encode("cp1252")


def load_tables(rows, company):
    """(model, fields, rows) for `load()`, in the order in which they depend on each other."""
    buildings = {row["unit"][:4]: row for row in rows}
    company_id = str(company.id)

    def key(kind, value):
        return f"bench.c{company_id}_{kind}_{value.replace('.', '_')}"

    return [
        (
            "sozial.building",
            ["id", "street", "house_number", "zip", "city", "company_id/.id"],
            [[key("b", n), r["street"], r["house"], r["zip"], r["city"], company_id] for n, r in buildings.items()],
        ),
        (
            "sozial.dwelling",
            ["id", "building_id/id", "number", "position", "floor", "rooms", "area"],
            [
                [key("d", r["unit"]), key("b", r["unit"][:4]), r["unit"], r["position"], str(r["floor"]), str(r["rooms"]), str(r["area"])]
                for r in rows
            ],
        ),
        (
            "res.partner",
            ["id", "name", "tenant_number", "birth_date", "phone", "email", "street", "zip", "city", "company_id/.id"],
            [
                [
                    key("p", r["tenant"]), f"{r['first']} {r['last']}", r["tenant"], str(r["born"]), r["phone"], r["email"],
                    f"{r['street']} {r['house']}", r["zip"], r["city"], company_id,
                ]
                for r in rows
            ],
        ),
        (
            "sozial.tenancy",
            [
                "id", "external_ref", "dwelling_id/id", "partner_id/id", "date_start", "rent_net", "rent_utilities",
                "rent_heating", "arrears", "arrears_date", "company_id/.id",
            ],
            [
                [
                    key("t", r["ref"]), r["ref"], key("d", r["unit"]), key("p", r["tenant"]), str(r["start"]), str(r["net"]),
                    str(r["utilities"]), str(r["heating"]), str(r["balance"]), "2026-10-31", company_id,
                ]
                for r in rows
            ],
        ),
    ]  # fmt: skip


def time_load(env, tables):
    """Seconds that `load()` takes for all tables, as base_import's dialog calls it."""
    started = time.perf_counter()
    for model, names, data in tables:
        result = env[model].with_context(import_file=True, tracking_disable=True).load(names, data)
        if not result["ids"]:
            raise RuntimeError(f"load() refused {model}: {result['messages'][:3]}")
        env.flush_all()
        env.cr.commit()
        env.invalidate_all()
    return time.perf_counter() - started


def time_import(env, profile, content, expected):
    """Seconds from the file to the finished report."""
    run = profile._new_run("bench.csv", content)
    env.cr.commit()
    started = time.perf_counter()
    run._start_unattended()
    run._as_starter()._process()
    env.cr.commit()
    seconds = time.perf_counter() - started
    run.invalidate_recordset()
    counts = {name: run[f"count_{name}"] for name in ("created", "changed", "unchanged", "rejected")}
    if run.state != "done" or counts != {**dict.fromkeys(counts, 0), **expected}:
        raise RuntimeError(f"unexpected: {run.state} {counts} {run.error}")
    return seconds


def run(env):
    """The table of `setup/bench import`.

    The first import is measured twice, in turns, each time for a new company, and the
    better time of each side counts: so a busy moment of the machine does not decide.
    """
    rows = [tenancy(number) for number in range(ROWS)]
    content = csv_file(rows)
    theirs_first, ours_first = [], []
    for turn in range(ROUNDS):
        companies = env["res.company"].create([{"name": f"Bench {turn} {side}"} for side in ("load()", "import")])
        env.user.company_ids |= companies
        peer = env(context={**env.context, "allowed_company_ids": companies[0].ids})
        mine = env(context={**env.context, "allowed_company_ids": companies[1].ids})
        tables = load_tables(rows, companies[0])
        # its columns are guessed once; the profile remembers them, as it does every night
        profile = mine["sozial.import.profile"].create({"name": "Bench", "company_id": companies[1].id})
        env.cr.commit()
        theirs_first.append(time_load(peer, tables))
        ours_first.append(time_import(mine, profile, content, {"created": ROWS}))
    theirs_repeat = time_load(peer, tables)
    ours_repeat = time_import(mine, profile, content, {"unchanged": ROWS})
    return [
        Row(f"import {ROWS:,} new rows", min(ours_first), "base_import load()", min(theirs_first), FIRST_GOAL),
        Row(f"import {ROWS:,} unchanged rows", ours_repeat, "base_import load()", theirs_repeat, REPEAT_GOAL),
    ]

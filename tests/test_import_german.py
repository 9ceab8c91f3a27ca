"""A map is proposed for exports of German systems, too, and imports what it says."""

import datetime as dt
from pathlib import Path

import pytest

from reportkit.definitions.forms import FORMS
from reportkit.importing.load import read_map
from reportkit.importing.propose import propose
from tests.test_import import a_csv, a_log, brought, values

CALLS = """Vorgangsnummer;Eingang;Beantwortet am;Erledigt am;Kategorie;Priorität;Status;Sachbearbeiter;Zufriedenheit
V-1;16.11.2026 09:05:00;16.11.2026 09:05:20;16.11.2026 11:00:00;Gebühr;dringend;erledigt;Weber;sehr zufrieden
V-2;17.11.2026 10:00:00;;;Beschwerde;niedrig;in Bearbeitung;Weber;
V-3;18.11.2026 14:30:00;18.11.2026 14:31:00;18.11.2026 15:00:00;Sonstiges;mittel;geschlossen;Kurz;unzufrieden
Summe;;;;;;;;
"""
CUSTOMERS = """Kundennummer;Kundenname;Kunde seit;Handy;E-Mail-Adresse;Beruf;Depotwert;Risikoprofil;Kundenstatus
K1;Anna Weber;05.01.2026;0170 1234567;anna@example.com;Ärztin;1.250.000,50;ausgewogen;aktiv
K2;Jan Kurz;13.02.2026;0171 7654321;jan@example.com;Lehrer;80.000,00;chancenorientiert;gekündigt
"""
DIARY = """Gesprächsdatum;Uhrzeit;Kundennummer;Kanal;Gesprächsdauer (Min);Gesprächsnotiz;Wiedervorlage
16.11.2026;09:05;K1;Anruf;12;Depot besprochen;30.11.2026
17.11.2026;10:00;K2;persönlich;45;Fonds vorgestellt;
"""


def proposed(form: str, text: str, folder: Path) -> tuple[Path, str]:
    file = a_csv(folder, text)
    return file, propose(FORMS[form], file, "en")


def test_cases_of_a_german_desk(tmp_path: Path) -> None:
    file, text = proposed("cases", CALLS, tmp_path)
    assert '"Summe"' in text
    brought(file, a_log(tmp_path), read_map(text, FORMS["cases"], "map.toml"))
    first, second, third = values(a_log_of(tmp_path))
    assert first == {
        "case_id": "V-1", "opened_at": dt.datetime(2026, 11, 16, 9, 5), "category": "fees", "priority": "urgent",
        "responded_at": dt.datetime(2026, 11, 16, 9, 5, 20), "resolved_at": dt.datetime(2026, 11, 16, 11),
        "status": "resolved", "owner": "Weber", "satisfaction": 5,
    }  # fmt: skip
    assert (second["category"], second["status"], second["priority"]) == ("complaint", "in_progress", "low")
    assert (third["category"], third["status"], third["satisfaction"]) == ("other", "closed", 2)


def a_log_of(folder: Path) -> Path:
    return folder / "logs" / "A001 张伟.xlsx"


def test_customers_of_a_german_bank(tmp_path: Path) -> None:
    file, text = proposed("customers", CUSTOMERS, tmp_path)
    brought(file, a_log(tmp_path), read_map(text, FORMS["customers"], "map.toml"), "customers")
    first, second = values(a_log_of(tmp_path), "customers")
    assert (first["customer_id"], first["name"], first["assets"]) == ("K1", "Anna Weber", 1250000.5)
    assert (first["risk"], first["status"], first["occupation"]) == ("balanced", "active", "Ärztin")
    assert (first["email"], first["assigned_on"]) == ("anna@example.com", dt.date(2026, 1, 5))
    assert (second["risk"], second["status"]) == ("aggressive", "transferred_out")


@pytest.mark.parametrize(
    ("column", "heading"),
    [
        ("date", "Gesprächsdatum"), ("time", "Uhrzeit"), ("customer_id", "Kundennummer"), ("channel", "Kanal"),
        ("minutes", "Gesprächsdauer (Min)"), ("summary", "Gesprächsnotiz"), ("next_on", "Wiedervorlage"),
    ],
)  # fmt: skip
def test_a_german_diary(tmp_path: Path, column: str, heading: str) -> None:
    _, text = proposed("activities", DIARY, tmp_path)
    section = text.partition(f"[columns.{column}]")[2].partition("\n[")[0]
    assert f'from = "{heading}"' in section
    assert "# ?" not in section.partition("from")[0]

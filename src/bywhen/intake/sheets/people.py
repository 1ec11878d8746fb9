"""Team lists: one person a row, with addresses, chat names, role and manager."""

from __future__ import annotations

import re

from bywhen.intake.grid import Row
from bywhen.intake.headers import Vocabulary, normal
from bywhen.intake.table import Built, SheetKind, Table
from bywhen.kernel.tables import PersonRow

FIELDS = {
    "name": ("name", "full name", "display name", "person", "member", "team member", "employee", "contact", "nom",
        "nombre", "mitarbeiter", "mitarbeiterin", "resource name", "user", "stakeholder", "contact name", "who",
        "participant"),
    "first_name": ("first name", "given name", "vorname", "prenom", "firstname", "forename"),
    "last_name": ("last name", "surname", "family name", "nachname", "lastname", "apellido", "apellidos"),
    "addresses": ("email", "e mail", "mail", "email address", "e mail address", "email addresses", "emails",
        "addresses", "courriel", "correo", "correo electronico", "e mail adresse", "work email", "e mails",
        "address"),
    "handles": ("handle", "handles", "slack", "slack handle", "chat", "teams", "github", "username", "user name",
        "login", "benutzername", "chat handle", "slack id", "teams handle", "upn", "user id"),
    "aliases": ("alias", "aliases", "nickname", "nicknames", "also known as", "short name", "initials", "kurzel",
        "kurzzeichen", "known as"),
    "role": ("role", "title", "job title", "position", "function", "rolle", "funktion", "fonction", "puesto",
        "rol", "project role"),
    "raci": ("raci", "raci role", "rasci", "responsibility"),
    "team": ("team", "department", "group", "unit", "workstream", "abteilung", "equipe", "departamento",
        "organisation", "organization", "company", "squad", "vendor"),
    "manager": ("manager", "line manager", "reports to", "supervisor", "boss", "vorgesetzter", "vorgesetzte",
        "fuhrungskraft", "responsable hierarchique", "jefe"),
    "time_zone": ("time zone", "timezone", "tz", "zeitzone", "fuseau horaire", "zona horaria"),
    "working_hours": ("working hours", "work hours", "hours", "arbeitszeit", "arbeitszeiten", "horaires",
        "horario", "availability"),
    "seniority": ("seniority", "level", "grade", "stufe"),
    "project": ("project", "projekt", "projet", "proyecto", "programme", "program"),
}  # fmt: skip
_RACI = {
    "r": "R",
    "a": "A",
    "c": "C",
    "i": "I",
    "responsible": "R",
    "accountable": "A",
    "consulted": "C",
    "informed": "I",
}


def build(table: Table) -> Built:
    """One person a row, in the sheet's order; a row without a name is left out with its reason."""
    people: list[PersonRow] = []
    for row in table.records("name", is_record=lambda row: bool(_name(table, row))):
        name = _name(table, row)
        if not name:
            table.skip(row, "there is no name")
            continue
        people.append(_person(table, row, name))
        table.lose(row)
    return Built(tuple(people), len(people))


def _name(table: Table, row: Row) -> str:
    parts = (table.text(row, "first_name"), table.text(row, "last_name"))
    return table.text(row, "name") or " ".join(part for part in parts if part)


def _person(table: Table, row: Row, name: str) -> PersonRow:
    text = table.text(row, "raci")
    raci = _RACI.get(normal(text.split("/")[0]), "")
    if text and not raci:
        table.find("raci-unknown", f"{text!r} is none of R, A, C and I.", row=row)
    return PersonRow(
        place=table.place(row),
        name=name,
        addresses=_many(table.text(row, "addresses")),
        handles=_many(table.text(row, "handles")),
        aliases=_many(table.text(row, "aliases")),
        role=table.text(row, "role"),
        raci=raci,
        team=table.text(row, "team"),
        manager=table.text(row, "manager"),
        time_zone=table.text(row, "time_zone"),
        working_hours=table.text(row, "working_hours"),
        seniority=table.text(row, "seniority"),
        project=table.text(row, "project"),
    )


def _many(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(r"[;,|\n]", text) if part.strip())


KIND = SheetKind(
    kind="people",
    fields=Vocabulary(FIELDS),
    needs=(("name", "first_name", "last_name"), ("addresses", "role", "raci", "manager", "time_zone", "handles")),
    build=build,
    names=("people", "team", "contacts", "stakeholders", "members", "raci", "resources", "personen", "equipe"),
    telling=frozenset({"addresses", "raci", "manager", "time_zone", "handles", "working_hours"}),
)

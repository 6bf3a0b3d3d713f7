"""The statement audit: what the cloud says to its database, checked word by word while the tests run.

Every statement on a tenant's table names the tenant; one transaction serves one tenant; nothing leans on features that
would not work over many databases.
"""

import re
from typing import Any

import sqlalchemy as sa

from storeapp.cloud.tables import schema

TENANT_TABLES = frozenset(table.name for table in schema.tenant_tables())
_NAMED = re.compile(r'\b(?:FROM|JOIN|UPDATE|INTO)\s+"?([a-z_]+)"?', re.IGNORECASE)
_LISTED = re.compile(r'\bFROM\s+("?[a-z_]+"?(?:\s*,\s*"?[a-z_]+"?)+)', re.IGNORECASE)
_FORBIDDEN = re.compile(
    r"pg_advisory|\bLISTEN\b|\bNOTIFY\b|CREATE\s+TEMP|\bxmin\b|pg_current_|\bSET\s+SESSION\b|nextval|currval|lastval",
    re.IGNORECASE,
)


def findings(statement: str) -> list[str]:
    """What is wrong with one statement."""
    wrong = []
    if _FORBIDDEN.search(statement):
        wrong.append(f"leans on one database: {statement}")
    tables = {name.lower() for name in _NAMED.findall(statement)}
    for listed in _LISTED.findall(statement):
        tables |= {part.strip(' "').lower() for part in listed.split(",")}
    for table in tables & TENANT_TABLES:
        if statement.upper().startswith("INSERT"):
            fits = re.search(rf'INTO\s+"?{table}"?\s*\(\s*tenant_id\b', statement, re.IGNORECASE) or (
                re.search(rf'INTO\s+"?{table}"?\s*\([^)]*\btenant_id\b', statement, re.IGNORECASE)
            )
        else:
            fits = re.search(rf'"?\b{table}"?\.tenant_id\s*=\s*(?:[:?%$])', statement)
        if not fits:
            wrong.append(f"no tenant on {table}: {statement}")
    return wrong


class StatementAudit:
    """Listens to an engine; `findings` is empty while all is well."""

    def __init__(self, engine: sa.Engine) -> None:
        self.findings: list[str] = []
        self.statements: list[str] = []
        self._tenants: dict[int, set[str]] = {}
        sa.event.listen(engine, "before_cursor_execute", self._heard)
        sa.event.listen(engine, "begin", self._began)

    def _began(self, connection: sa.Connection) -> None:
        self._tenants[id(connection.connection.dbapi_connection)] = set()

    def _heard(
        self, connection: Any, _cursor: object, statement: str, parameters: Any, context: Any, _many: bool
    ) -> None:
        self.statements.append(statement)
        self.findings.extend(findings(statement))
        if any(re.search(rf"\b{table}\b", statement) for table in TENANT_TABLES):
            seen = self._tenants.setdefault(id(connection.connection.dbapi_connection), set())
            for said in context.compiled_parameters if context is not None and context.compiled else ():
                for name, value in said.items():
                    if name.startswith(("tenant_id", "this_tenant")):
                        seen |= set(map(str, value)) if isinstance(value, list) else {str(value)}
            if len(seen) > 1:
                self.findings.append(f"two tenants in one transaction: {statement}")

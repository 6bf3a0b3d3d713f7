"""Payment keys from the command line: handed over in files, and never shown again."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from storeapp.cloud.admin.tenants import require
from storeapp.cloud.pay import vault
from storeapp.cloud.pay.vault import BadPayKeys
from storeapp.cloud.services import Cloud

FILE_BYTES_MAX = 64 * 1024


def pay_set(cloud: Cloud, tenant: str, provider: str, given: Mapping[str, str], files: Mapping[str, Path]) -> Any:
    """Seals what was given and what stands in the files."""
    require(cloud, tenant)
    return vault.put(cloud, tenant, provider, {**given, **{name: _read(name, file) for name, file in files.items()}})


def pay_show(cloud: Cloud, tenant: str) -> dict[str, Any]:
    """Account numbers and fingerprints, no key."""
    require(cloud, tenant)
    return {"keys": vault.shown(cloud.database, tenant)}


def pay_remove(cloud: Cloud, tenant: str, provider: str) -> dict[str, Any]:
    require(cloud, tenant)
    vault.remove(cloud.database, tenant, provider)
    return {"removed": provider}


def _read(name: str, file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return opened.read(FILE_BYTES_MAX).decode("utf-8")
    except (OSError, ValueError) as error:
        # nothing of the file is repeated
        raise BadPayKeys(name, "unreadable") from error

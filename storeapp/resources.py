"""Resources: where the fonts, icons, words and the demo shop lie on this machine."""

from functools import cache
from pathlib import Path


@cache
def folder() -> Path:
    """The folder `resources/`: beside the package in a checkout, inside it when installed."""
    package = Path(__file__).resolve().parent
    installed = package / "_resources"
    if installed.is_dir():
        return installed
    return package.parent / "resources"


def path(*parts: str) -> Path:
    """One thing in the folder, which may not be there: `path("icons", "scan.svg")`."""
    return folder().joinpath(*parts)

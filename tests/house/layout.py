"""What the house says of its own shape, as functions that answer with findings: so a test can try them on a mutant."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

LINES_A_FILE = 400
LINES_A_FUNCTION = 60
TOP_LEVEL = {
    ".ci", ".git", ".gitattributes", ".gitignore", "CHANGELOG.md", "LICENSE", "README.md", "docs", "installer",
    "pyproject.toml", "resources", "storeapp", "tests",
}  # fmt: skip
# what the rules of a shop may be handed but never ask for themselves; the import contracts stop most of it
CLOCK_CHANCE_AND_FILES = {"now", "utcnow", "today", "uuid1", "uuid4", "uuid7", "open", "urlopen", "input"}
# what silences a check; pieces, so that this file is not a finding
SILENCED = re.compile(r"#\s*(?:type:\s*ig" + r"nore|(?:ruff:\s*)?no" + r"qa|pragma:\s*no c" + r"over)\b[^#]*")
# a machine's own folders, and the services packages were fetched from; pieces, so that this file is not a finding
MACHINE = re.compile(r"(?<![\w.:/~-])/(?:root|work|home/[a-z]+|Users/[A-Za-z]+)/\w")
REGISTRY = re.compile("|".join(["index" + "-url", "pypi" + r"\.org", "python" + "hosted", "registry" + r"\.npmjs"]))
TEXT = {".py", ".md", ".toml", ".sh", ".ps1", ".lock", ".cfg", ".po", ".html", ".css", ".js", ".json", ".csv", ".txt"}


def modules(package: Path) -> Iterator[tuple[Path, ast.Module]]:
    for file in sorted(package.rglob("*.py")):
        yield file, ast.parse(file.read_text(encoding="utf-8"), str(file))


def too_long(package: Path) -> list[str]:
    """Files and functions past their budget."""
    findings = []
    for file, tree in modules(package):
        lines = len(file.read_text(encoding="utf-8").splitlines())
        if lines > LINES_A_FILE:
            findings.append(f"{file}: {lines} lines")
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
                length = node.end_lineno - node.lineno + 1
                if length > LINES_A_FUNCTION:
                    findings.append(f"{file}:{node.lineno}: {node.name} has {length} lines")
    return findings


def busy_inits(package: Path) -> list[str]:
    """Packages whose `__init__.py` holds more, or less, than one docstring."""
    findings = []
    for folder in sorted({file.parent for file in package.rglob("*.py")}):
        init = folder / "__init__.py"
        if not init.exists():
            findings.append(f"{folder}: no __init__.py")
            continue
        tree = ast.parse(init.read_text(encoding="utf-8"))
        if len(tree.body) != 1 or ast.get_docstring(tree) is None:
            findings.append(f"{init}: not one docstring alone")
    return findings


def without_caption(package: Path) -> list[str]:
    """Modules that do not say what room they are."""
    return [str(file) for file, tree in modules(package) if not ast.get_docstring(tree)]


def impure_rules(domain: Path) -> list[str]:
    """Calls in the rules that look at the clock, at files or at chance."""
    findings = []
    for file, tree in modules(domain):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in CLOCK_CHANCE_AND_FILES:
                    findings.append(f"{file}:{node.lineno}: {name}()")
    return findings


def strangers(root: Path) -> list[str]:
    """Top-level names the house does not know. What git ignores at the top is named by the ignore file."""
    ignored = [line.strip("/") for line in (root / ".gitignore").read_text().splitlines() if line and line[0] != "#"]
    return [
        path.name
        for path in sorted(root.iterdir())
        if path.name not in TOP_LEVEL and not any(path.match(pattern) for pattern in ignored)
    ]


def texts(root: Path) -> Iterator[Path]:
    for name in sorted(TOP_LEVEL - {".git"}):
        path = root / name
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if (
                file.is_file()
                and (file.suffix in TEXT or file.parent.name == ".ci")
                and "__pycache__" not in file.parts
            ):
                yield file


def silenced_without_reason(*folders: Path) -> list[str]:
    """Lines that silence a check and do not say why in a comment behind it."""
    findings = []
    for file in (file for folder in folders for file in sorted(folder.rglob("*.py"))):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            *_others, last = [None, *SILENCED.finditer(line)]
            if last is not None and not re.match(r"# \S", line[last.end() :]):
                findings.append(f"{file}:{number}: {line.strip()[:100]}")
    return findings


def traces_of_a_machine(root: Path) -> list[str]:
    """Lines that only mean something on the machine they were written on."""
    findings = []
    for file in texts(root):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if MACHINE.search(line) or REGISTRY.search(line):
                findings.append(f"{file.relative_to(root)}:{number}: {line.strip()[:100]}")
    return findings

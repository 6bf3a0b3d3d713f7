"""The command line: one verb, one deed, one exit code.

0 done, 1 refused by a rule, 2 wrong usage, 3 the world is not there, 4 our fault and it is in the log.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from storeapp import logs, settings
from storeapp.errors import Broken, StoreappError
from storeapp.till.named_files import FileUnusable
from storeapp.verbs.output import BROKEN, DONE, USAGE, Output, as_line
from storeapp.verbs.table import WrongUsage, parser_for
from storeapp.words import Words, words

INTERRUPTED = 130
# under whatever name this module was started
ROOM = "storeapp.cli"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the verb in `arguments` (the process's own by default); answers the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    # a verb comes first; none at all opens the counter
    if not given or (given[0].startswith("-") and given[0] not in ("-h", "--help", "--version")):
        given.insert(0, "run")
    for stream in (sys.stdout, sys.stderr):
        # a terminal without Chinese must not stop a sale
        getattr(stream, "reconfigure", lambda **_: None)(encoding="utf-8", errors="backslashreplace")
    folder = _folder(given)
    output = Output(_words(folder), as_json="--json" in given, out=sys.stdout, err=sys.stderr)
    try:
        return _run(given, output)
    except WrongUsage as wrong:
        return _wrong_usage(wrong, output)
    except BrokenPipeError:
        # whoever read our output has left; closing it again at exit must not complain
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Broken as error:
        return output.error(error, log_id=_logged(error, folder))
    except (StoreappError, UnicodeEncodeError) as error:
        # a name of a file may be so and be found; as a text it is refused, or fails at the end
        if any(_is_no_text(argument) for argument in given):
            return _wrong_usage(WrongUsage("", "an argument is not UTF-8"), output)
        return output.error(error) if isinstance(error, StoreappError) else _unexpected(error, output, folder)
    except OSError as error:
        # a folder nobody may write to, a disk that is gone: the world's, not ours
        return output.error(FileUnusable(str(error.filename or folder), error.strerror or type(error).__name__))
    except Exception as error:  # noqa: BLE001  # the last door: whatever it is, it is ours, and it gets an id
        return _unexpected(error, output, folder)


def _run(given: list[str], output: Output) -> int:
    if bare := next((argument for argument in given if argument.startswith("--") and argument.endswith("=--")), ""):
        # the parser would drop its value, and no verb asks for an option without one
        raise WrongUsage("", f"argument {bare[:-3]}: expected one argument")
    parser = parser_for(given[0], output.words)
    chosen = parser.parse_args(given)
    if chosen.version:
        # reading a package's metadata takes a while and only this needs it
        from importlib.metadata import version

        output.say(f"storeapp {version('storeapp')}")
        return DONE
    if getattr(chosen, "training", False):
        # only who practises needs both shops
        from storeapp.app import ready_training

        chosen.shop = str(ready_training(chosen.shop))
    code: int = chosen.run(chosen, output)
    return code


def _folder(given: Sequence[str]) -> Path:
    """The shop's folder among the arguments, before they are parsed: the words of a wrong usage depend on it."""
    for place, argument in enumerate(given):
        if argument == "--shop" and place + 1 < len(given):
            return Path(given[place + 1])
        if argument.startswith("--shop="):
            return Path(argument.partition("=")[2])
    try:
        return settings.default_folder()
    except StoreappError:
        return Path()


def _words(folder: Path) -> Words:
    try:
        chosen = settings.load(folder).language
    except (StoreappError, OSError):
        chosen = ""
    spoken = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return words(chosen or ("zh_CN" if spoken.lower().startswith("zh") else "en"))


def _wrong_usage(wrong: WrongUsage, output: Output) -> int:
    output.err.write(as_line({"usage": wrong.message}) if output.as_json else f"{wrong.usage}{wrong.message}\n")
    return USAGE


def _is_no_text(argument: str) -> bool:
    """True for bytes of another encoding, which Python hands over as lone surrogates. A file may be called so."""
    return any("\ud800" <= char <= "\udfff" for char in argument)


def _unexpected(error: Exception, output: Output, folder: Path) -> int:
    log_id = _logged(error, folder)
    if output.as_json:
        output.err.write(as_line({"broken": type(error).__name__, "log_id": log_id}))
    else:
        said = output.t("Something in the program broke ({word}). It is in the log as {log_id}.")
        output.err.write(f"storeapp: {said.format(word=type(error).__name__, log_id=log_id)}\n")
    return BROKEN


def _logged(error: Exception, folder: Path) -> str:
    """Writes the fault to the shop's log, if there is a shop, or to standard error; answers its id."""
    if not folder.is_dir():
        return logs.fault(error, where=ROOM)
    handler = logs.start(folder)
    try:
        return logs.fault(error, where=ROOM)
    finally:
        logs.stop(handler)


if __name__ == "__main__":
    sys.exit(main())

"""File words: why a file somebody named will not do, by ourselves and by the system."""

from __future__ import annotations

from storeapp.words import N_

REASONS = {
    "empty": N_("it is empty"),
    "binary": N_("it holds no text"),
    "old_excel": N_("it is of an old Excel: save it as XLSX or CSV"),
    "damaged": N_("it is damaged"),
    "encoding": N_("its letters are neither UTF-8 nor GB18030"),
    "too_large": N_("it is too large"),
    "no_header": N_("it has no columns of our order numbers and the amounts"),
    "bad_amount": N_("an amount cannot be read"),
    "bad_day": N_("a day cannot be read"),
}
# as the C library says them; one that is missing here is told as it came
SYSTEM = frozenset(
    {
        N_("Bad file descriptor"),
        N_("Device or resource busy"),
        N_("File exists"),
        N_("File name too long"),
        N_("Input/output error"),
        N_("Invalid argument"),
        N_("Is a directory"),
        N_("No space left on device"),
        N_("No such device"),
        N_("No such file or directory"),
        N_("Not a directory"),
        N_("Operation not permitted"),
        N_("Permission denied"),
        N_("Read-only file system"),
        N_("Text file busy"),
        N_("too large"),
    }
)

"""Versions: which wire this program speaks, and how much fits into one message.

The envelope stays version 1 for ever: keys are added, never renamed, and a reader ignores keys it does not know.
"""

from typing import Final

WIRE: Final = 1
PATH: Final = "/v1"

ENROL_PATH: Final = f"{PATH}/enrol"
HELLO_PATH: Final = f"{PATH}/sync/hello"
PUSH_PATH: Final = f"{PATH}/sync/push"
PULL_PATH: Final = f"{PATH}/sync/pull"

PUSH_EVENTS: Final = 100
PUSH_BYTES: Final = 256 * 1024
# a batch ends there; a single event larger than that travels alone, in a message of at most so many bytes
MESSAGE_BYTES: Final = 2 * 1024 * 1024
PULL_ROWS: Final = 500
# a page ends there, though never before its first row
PULL_BYTES: Final = 4 * 1024 * 1024

# how far a signature's time may lie from the server's
SIGNATURE_WINDOW_S: Final = 300

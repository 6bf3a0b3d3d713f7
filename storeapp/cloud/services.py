"""Services: everything a request may need, made once at the start and passed in."""

from dataclasses import dataclass, field

from storeapp.cloud.clock import Clock
from storeapp.cloud.companies import Makers
from storeapp.cloud.database import Database
from storeapp.cloud.keys import Keys
from storeapp.cloud.limits import Limit
from storeapp.cloud.tills import Tills


@dataclass(frozen=True, slots=True)
class Gates:
    """How often one address may do what."""

    bad_tokens: Limit = field(default_factory=lambda: Limit(10, 60.0))
    claims: Limit = field(default_factory=lambda: Limit(60, 60.0))
    answers: Limit = field(default_factory=lambda: Limit(20, 60.0))
    joins: Limit = field(default_factory=lambda: Limit(20, 60.0))
    enrolments: Limit = field(default_factory=lambda: Limit(30, 60.0))


@dataclass(frozen=True, slots=True)
class Cloud:
    """The cloud's parts. `public_url` is what tills are told to print; "" takes the address they enrolled at."""

    database: Database
    keys: Keys
    clock: Clock
    tills: Tills
    gates: Gates = field(default_factory=Gates)
    public_url: str = ""
    companies: Makers = field(default_factory=dict)

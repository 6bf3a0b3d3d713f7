"""What the owner's words came to, kept from one transaction to the next. What reads them loads with the first sale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from storeapp.domain.owner_word import OwnerWord
    from storeapp.domain.price_list_version import PriceListVersion  # noqa: F401  # named in the class it is kept in
    from storeapp.domain.promotion_version import PromotionVersion  # noqa: F401  # the same
    from storeapp.domain.rulebook import Rulebook
    from storeapp.domain.terms import PriceListTerms

W = TypeVar("W", bound="OwnerWord")


class WordCache(Generic[W]):
    """What holds of each document as last read, with the number of the newest word it knows.

    Words are only ever added, so that number names a state; it must be forgotten when a transaction that added some
    is rolled back.
    """

    def __init__(self) -> None:
        self.known: tuple[int, tuple[W, ...]] | None = None


class PromotionCache(WordCache["PromotionVersion"]):
    """What holds of each promotion as last read, and the rules made of it."""

    def __init__(self) -> None:
        super().__init__()
        self.rules: tuple[int, Rulebook] | None = None


class PriceListCache(WordCache["PriceListVersion"]):
    """The lists as last read, and those in force; forgotten when words were rolled back."""

    def __init__(self) -> None:
        super().__init__()
        self.live: tuple[int, tuple[PriceListTerms, ...]] | None = None

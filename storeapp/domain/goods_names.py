"""Goods as people write them down: a category, a brand, a name, a code or a barcode, with commas between."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from storeapp.domain.product import Product
from storeapp.domain.promotion import ALL_GOODS, Scope

_BETWEEN = re.compile(r"[,，、;；\n]+")


class UnknownGoods(ValueError):
    """Nothing in the catalogue is called that: no category, brand, name or code."""


@dataclass(frozen=True, slots=True)
class GoodsNames:
    """What the catalogue calls its goods. `codes` answers a code, a barcode or a name that only one product has."""

    categories: frozenset[str] = frozenset()
    brands: frozenset[str] = frozenset()
    names: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)

    def scope(self, said: str, excepted: str = "", *, known: Scope = ALL_GOODS) -> Any:
        """What is written there, in the public format of a scope; nothing written is all goods.

        What `known` names already stays what it was, even when the catalogue has lost it. Raises UnknownGoods.
        """
        lists: defaultdict[str, set[str]] = defaultdict(set)
        for prefix, text in (("", said), ("except_", excepted)):
            for word in words_of(text):
                name, stored = self._named(word, prefix, known)
                lists[name].add(stored)
        return {name: sorted(found) for name, found in lists.items()} or "all"

    def written(self, scope: Scope) -> tuple[str, str]:
        """The scope as it is typed: the goods, and those it excepts."""
        named = (*sorted(scope.categories), *sorted(scope.brands), *sorted(scope.codes))
        excepted = (*sorted(scope.except_categories), *sorted(scope.except_brands), *sorted(scope.except_codes))
        return ", ".join(named), ", ".join(excepted)

    def called(self, scope: Scope, *, but: bool = False) -> tuple[str, ...]:
        """What people call what it names, or what it excepts: goods by their name."""
        if but:
            groups, codes = (scope.except_categories, scope.except_brands), scope.except_codes
        else:
            groups, codes = (scope.categories, scope.brands), scope.codes
        return (*(word for group in groups for word in sorted(group)), *(self.name(code) for code in sorted(codes)))

    def name(self, code: str) -> str:
        """What the goods with this code are called; the code itself where nobody knows."""
        return self.names.get(code, code)

    def _named(self, word: str, prefix: str, known: Scope) -> tuple[str, str]:
        """The list of the scope a word belongs to, and how it stands there."""
        for name, ours in (("categories", self.categories), ("brands", self.brands)):
            if word in ours or word in getattr(known, prefix + name):
                return prefix + name, word
        codes = f"{prefix}codes"
        return codes, word if word in getattr(known, codes) else self.code(word)

    def code(self, word: str) -> str:
        """The code of the goods a person names; raises UnknownGoods."""
        if word not in self.codes:
            raise UnknownGoods(word[:40])
        return self.codes[word]


def words_of(text: str) -> tuple[str, ...]:
    """What stands between the commas, Chinese ones too."""
    return tuple(word for part in _BETWEEN.split(text) if (word := part.strip()))


def goods_names(products: Iterable[Product]) -> GoodsNames:
    """What these products are called."""
    categories: set[str] = set()
    brands: set[str] = set()
    names: dict[str, str] = {}
    codes: dict[str, str] = {}
    by_name: dict[str, str | None] = {}
    for product in products:
        categories.update({product.category} - {""})
        brands.update({product.brand} - {""})
        names[product.code] = product.name
        for code in (*product.barcodes, product.code):
            codes[code] = product.code
        # two goods of one name: a code has to say which is meant
        by_name[product.name] = None if product.name in by_name else product.code
    for name, only in by_name.items():
        if only is not None:
            codes.setdefault(name, only)
    return GoodsNames(frozenset(categories), frozenset(brands), names, codes)

"""The owner's promotions: drafted, tried on past receipts, live, ended. Each word is journaled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from storeapp.domain import promotion_version as versions
from storeapp.domain.goods_names import GoodsNames, goods_names
from storeapp.domain.money import Money
from storeapp.domain.product import UnknownCode
from storeapp.domain.promotion_data import from_data
from storeapp.domain.promotion_version import NotReplayed, PromotionVersion, UnknownPromotion
from storeapp.domain.staff import Right, UnknownStaff, require
from storeapp.till.ports import Books, Clock, Shop
from storeapp.till.staff import with_rights

_CODES = ("codes", "except_codes")


def every_promotion(shop: Shop) -> tuple[PromotionVersion, ...]:
    """Of each promotion what holds now."""
    with shop.reading() as books:
        return books.promotions.every()


def promotion(shop: Shop, promotion_id: str) -> PromotionVersion:
    """What holds of it now; raises UnknownPromotion."""
    with shop.reading() as books:
        return known(books, promotion_id)


def goods_named(shop: Shop) -> GoodsNames:
    """What the shop's goods are called, for whoever writes a promotion."""
    with shop.reading() as books:
        return goods_names(books.products.every())


def put_promotions(
    shop: Shop, rows: tuple[Mapping[str, Any], ...], *, clock: Clock, by: str = ""
) -> tuple[PromotionVersion, ...]:
    """Drafts of all these rules, or of none: raises BadPromotion. Rules that are there already make no new version."""
    at = clock.now().isoformat()
    with shop.writing() as books:
        check_may(books, "promotions", by=by)
        return tuple(_put(books, row, at=at, by=by) for row in rows)


def go_live(
    shop: Shop, promotion_ids: tuple[str, ...], *, clock: Clock, by: str = "", unreplayed: bool = False
) -> tuple[PromotionVersion, ...]:
    """All in force from now on, within their dates, or none.

    Raises UnknownPromotion, UnknownCode for goods the shop has not, or NotReplayed unless `unreplayed` is meant.
    """
    at = clock.now().isoformat()
    with shop.writing() as books:
        check_may(books, "promotions", by=by)
        before = [known(books, promotion_id) for promotion_id in promotion_ids]
        if not unreplayed:
            for word in before:
                _check_replayed(books, word)
        for word in before:
            _check_goods(books, word)
        return tuple(_say(books, word, versions.gone_live(word, at=at, by=by)) for word in before)


def check_may(books: Books, right: Right, *, by: str) -> None:
    """Raises NotAllowed or UnknownStaff; a script that names nobody, and a shop without staff, are the owner's hand."""
    everybody = books.staff.every()
    if not by or not everybody:
        return
    person = books.staff.by_code(by)
    if person is None or not person.is_active:
        raise UnknownStaff(by)
    require(with_rights(books, person), right)


def _check_replayed(books: Books, word: PromotionVersion) -> None:
    if word.state != "live" and books.promotions.replay_of(word.promotion_id, word.number) is None:
        raise NotReplayed(word.promotion_id, word.number)


def end(shop: Shop, promotion_ids: tuple[str, ...], *, clock: Clock, by: str = "") -> tuple[PromotionVersion, ...]:
    """All in force no more, or none ends; raises UnknownPromotion or PromotionNotLive."""
    at = clock.now().isoformat()
    with shop.writing() as books:
        check_may(books, "promotions", by=by)
        before = [known(books, promotion_id) for promotion_id in promotion_ids]
        return tuple(_say(books, word, versions.ended(word, at=at, by=by)) for word in before)


def _put(books: Books, row: Mapping[str, Any], *, at: str, by: str) -> PromotionVersion:
    promotion_id = from_data(row).promotion_id
    before = books.promotions.get(promotion_id)
    owners = books.products.owners(_codes_in(row))
    return _say(books, before, versions.drafted(before, promotion_id, _by_own_codes(row, owners), at=at, by=by))


def _check_goods(books: Books, word: PromotionVersion) -> None:
    """Goods nobody sells would make a promotion that never comes, and nobody would know why; raises UnknownCode."""
    codes = _codes_in(word.data)
    owners = books.products.owners(codes)
    for code in codes:
        if code not in owners:
            raise UnknownCode(code[:40])


def _codes_in(said: Any) -> list[str]:
    """Every product its rules name, as they name it."""
    if isinstance(said, list):
        return [code for part in said for code in _codes_in(part)]
    if not isinstance(said, Mapping):
        return []
    codes = [code for key in _CODES for code in said.get(key, ())] + [said[key] for key in ("gift",) if key in said]
    return codes + [code for part in said.values() for code in _codes_in(part)]


def _by_own_codes(said: Any, owners: Mapping[str, str]) -> Any:
    """The same rules, each product by its own code instead of a barcode of it."""
    if isinstance(said, list):
        return [_by_own_codes(part, owners) for part in said]
    if not isinstance(said, Mapping):
        return said
    found = {key: _by_own_codes(part, owners) for key, part in said.items()}
    for key in _CODES:
        if key in found:
            found[key] = list(dict.fromkeys(owners.get(code, code) for code in found[key]))
    if "gift" in found:
        found["gift"] = owners.get(found["gift"], found["gift"])
    return found


def _say(books: Books, before: PromotionVersion | None, now: PromotionVersion) -> PromotionVersion:
    if now != before:
        books.promotions.put(now)
        books.journal.append("promotion.changed", body(now), at=now.changed_at)
    return now


def body(version: PromotionVersion) -> dict[str, Any]:
    """A word about a promotion as the journal and the feed hold it."""
    return {
        "promotion_id": version.promotion_id,
        "version": version.number,
        "state": version.state,
        "data": dict(version.data),
        "at": version.changed_at,
        "actor": version.by,
    }


def known(books: Books, promotion_id: str) -> PromotionVersion:
    """What holds of it now; raises UnknownPromotion."""
    found = books.promotions.get(promotion_id)
    if found is None:
        raise UnknownPromotion(promotion_id[:40])
    return found


def given_so_far(shop: Shop) -> dict[str, Money]:
    """What each promotion has taken off at this till, over everything sold."""
    given: dict[str, int] = {}
    with shop.reading() as books:
        if not books.promotions.every():
            return {}
        for sale in books.sales.every():
            for line in sale.lines:
                for cut in line.cuts:
                    if cut.reason == "promotion" and cut.ref:
                        given[cut.ref] = given.get(cut.ref, 0) + cut.amount.fen
    return {promotion_id: Money(fen) for promotion_id, fen in given.items()}

"""Training: a second shop beside the real one, to practise on. Nothing that happens in it ever counts.

It has the real one's goods, tiles, promotions, rules and names of staff; its members are invented, and its PINs are all
the same, so that no secret of the real shop lies in it and none can be guessed there.
"""

from __future__ import annotations

from dataclasses import replace

from storeapp import resources
from storeapp.domain.policy import RULES
from storeapp.till import member_import
from storeapp.till.members_sheet import read_members
from storeapp.till.ports import Books, Clock, Ids, Shop
from storeapp.till.sheet_files import rows_of
from storeapp.till.staff import hashed
from storeapp.till.training_shop import PRACTICE_PIN, check_training

# where a receipt would lead, and when a PIN grows old: nothing to practise on
_STAYS_BEHIND = frozenset({"qr.host", "staff.pin_days", "offer.link", "offer.contact_qr", "offer.contact_image"})


def furnish(training: Shop, real: Shop, *, clock: Clock, ids: Ids) -> None:
    """Brings a training shop up to date with the real one, which is only read. Slow the first time.

    Raises NotATrainingShop.
    """
    check_training(training, "")
    at = clock.now().isoformat()
    with training.writing() as books, real.reading() as there:
        _goods(books, there)
        _rules(books, there, at=at)
        _staff(books, there, at=at)
        _owner_words(books, there)
        is_new = books.members.count() == 0
    if is_new:
        _members(training, clock=clock, ids=ids)


def _goods(books: Books, there: Books) -> None:
    """Only what differs is written: a large catalogue is copied once."""
    mine = {product.code: product for product in books.products.every()}
    theirs = {product.code: product for product in there.products.every()}
    books.products.remove([code for code in mine if code not in theirs])
    books.products.put([product for code, product in theirs.items() if mine.get(code) != product])
    books.products.put_quick_keys([key for key, _product in there.products.quick_keys()])


def _rules(books: Books, there: Books, *, at: str) -> None:
    mine, theirs = books.policy.in_force(), there.policy.in_force()
    for key, rule in RULES.items():
        wanted = rule.default if key in _STAYS_BEHIND else theirs.get(key)
        if mine.get(key) != wanted:
            books.policy.put(key, wanted, at=at)


def _staff(books: Books, there: Books, *, at: str) -> None:
    """Names, roles and badges; never a PIN."""
    pin_hash = hashed(PRACTICE_PIN)
    known = {person.code: person for person in books.staff.every()}
    for person in known.values():
        # a badge may have changed hands
        books.staff.put(replace(person, badge="", is_active=False))
    for person in there.staff.every():
        practising = replace(
            person,
            pin_hash=pin_hash,
            wrong_tries=0,
            locked_until="",
            pin_set_at=at,
            must_change_pin=False,
        )
        books.staff.put(practising)


def _owner_words(books: Books, there: Books) -> None:
    for promotion in there.promotions.every():
        if books.promotions.get(promotion.subject) != promotion:
            books.promotions.put(promotion)
    for prices in there.price_lists.every():
        if books.price_lists.get(prices.subject) != prices:
            books.price_lists.put(prices)
    for template in there.coupon_templates.every():
        if books.coupon_templates.get(template.subject) != template:
            books.coupon_templates.put(template)


def _members(training: Shop, *, clock: Clock, ids: Ids) -> None:
    """Invented people, as in the demo shop: no real one is ever copied."""
    sheet = resources.path("demo", "members.csv").read_text(encoding="utf-8")
    people = read_members(rows_of(sheet.encode()), now=clock.now())
    with training.reading() as books:
        planned = member_import.plan(books, people)
    member_import.carry_out(training, planned, clock=clock, ids=ids)

"""The books of the shop in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from storeapp.domain import journal, lots, search
from storeapp.domain.approval import Approval
from storeapp.domain.attempt import OPEN, REFUND_OPEN, UNSETTLED
from storeapp.domain.coupon import Coupon
from storeapp.domain.coupon_grant import Grant
from storeapp.domain.journal import GENESIS, Entry
from storeapp.domain.layer import Bought, Layer, Learned
from storeapp.domain.ledger import Lot, LotMove, Txn, has_lots, points_account
from storeapp.domain.life_stage import Standing
from storeapp.domain.member import Consent, Member, masked_phone, national
from storeapp.domain.owner_word import OwnerWord, newest
from storeapp.domain.policy import Policy
from storeapp.domain.price_list_version import in_force
from storeapp.domain.priced import PromotionUse
from storeapp.domain.printing import JobState, PrintJob
from storeapp.domain.product import CodesTaken, Product, QuickKey
from storeapp.domain.promotion_data import rules_of
from storeapp.domain.rulebook import Rulebook
from storeapp.domain.sale import Sale
from storeapp.domain.segment import Segment
from storeapp.domain.staff import Staff
from storeapp.domain.terms import PriceListTerms
from storeapp.till.ports import Ids
from storeapp.till.records import Attempt, Cursor, Device, Found, Parked, Unsent
from tests.fakes.memory_alarms import MemoryAlarms
from tests.fakes.memory_cards import MemoryCards
from tests.fakes.memory_feedback import MemoryFeedback
from tests.fakes.memory_groups import MemoryGroups
from tests.fakes.memory_holds import MemoryHolds
from tests.fakes.memory_people import MemoryOutreach, MemoryTimeline
from tests.fakes.memory_proofs import MemoryProofs
from tests.fakes.memory_referrals import MemoryReferrals
from tests.fakes.memory_refunds import MemoryRefunds
from tests.fakes.memory_shifts import MemoryDrawer, MemoryShifts
from tests.fakes.memory_tiers import MemoryTiers
from tests.fakes.memory_values import MemoryValues
from tests.fakes.memory_vouchers import MemoryVouchers

if TYPE_CHECKING:
    from tests.fakes.memory_shop import State


class Part:
    """One book over the shared state."""

    def __init__(self, state: State) -> None:
        self._state = state


class MemoryProducts(Part):
    def by_code(self, code: str) -> Product | None:
        owner = self.owners([code]).get(code)
        return None if owner is None else self._state.products[owner]

    def find(self, text: str, *, limit: int = 20) -> tuple[Product, ...]:
        words = search.words_of(text)
        if not words:
            return ()
        hits = []
        for product in self._state.products.values():
            found = search.rank(words, search.findable(product.name, codes=product.codes))
            if found is not None:
                hits.append((found, len(product.name), product.name, product.code, product))
        return tuple(hit[-1] for hit in sorted(hits, key=lambda hit: hit[:4])[:limit])

    def put(self, products: Sequence[Product]) -> None:
        self._state.products |= {product.code: product for product in products}
        taken: dict[str, str] = {}
        seen: dict[str, str] = {}
        for product in self._state.products.values():
            for code in product.codes:
                if seen.setdefault(code, product.code) != product.code:
                    taken[code] = seen[code]
        if taken:
            raise CodesTaken(taken)

    def remove(self, codes: Sequence[str]) -> None:
        for code in codes:
            self._state.products.pop(code, None)

    def every(self) -> Iterator[Product]:
        return iter([product for _, product in sorted(self._state.products.items())])

    def units_of(self, codes: Sequence[str]) -> tuple[Product, ...]:
        return tuple(product for product in self.every() if product.base and product.base in codes)

    def counted(self) -> Iterator[tuple[Product, str]]:
        # counted before anything was sold
        return ((each, "2000-01-01T00:00:00+08:00") for each in self.every() if each.stock_milli is not None)

    def owners(self, codes: Iterable[str]) -> dict[str, str]:
        owner = {code: product.code for product in self._state.products.values() for code in product.codes}
        return {code: owner[code] for code in codes if code in owner}

    def count(self) -> int:
        return len(self._state.products)

    def quick_keys(self) -> tuple[tuple[QuickKey, Product], ...]:
        found = [(key, self._state.products.get(key.product)) for key in self._state.quick_keys]
        kept = [(key, product) for key, product in found if product is not None]
        return tuple(sorted(kept, key=lambda pair: (pair[0].tab, pair[0].place)))

    def put_quick_keys(self, keys: Sequence[QuickKey]) -> None:
        self._state.quick_keys = tuple(keys)


def _phones(member: Member) -> tuple[str, ...]:
    return (member.phone, *member.other_phones)


class MemoryMembers(Part):
    def by_id(self, member_id: str) -> Member | None:
        return self._state.members.get(member_id)

    def by_phone(self, phone: str) -> Member | None:
        return next((member for member in self._state.members.values() if phone in _phones(member)), None)

    def find(self, text: str, *, limit: int = 20) -> tuple[Found, ...]:
        words, digits = search.words_of(text), search.digits_of(text)
        if not words:
            return ()
        hits = []
        for member in self._state.members.values():
            ranks = () if digits is None else [search.rank_phone(digits, national(one)) for one in _phones(member)]
            found = min((rank for rank in ranks if rank is not None), default=None)
            if found is None and member.name:
                found = search.rank(words, search.findable(member.name, person=True))
            if found is not None:
                hits.append((found, len(member.name), member.name, member.member_id, self._found(member)))
        return tuple(hit[-1] for hit in sorted(hits, key=lambda hit: hit[:4])[:limit])

    def _found(self, member: Member) -> Found:
        points = self._state.balances.get((points_account(member.member_id), "pts"), 0)
        return Found(member.member_id, member.name, masked_phone(member.phone), member.tier, points)

    def put(self, member: Member) -> None:
        if member.member_id in self._state.erased:
            return
        known = self.by_phone(member.phone)
        if known is not None and known.member_id != member.member_id:
            raise ValueError("the phone belongs to another member")
        self._state.members[member.member_id] = member

    def erase(self, member_id: str) -> None:
        self._state.erased |= {member_id}
        kept = self._state.feedback.values()
        self._state.feedback = {
            said.token: replace(said, words="") if said.member_id == member_id else said for said in kept
        }
        self._state.members.pop(member_id, None)

    def merge(self, gone_id: str, kept_id: str) -> None:
        gone, kept = self._state.members[gone_id], self._state.members[kept_id]
        moved_on = {name: kept_id if now == gone_id else now for name, now in self._state.merged.items()}
        self._state.merged = moved_on | {gone_id: kept_id}
        self._state.feedback = {
            said.token: replace(said, member_id=kept_id) if said.member_id == gone_id else said
            for said in self._state.feedback.values()
        }
        self.erase(gone_id)
        self.put(replace(kept, other_phones=(*kept.other_phones, gone.phone, *gone.other_phones)))

    def stand_in(self, kept_id: str, gone_id: str) -> None:
        known = self._state.members.get(gone_id)
        was_gone = kept_id in self._state.merged
        if was_gone and known is not None:
            self._state.erased -= {kept_id}
        others = {name: now for name, now in self._state.merged.items() if name != kept_id}
        moved_on = {name: kept_id if now == gone_id else now for name, now in others.items()}
        self._state.merged = {gone_id: kept_id} | moved_on
        self._state.feedback = {
            said.token: replace(said, member_id=kept_id) if said.member_id == gone_id else said
            for said in self._state.feedback.values()
        }
        self.erase(gone_id)
        if known is not None:
            self.put(replace(known, member_id=kept_id))

    def merged(self) -> dict[str, str]:
        return dict(sorted(self._state.merged.items()))

    def merged_into(self, member_id: str) -> str | None:
        return self._state.merged.get(member_id)

    def consent(self, member_id: str, consent: Consent) -> None:
        told = self._state.consents.get(member_id, ())
        if all((c.purpose, c.at, c.given) != (consent.purpose, consent.at, consent.given) for c in told):
            self._state.consents[member_id] = (*told, consent)

    def consents(self, member_id: str) -> tuple[Consent, ...]:
        return self._state.consents.get(member_id, ())

    def count(self) -> int:
        return len(self._state.members)

    def joined_on(self, business_date: str) -> int:
        return sum(member.joined_at[:10] == business_date for member in self._state.members.values())


class MemoryLedger(Part):
    def post(self, txn: Txn) -> bool:
        if txn.txn_id in self._state.txns:
            return False
        before = dict(self._state.balances)
        for leg in txn.legs:
            account = (leg.account, leg.unit)
            self._state.balances[account] = self._state.balances.get(account, 0) + leg.amount
        done: list[LotMove] = []
        for name, unit in {leg.account: leg.unit for leg in txn.legs if has_lots(leg.account)}.items():
            moved = lots.move(txn, name, self.lots_of(name), balance_before=before.get((name, unit), 0))
            hers = {lot.lot_id: lot for lot in (*self.lots_of(name), *moved.opened, *moved.changed)}
            self._state.lots[name] = tuple(hers.values())
            opened = [LotMove(name, lot.lot_id, lot.amount, lot.expires_on, _age(lot, txn)) for lot in moved.opened]
            done = [*opened, *done, *moved.uses]
        self._state.moves[txn.txn_id] = tuple(done)
        self._state.txns[txn.txn_id] = replace(txn, lots=(), reverses=None, parts=())
        if txn.reverses is not None:
            self._state.reversals[txn.txn_id] = (txn.reverses, txn.parts)
        return True

    def balance(self, account: str, unit: str) -> int:
        return self._state.balances.get((account, unit), 0)

    def lots(self, member_id: str) -> tuple[Lot, ...]:
        return self.lots_of(points_account(member_id))

    def lots_of(self, account: str) -> tuple[Lot, ...]:
        return lots.in_spending_order(self._state.lots.get(account, ()))

    def moves(self, txn_id: str) -> tuple[LotMove, ...]:
        return self._state.moves.get(txn_id, ())

    def reversed_of(self, txn_id: str) -> dict[int, int]:
        found: dict[int, int] = {}
        for original, parts in self._state.reversals.values():
            if original == txn_id:
                found |= {n: found.get(n, 0) + part for n, part in enumerate(parts, start=1) if part}
        return found

    def reversals(self, txn_id: str) -> tuple[str, ...]:
        return tuple(each for each, (original, _) in self._state.reversals.items() if original == txn_id)

    def lapsed(self, before: str) -> tuple[str, ...]:
        return tuple(
            account
            for account, hers in sorted(self._state.lots.items())
            if any(lot.remaining and lot.expires_on is not None and lot.expires_on < before for lot in hers)
        )

    def holding(self, prefix: str) -> tuple[tuple[str, int], ...]:
        found = ((name, amount) for (name, _), amount in self._state.balances.items() if name.startswith(prefix))
        return tuple(sorted((name, amount) for name, amount in found if amount))

    def txn(self, txn_id: str) -> Txn | None:
        return self._state.txns.get(txn_id)

    def history(self, account: str, *, limit: int = 50) -> tuple[Txn, ...]:
        touching = [txn for txn in self._state.txns.values() if any(leg.account == account for leg in txn.legs)]
        return tuple(reversed(touching))[:limit]


def _age(lot: Lot, txn: Txn) -> str | None:
    return None if lot.earned_at == txn.at else lot.earned_at


class MemoryLayers(Part):
    def _bought(self) -> dict[str, dict[tuple[date, str], list[tuple[int, int | None]]]]:
        found: dict[str, dict[tuple[date, str], list[tuple[int, int | None]]]] = {}
        for sale in [*self._state.imported.values(), *self._state.sales.values()]:
            who = self._state.merged.get(sale.member_id or "", sale.member_id)
            if who is None or who in self._state.erased:
                continue
            mine = found.setdefault(who, {})
            for line in sale.lines:
                product = self._state.products.get(line.code)
                cost = None if product is None or product.cost is None else product.cost.fen * line.quantity_milli
                day = date.fromisoformat(sale.business_date), "" if product is None else product.category
                mine.setdefault(day, []).append((line.net.fen, cost))
        return found

    def bought(self) -> Iterator[tuple[str, Sequence[Bought]]]:
        for member_id, days in sorted(self._bought().items()):
            rows = []
            for (day, category), lines in sorted(days.items()):
                costs = [cost for _, cost in lines]
                known = None if None in costs else sum(cost or 0 for cost in costs) // 1000
                rows.append(Bought(day, category, sum(net for net, _ in lines), known))
            yield member_id, rows

    def visits(self) -> Iterator[tuple[str, date]]:
        seen = {(member_id, day) for member_id, days in self._bought().items() for day, _ in days}
        return iter(seen)

    def joined(self) -> Iterator[tuple[str, date]]:
        for member in self._state.members.values():
            yield member.member_id, date.fromisoformat(member.joined_at[:10])

    def never_bought(self) -> Iterator[str]:
        every = (*self._state.imported.values(), *self._state.sales.values())
        bought = {self._state.merged.get(sale.member_id or "", sale.member_id) for sale in every}
        yield from sorted(who for who in self._state.members if who not in bought)

    def quiet_since(self, day: date) -> tuple[str, ...]:
        last = {who: layer.trade.last_on for who, (layer, _) in self._state.layers.items()}
        return tuple(sorted(who for who, joined in self.joined() if max(joined, last.get(who, joined)) < day))

    def known(self, member_ids: Iterable[str]) -> frozenset[str]:
        return frozenset(member_ids) & self._state.members.keys()

    def standings(self) -> dict[str, Standing]:
        return {member_id: layer.standing for member_id, (layer, _) in self._state.layers.items()}

    def of(self, member_id: str) -> Layer | None:
        found = self._state.layers.get(member_id)
        return None if found is None else found[0]

    def every(self) -> Iterator[Layer]:
        return iter([layer for _, (layer, _) in sorted(self._state.layers.items())])

    def last_bought(self, member_id: str) -> date | None:
        days = [
            sale.business_date for sale in self._state.sales.values() if self._state.is_hers(sale.member_id, member_id)
        ]
        return date.fromisoformat(days[-1]) if days else None

    def put(self, layers: Iterable[Layer], *, computed_on: date) -> None:
        self._state.layers |= {layer.member_id: (layer, computed_on) for layer in layers}

    def end_night(self, learned: Learned) -> None:
        kept = {name: pair for name, pair in self._state.layers.items() if pair[1] == learned.computed_on}
        self._state.layers, self._state.night = kept, learned

    def last_night(self) -> Learned | None:
        return self._state.night

    def forget(self, member_id: str) -> None:
        self._state.layers.pop(member_id, None)
        self._state.tags = {pair: by for pair, by in self._state.tags.items() if pair[0] != member_id}

    def segments(self) -> tuple[Segment, ...]:
        return tuple(segment for _, segment in sorted(self._state.segments.items()))

    def put_segment(self, saved: Segment) -> None:
        self._state.segments[saved.segment_id] = saved

    def drop_segment(self, segment_id: str) -> None:
        self._state.segments.pop(segment_id, None)

    def tags_of(self, member_id: str) -> tuple[str, ...]:
        return tuple(sorted(tag for name, tag in self._state.tags if name == member_id))

    def tags(self) -> dict[str, frozenset[str]]:
        names = {name for name, _ in self._state.tags}
        return {name: frozenset(self.tags_of(name)) for name in names}

    def tag(self, member_ids: Iterable[str], tag: str, *, by: str, at: str, by_rule: bool = False) -> None:
        for member_id in member_ids:
            self._state.tags.setdefault((member_id, tag), by_rule)

    def untag(self, member_id: str, tag: str) -> None:
        self._state.tags.pop((member_id, tag), None)

    def drop_ruled_tags(self) -> None:
        self._state.tags = {pair: by_rule for pair, by_rule in self._state.tags.items() if not by_rule}


class MemoryCoupons(Part):
    def by_code(self, code: str) -> Coupon | None:
        return next((coupon for coupon in self._state.coupons.values() if coupon.code == code), None)

    def by_id(self, coupon_id: str) -> Coupon | None:
        return self._state.coupons.get(coupon_id)

    def by_receipt_token(self, token: str) -> tuple[Coupon, ...]:
        return tuple(coupon for coupon in self._state.coupons.values() if token and coupon.receipt_token == token)

    def of_member(self, member_id: str) -> tuple[Coupon, ...]:
        hers = [c for c in self._state.coupons.values() if c.member_id == member_id and c.state == "issued"]
        return tuple(sorted(hers, key=lambda coupon: (coupon.valid_until, coupon.coupon_id)))

    def ever_of_member(self, member_id: str) -> tuple[Coupon, ...]:
        hers = [coupon for coupon in self._state.coupons.values() if coupon.member_id == member_id]
        return tuple(sorted(hers, key=lambda coupon: (coupon.valid_until, coupon.coupon_id)))

    def of_offer(self, offer_id: str, *, member_id: str) -> Coupon | None:
        hers = (c for c in self._state.coupons.values() if c.offer_id == offer_id and c.member_id == member_id)
        return next(hers, None)

    def all_of_offer(self, offer_id: str, *, member_id: str) -> tuple[Coupon, ...]:
        hers = (c for c in self._state.coupons.values() if c.offer_id == offer_id and c.member_id == member_id)
        return tuple(hers)

    def put(self, coupon: Coupon) -> None:
        known = self._state.coupons.get(coupon.coupon_id)
        if known is not None and known.state != "issued" and coupon.state == "issued":
            return
        self._state.coupons[coupon.coupon_id] = coupon

    def give_back(self, coupon: Coupon) -> None:
        self._state.coupons[coupon.coupon_id] = replace(coupon, state="issued")


class MemorySales(Part):
    def next_in_day(self, business_date: str) -> int:
        numbers = [s.number_in_day for s in self._state.sales.values() if s.business_date == business_date]
        numbers += [r.number_in_day for r, _ in self._state.refunds if r.business_date == business_date]
        numbers += [d.number_in_day for d, _ in self._state.values if d.business_date == business_date]
        numbers += [d.number_in_day for d, _ in self._state.cards if d.business_date == business_date]
        _, floor, until_date = self._state.number_floor
        return max([*numbers, floor if business_date <= until_date else 0]) + 1

    def next_token_seq(self) -> int:
        known = [sale.token_seq for sale in self._state.sales.values()]
        return max([*known, self._state.number_floor[0]]) + 1

    def skip_numbers(self, lives: int, *, until_date: str) -> None:
        tokens, numbers, _ = self._state.number_floor
        sales = self._state.sales.values()
        self._state.number_floor = (
            max([tokens, *(sale.token_seq for sale in sales)]) + 1_000_000 * lives,
            max([numbers, *(sale.number_in_day for sale in sales)]) + 5_000 * lives,
            until_date,
        )

    def add(self, sale: Sale, *, request_hash: str = "", imported: bool = False) -> None:
        if self.by_receipt(sale.receipt) is not None:
            raise ValueError(f"receipt {sale.receipt} is there already")
        if not imported and not self._is_journaled(sale):
            raise RuntimeError("a sale goes into the journal first, then into the books")
        (self._state.imported if imported else self._state.sales)[sale.receipt] = sale
        if sale.request_id is not None:
            if sale.request_id in self._state.requests:
                raise ValueError(f"request {sale.request_id} is there already")
            self._state.requests[sale.request_id] = (sale.receipt, request_hash)

    def _is_journaled(self, sale: Sale) -> bool:
        last = self._state.entries[-1] if self._state.entries else None
        return last is not None and last.type == "sale" and f'"{sale.sale_id}"'.encode() in last.body

    def by_receipt(self, number: str) -> Sale | None:
        return self._state.sales.get(number) or self._state.imported.get(number)

    def by_token(self, token: str) -> Sale | None:
        return next((sale for sale in self._state.sales.values() if sale.token == token), None)

    def by_redeem_code(self, code: str) -> Sale | None:
        return next((sale for sale in self._state.sales.values() if code and sale.redeem_code == code), None)

    def by_request(self, request_id: str) -> tuple[Sale, str] | None:
        known = self._state.requests.get(request_id)
        if known is None:
            return None
        sale = self.by_receipt(known[0])
        return None if sale is None else (sale, known[1])

    def sold_in_all(self) -> int:
        return sum(sale.due.fen for sale in self._state.sales.values())

    def has_bought(self, member_id: str) -> bool:
        sold = (*self._state.sales.values(), *self._state.imported.values())
        return any(self._state.is_hers(sale.member_id, member_id) for sale in sold)

    def last(self) -> Sale | None:
        return next(iter(self.recent(limit=1)), None)

    def recent(self, *, limit: int = 50) -> tuple[Sale, ...]:
        return tuple(reversed(self._state.sales.values()))[:limit]

    def of_member(self, member_id: str, *, limit: int = 50) -> tuple[Sale, ...]:
        past = sorted(self._state.imported.values(), key=lambda sale: datetime.fromisoformat(sale.at), reverse=True)
        hers = [sale for sale in (*self.recent(limit=10_000), *past) if self._state.is_hers(sale.member_id, member_id)]
        return tuple(hers[:limit])

    def count_on(self, business_date: str) -> tuple[int, int]:
        fen = [sale.total.fen for sale in self.every() if sale.business_date == business_date]
        return len(fen), sum(fen)

    def copies(self, number: str) -> int:
        return self._state.copies.get(number, 0)

    def count_copy(self, number: str) -> int:
        self._state.copies[number] = self.copies(number) + 1
        return self._state.copies[number]

    def on(self, business_date: str) -> Iterator[Sale]:
        return (sale for sale in self.every() if sale.business_date == business_date)

    def since(self, business_date: str) -> Iterator[Sale]:
        return (sale for sale in self.every() if sale.business_date >= business_date)

    def every(self) -> Iterator[Sale]:
        past = sorted(self._state.imported.values(), key=lambda sale: datetime.fromisoformat(sale.at))
        return iter([*past, *self._state.sales.values()])


class MemoryJournal(Part):
    def __init__(self, state: State, ids: Ids) -> None:
        super().__init__(state)
        self._ids = ids

    def _mine(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self._state.entries if entry.epoch == self._state.device.epoch)

    def append(self, type_: str, body: dict[str, Any], *, at: str, v: int = 1) -> Entry:
        seq, prev = self.head()
        entry = journal.entry(
            prev,
            device_id=self._state.device.device_id,
            epoch=self._state.device.epoch,
            seq=seq + 1,
            event_id=self._ids.new(),
            type_=type_,
            v=v,
            at=at,
            body=journal.canonical(body),
        )
        self._state.entries = (*self._state.entries, entry)
        return entry

    def after(self, seq: int, *, limit: int = 100) -> tuple[Entry, ...]:
        return self._mine()[seq : seq + limit]

    def head(self) -> tuple[int, bytes]:
        mine = self._mine()
        return (mine[-1].seq, mine[-1].hash) if mine else (0, GENESIS)

    def acked(self) -> int:
        epoch, seq = self._state.acked
        return seq if epoch == self._state.device.epoch else 0

    def ack(self, seq: int) -> None:
        if not 0 <= seq <= self.head()[0]:
            raise ValueError(f"nothing with seq {seq} was ever written")
        self._state.acked = (self._state.device.epoch, seq)

    def at(self, seq: int) -> Entry | None:
        mine = self._mine()
        return mine[seq - 1] if 0 < seq <= len(mine) else None

    def unsent(self) -> Unsent:
        waiting = self._mine()[self.acked() :]
        return Unsent(len(waiting), waiting[0].at if waiting else None)

    def carry_over(self, epoch: int) -> None:
        prev = GENESIS
        for old in self._mine():
            again = journal.entry(
                prev,
                device_id=old.device_id,
                epoch=epoch,
                seq=old.seq,
                event_id=old.event_id,
                type_=old.type,
                v=old.v,
                at=old.at,
                body=old.body,
            )
            self._state.entries = (*self._state.entries, again)
            prev = again.hash


class MemoryPrints(Part):
    def add(self, job: PrintJob) -> None:
        self._state.jobs[job.job_id] = job

    def get(self, job_id: str) -> PrintJob | None:
        return self._state.jobs.get(job_id)

    def queued(self, *, limit: int = 10) -> tuple[PrintJob, ...]:
        return tuple(job for job in self._state.jobs.values() if job.state == "queued")[:limit]

    def set_state(self, job_id: str, state: JobState, *, reason: str = "") -> None:
        self._state.jobs[job_id] = replace(self._state.jobs[job_id], state=state, reason=reason)

    def open_questions(self) -> tuple[PrintJob, ...]:
        unsure = ("sending", "unconfirmed", "failed")
        return tuple(job for job in self._state.jobs.values() if job.state in unsure and not job.asked)

    def settle(self, job_id: str) -> None:
        self._state.jobs[job_id] = replace(self._state.jobs[job_id], asked=True)

    def recent(self, *, limit: int = 20) -> tuple[PrintJob, ...]:
        return tuple(reversed(self._state.jobs.values()))[:limit]


class MemoryBaskets(Part):
    def keep_current(self, data: dict[str, Any] | None) -> None:
        self._state.basket = data

    def current(self) -> dict[str, Any] | None:
        return self._state.basket

    def park(self, parked: Parked) -> None:
        self._state.parked[parked.parked_id] = parked

    def parked(self) -> tuple[Parked, ...]:
        return tuple(self._state.parked.values())

    def take(self, parked_id: str) -> Parked | None:
        return self._state.parked.pop(parked_id, None)


class MemoryStaff(Part):
    def by_code(self, code: str) -> Staff | None:
        return self._state.staff.get(code)

    def by_badge(self, badge: str) -> Staff | None:
        return next((staff for staff in self._state.staff.values() if badge and staff.badge == badge), None)

    def every(self) -> tuple[Staff, ...]:
        return tuple(staff for _, staff in sorted(self._state.staff.items()))

    def put(self, staff: Staff) -> None:
        self._state.staff[staff.code] = staff

    def link(self, code: str, member_id: str) -> None:
        self._state.staff_members[code] = member_id

    def put_phone(self, code: str, phone: str) -> None:
        self._state.staff_phones.pop(code, None)
        if phone:
            self._state.staff_phones[code] = phone

    def has_phone(self, code: str) -> bool:
        return code in self._state.staff_phones

    def codes_of(self, member_id: str) -> tuple[str, ...]:
        state, member = self._state, self._state.members.get(member_id)
        linked = {code for code, other in state.staff_members.items() if member_id and other == member_id}
        return tuple(
            sorted(linked | {c for c, phone in state.staff_phones.items() if member and phone == member.phone})
        )


class MemoryPolicies(Part):
    def in_force(self, *, at: str | None = None) -> Policy:
        until = None if at is None else datetime.fromisoformat(at)
        told = sorted(self._state.policy, key=lambda row: datetime.fromisoformat(row[2]))
        return Policy(
            {key: value for key, value, then in told if until is None or datetime.fromisoformat(then) <= until}
        )

    def put(self, key: str, value: Any, *, at: str) -> None:
        if (key, value, at) not in self._state.policy:
            self._state.policy = (*self._state.policy, (key, value, at))


class MemoryWords(Part):
    """Words of the owner, in the list of the state called `held`."""

    held: str

    def every(self) -> tuple[Any, ...]:
        return newest(getattr(self._state, self.held))

    def get(self, subject: str) -> Any:
        return next((word for word in self.every() if word.subject == subject), None)

    def history(self, subject: str) -> tuple[Any, ...]:
        told = [word for word in getattr(self._state, self.held) if word.subject == subject]
        return tuple(sorted(told, key=lambda word: datetime.fromisoformat(word.changed_at)))

    def put(self, word: OwnerWord) -> None:
        held = getattr(self._state, self.held)
        said = {(each.subject, each.changed_at, each.number, each.state) for each in held}
        if (word.subject, word.changed_at, word.number, word.state) not in said:
            setattr(self._state, self.held, (*held, word))


class MemoryPromotions(MemoryWords):
    held = "promotions"

    def rules(self) -> Rulebook:
        return rules_of(self.every())

    def note_use(self, use: PromotionUse, *, sale_id: str, member_id: str | None, business_date: str) -> None:
        self._state.promotion_uses = (*self._state.promotion_uses, (use, member_id, business_date))

    def used(
        self, promotion_ids: Sequence[str], *, member_id: str | None, business_date: str
    ) -> tuple[dict[str, int], dict[str, int]]:
        by_member = dict.fromkeys(promotion_ids if member_id is not None else (), 0)
        today = dict.fromkeys(promotion_ids, 0)
        for use, who, day in self._state.promotion_uses:
            if use.promotion_id in today and day == business_date:
                today[use.promotion_id] += use.times
            if use.promotion_id in by_member and member_id is not None and self._state.is_hers(who, member_id):
                by_member[use.promotion_id] += use.times
        return by_member, today

    def keep_replay(self, promotion_id: str, number: int, result: dict[str, Any], *, at: str) -> None:
        self._state.replays[promotion_id, number] = result

    def replay_of(self, promotion_id: str, number: int) -> dict[str, Any] | None:
        return self._state.replays.get((promotion_id, number))


class MemoryFeeds(Part):
    def cursor(self, feed: str) -> Cursor | None:
        return self._state.cursors.get(feed)

    def move(self, cursor: Cursor) -> None:
        self._state.cursors[cursor.feed] = cursor

    def note_opened(self, token: str, at: str) -> None:
        self._state.opened.setdefault(token, at)

    def opened(self) -> dict[str, str]:
        return dict(self._state.opened)


class MemoryApprovals(Part):
    def add(self, approval: Approval) -> None:
        if approval.approval_id in self._state.approvals:
            raise ValueError(f"approval {approval.approval_id} is there already")
        self._state.approvals[approval.approval_id] = approval

    def by_id(self, approval_id: str) -> Approval | None:
        return self._state.approvals.get(approval_id)

    def use(self, approval_id: str, *, at: str) -> bool:
        found = self._state.approvals.get(approval_id)
        if found is None or found.used_at:
            return False
        self._state.approvals[approval_id] = replace(found, used_at=at)
        return True

    def every(self) -> Iterator[Approval]:
        return iter(tuple(self._state.approvals.values()))


class MemoryAttempts(Part):
    def put(self, attempt: Attempt) -> None:
        self._state.attempts[attempt.attempt_id] = attempt

    def open(self) -> tuple[Attempt, ...]:
        return self._those(lambda attempt: attempt.state in (*OPEN, *REFUND_OPEN))

    def unsettled(self) -> tuple[Attempt, ...]:
        return self._those(lambda attempt: attempt.state in UNSETTLED)

    def unused(self) -> tuple[Attempt, ...]:
        return self._those(lambda one: one.kind == "take" and one.state == "paid" and not one.used_by)

    def owed_back(self) -> tuple[Attempt, ...]:
        made = {refund.refund_id for refund, _ in self._state.refunds} | {doc.doc_id for doc, _ in self._state.values}
        tries = self._those(lambda one: one.kind == "refund" and one.sale_id in made)
        # a later try takes the place of the one before
        last = {(one.sale_id, one.trade_number): one for one in tries}
        return tuple(one for one in last.values() if one.state == "failed" and not one.used_by)

    def by_id(self, attempt_id: str) -> Attempt | None:
        return self._state.attempts.get(attempt_id)

    def by_trade(self, trade_number: str) -> Attempt | None:
        found = self._those(lambda one: one.kind == "take" and one.trade_number == trade_number)
        return found[0] if found else None

    def refunds_of(self, trade_number: str) -> tuple[Attempt, ...]:
        return self._those(lambda one: one.kind == "refund" and one.trade_number == trade_number)

    def of_document(self, sale_id: str) -> tuple[Attempt, ...]:
        return self._those(lambda attempt: attempt.sale_id == sale_id)

    def by_code(self, code_hash: str) -> tuple[Attempt, ...]:
        return self._those(lambda attempt: attempt.code_hash == code_hash)

    def between(self, start: str, end: str) -> tuple[Attempt, ...]:
        return self._those(lambda attempt: start <= attempt.at < end)

    def _those(self, wanted: Callable[[Attempt], bool]) -> tuple[Attempt, ...]:
        return tuple(filter(wanted, self._state.attempts.values()))


class MemoryPriceLists(MemoryWords):
    held = "price_lists"

    def in_force(self) -> tuple[PriceListTerms, ...]:
        return in_force(self.every())


class MemoryTemplates(MemoryWords):
    held = "coupon_templates"


class MemoryGrants(Part):
    def put(self, grant: Grant) -> None:
        place = grant.key, grant.n
        if place in self._state.coupon_grants:
            raise RuntimeError("given before")
        self._state.coupon_grants[place] = grant

    def sales_with(self, coupon_id: str) -> tuple[tuple[str, str], ...]:
        took = (sale for sale in self._state.sales.values() if any(use.coupon_id == coupon_id for use in sale.coupons))
        return tuple((sale.sale_id, sale.receipt) for sale in took)

    def costs(self) -> Iterator[tuple[str, int]]:
        found: dict[str, int] = {}
        for grant in self._state.coupon_grants.values():
            coupon = self._state.coupons.get(grant.coupon_id)
            if coupon is not None and coupon.state == "redeemed":
                found[grant.template_id] = found.get(grant.template_id, 0) + grant.cost_fen
        return iter(found.items())

    def of_key(self, key: str) -> tuple[Grant, ...]:
        hers = (grant for (of, _), grant in self._state.coupon_grants.items() if of == key)
        return tuple(sorted(hers, key=lambda grant: grant.n))

    def members(self) -> Iterator[str]:
        return iter(tuple(self._state.members))

    def wallet(self, member_id: str) -> tuple[Coupon, ...]:
        hers = sorted((c for c in self._state.coupons.values() if c.member_id == member_id), key=lambda c: c.coupon_id)
        return tuple(sorted(hers, key=lambda c: c.valid_until, reverse=True))

    def tally(self, on: date) -> Iterator[tuple[str, str, int]]:
        for coupon in self._state.coupons.values():
            is_over = coupon.state == "issued" and coupon.valid_until < on
            yield coupon.offer_id, "lapsed" if is_over else coupon.state, 1

    def receipts_of_uses(self) -> Iterator[str]:
        redeemed = {c.coupon_id for c in self._state.coupons.values() if c.state == "redeemed"}
        every = self._state.sales.values()
        return iter([sale.receipt for sale in every if any(use.coupon_id in redeemed for use in sale.coupons)])

    def of_coupon(self, coupon_id: str) -> Grant | None:
        return next((one for one in self._state.coupon_grants.values() if one.coupon_id == coupon_id), None)

    def every(self) -> Iterator[Grant]:
        return iter(sorted(self._state.coupon_grants.values(), key=lambda one: (one.at, one.key, one.n)))


class MemoryBooks:
    """Implements `till.ports.Books`."""

    def __init__(self, state: State, ids: Ids) -> None:
        self._state = state
        self.products = MemoryProducts(state)
        self.members = MemoryMembers(state)
        self.ledger = MemoryLedger(state)
        self.layers = MemoryLayers(state)
        self.proofs = MemoryProofs(state)
        self.alarms = MemoryAlarms(state)
        self.timeline = MemoryTimeline(state)
        self.outreach = MemoryOutreach(state)
        self.feedback = MemoryFeedback(state)
        self.groups = MemoryGroups(state)
        self.coupons = MemoryCoupons(state)
        self.coupon_templates = MemoryTemplates(state)
        self.coupon_grants = MemoryGrants(state)
        self.sales = MemorySales(state)
        self.journal = MemoryJournal(state, ids)
        self.prints = MemoryPrints(state)
        self.baskets = MemoryBaskets(state)
        self.staff = MemoryStaff(state)
        self.approvals = MemoryApprovals(state)
        self.policy = MemoryPolicies(state)
        self.promotions = MemoryPromotions(state)
        self.price_lists = MemoryPriceLists(state)
        self.refunds = MemoryRefunds(state)
        self.values = MemoryValues(state)
        self.cards = MemoryCards(state)
        self.vouchers = MemoryVouchers(state)
        self.coupon_holds = MemoryHolds(state)
        self.tiers = MemoryTiers(state)
        self.referrals = MemoryReferrals(state)
        self.drawer = MemoryDrawer(state)
        self.shifts = MemoryShifts(state)
        self.feeds = MemoryFeeds(state)
        self.attempts = MemoryAttempts(state)

    @property
    def device(self) -> Device:
        return self._state.device

    def put_device(self, device: Device) -> None:
        self._state.device = device

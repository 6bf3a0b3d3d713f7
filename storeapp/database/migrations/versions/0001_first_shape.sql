-- The first shape of the file: every table, index and search table.

CREATE TABLE account (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    unit TEXT NOT NULL CHECK (unit IN ('fen', 'pts', 'coupon')),
    balance INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (name, unit)
)
 STRICT;

CREATE TABLE ack_mark (
    id INTEGER NOT NULL CHECK (id = 1),
    epoch INTEGER NOT NULL CHECK (epoch > 0),
    seq INTEGER NOT NULL CHECK (seq >= 0),
    PRIMARY KEY (id)
)
 STRICT;

CREATE TABLE attempt (
    id INTEGER NOT NULL,
    attempt_id TEXT NOT NULL,
    sale_id TEXT NOT NULL,
    provider TEXT NOT NULL,
    fen INTEGER NOT NULL CHECK (fen >= 0),
    state TEXT NOT NULL CHECK (state IN ('sent', 'paid', 'refused', 'unknown')),
    at TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (attempt_id)
)
 STRICT;

CREATE TABLE consent (
    id INTEGER NOT NULL,
    member_id TEXT NOT NULL,
    purpose TEXT NOT NULL,
    at TEXT NOT NULL,
    given INTEGER NOT NULL CHECK (given IN (0, 1)),
    text_version TEXT NOT NULL,
    channel TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (member_id, purpose, at, given)
)
 STRICT;

CREATE TABLE coupon (
    coupon_id TEXT NOT NULL,
    code TEXT NOT NULL,
    offer_id TEXT NOT NULL,
    amount_fen INTEGER NOT NULL CHECK (amount_fen >= 0),
    min_spend_fen INTEGER NOT NULL CHECK (min_spend_fen >= 0),
    valid_from TEXT NOT NULL,
    valid_until TEXT NOT NULL,
    member_id TEXT,
    state TEXT NOT NULL CHECK (state IN ('issued', 'redeemed', 'void')),
    receipt_token TEXT NOT NULL,
    PRIMARY KEY (coupon_id)
)
 WITHOUT ROWID,
 STRICT;

CREATE INDEX coupon_code ON coupon (code);

CREATE INDEX coupon_member ON coupon (member_id) WHERE member_id IS NOT NULL;

CREATE INDEX coupon_receipt ON coupon (receipt_token) WHERE receipt_token != '';

CREATE TABLE current_basket (
    id INTEGER NOT NULL CHECK (id = 1),
    data TEXT NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;

CREATE TABLE day (
    business_date TEXT NOT NULL,
    last_number INTEGER NOT NULL CHECK (last_number >= 0),
    sales INTEGER NOT NULL CHECK (sales >= 0),
    total_fen INTEGER NOT NULL,
    PRIMARY KEY (business_date)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE device (
    id INTEGER NOT NULL CHECK (id = 1),
    data TEXT NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;

CREATE TABLE feed (
    feed TEXT NOT NULL,
    feed_epoch INTEGER NOT NULL CHECK (feed_epoch >= 0),
    seq INTEGER NOT NULL CHECK (seq >= 0),
    sum TEXT NOT NULL,
    PRIMARY KEY (feed)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE journal (
    place INTEGER NOT NULL,
    event_id BLOB NOT NULL,
    type TEXT NOT NULL,
    v INTEGER NOT NULL CHECK (v > 0),
    at TEXT NOT NULL,
    hash BLOB NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (place)
)
 STRICT;

CREATE TABLE ledger_txn (
    id INTEGER NOT NULL,
    txn_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    member_id TEXT,
    PRIMARY KEY (id),
    UNIQUE (txn_id)
)
 STRICT;

CREATE TABLE page_open (
    token TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (token)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE member (
    id INTEGER NOT NULL,
    member_id TEXT NOT NULL,
    phone_index BLOB NOT NULL,
    particulars BLOB NOT NULL,
    joined_at TEXT NOT NULL,
    tier TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (member_id),
    UNIQUE (phone_index)
)
 STRICT;

CREATE INDEX ix_member_joined_at ON member (joined_at);

CREATE TABLE member_erased (
    member_id TEXT NOT NULL,
    PRIMARY KEY (member_id)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE number_floor (
    id INTEGER NOT NULL CHECK (id = 1),
    token_seq INTEGER NOT NULL CHECK (token_seq >= 0),
    number_in_day INTEGER NOT NULL CHECK (number_in_day >= 0),
    until_date TEXT NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;

CREATE TABLE parked_basket (
    id INTEGER NOT NULL,
    parked_id TEXT NOT NULL,
    label TEXT NOT NULL,
    parked_at TEXT NOT NULL,
    cashier TEXT NOT NULL,
    lines INTEGER NOT NULL CHECK (lines >= 0),
    total_fen INTEGER NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (parked_id)
)
 STRICT;

CREATE TABLE past_sale (
    id INTEGER NOT NULL,
    receipt TEXT NOT NULL,
    request_id TEXT,
    request_hash TEXT NOT NULL,
    business_date TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    total_fen INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (receipt),
    UNIQUE (request_id)
)
 STRICT;

CREATE TABLE policy (
    id INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE ("key", at_us, value)
)
 STRICT;

CREATE TABLE print_job (
    id INTEGER NOT NULL,
    job_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    printer TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'done', 'unconfirmed', 'failed')),
    created_at TEXT NOT NULL,
    receipt TEXT NOT NULL,
    copy INTEGER NOT NULL CHECK (copy >= 0),
    reason TEXT NOT NULL,
    asked INTEGER NOT NULL CHECK (asked IN (0, 1)),
    PRIMARY KEY (id),
    UNIQUE (job_id)
)
 STRICT;

CREATE INDEX print_job_open ON print_job (state) WHERE state <> 'done';

CREATE TABLE product (
    id INTEGER NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    price_fen INTEGER NOT NULL CHECK (price_fen >= 0),
    unit TEXT NOT NULL,
    category TEXT NOT NULL,
    barcodes TEXT NOT NULL,
    member_price_fen INTEGER CHECK (member_price_fen >= 0),
    cost_fen INTEGER CHECK (cost_fen >= 0),
    stock_milli INTEGER,
    stock_at TEXT,
    weighed INTEGER NOT NULL CHECK (weighed IN (0, 1)),
    image TEXT NOT NULL,
    spellings TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (code)
)
 STRICT;

CREATE TABLE quick_key (
    tab TEXT NOT NULL,
    place INTEGER NOT NULL,
    product TEXT NOT NULL,
    PRIMARY KEY (tab, place)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE reprint (
    receipt TEXT NOT NULL,
    copies INTEGER NOT NULL CHECK (copies > 0),
    PRIMARY KEY (receipt)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE staff (
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('cashier', 'manager', 'owner')),
    pin_hash TEXT NOT NULL,
    wrong_tries INTEGER NOT NULL CHECK (wrong_tries >= 0),
    locked_until TEXT NOT NULL,
    is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
    PRIMARY KEY (code)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE ledger_leg (
    txn INTEGER NOT NULL,
    n INTEGER NOT NULL,
    account INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (txn, n),
    FOREIGN KEY(txn) REFERENCES ledger_txn (id),
    FOREIGN KEY(account) REFERENCES account (id)
)
 WITHOUT ROWID,
 STRICT;

CREATE INDEX ledger_leg_account ON ledger_leg (account, txn);

CREATE TABLE lot (
    account INTEGER NOT NULL,
    txn INTEGER NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    remaining INTEGER NOT NULL CHECK (remaining >= 0),
    expires_on TEXT,
    PRIMARY KEY (account, txn),
    CHECK (remaining <= amount),
    FOREIGN KEY(account) REFERENCES account (id),
    FOREIGN KEY(txn) REFERENCES ledger_txn (id)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE member_key (
    member INTEGER NOT NULL,
    wrapped BLOB NOT NULL,
    PRIMARY KEY (member),
    FOREIGN KEY(member) REFERENCES member (id)
)
 STRICT;

CREATE TABLE member_word (
    word TEXT NOT NULL,
    "row" INTEGER NOT NULL,
    PRIMARY KEY (word, "row"),
    FOREIGN KEY("row") REFERENCES member (id)
)
 WITHOUT ROWID,
 STRICT;

CREATE INDEX member_word_row ON member_word ("row");

CREATE TABLE product_code (
    code TEXT NOT NULL,
    product INTEGER NOT NULL,
    PRIMARY KEY (code),
    FOREIGN KEY(product) REFERENCES product (id)
)
 WITHOUT ROWID,
 STRICT;

CREATE INDEX ix_product_code_product ON product_code (product);

CREATE TABLE product_word (
    word TEXT NOT NULL,
    "row" INTEGER NOT NULL,
    PRIMARY KEY (word, "row"),
    FOREIGN KEY("row") REFERENCES product (id)
)
 WITHOUT ROWID,
 STRICT;

CREATE INDEX product_word_row ON product_word ("row");

CREATE TABLE sale (
    id INTEGER NOT NULL,
    sale_id TEXT NOT NULL,
    receipt TEXT NOT NULL,
    token TEXT NOT NULL,
    redeem_code TEXT NOT NULL,
    request_id TEXT,
    request_hash TEXT NOT NULL,
    business_date TEXT NOT NULL,
    number_in_day INTEGER NOT NULL CHECK (number_in_day > 0),
    token_seq INTEGER NOT NULL CHECK (token_seq > 0),
    at TEXT NOT NULL,
    cashier TEXT NOT NULL,
    member_id TEXT,
    total_fen INTEGER NOT NULL,
    due_fen INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(id) REFERENCES journal (place),
    UNIQUE (receipt),
    UNIQUE (token),
    UNIQUE (request_id)
)
 STRICT;

CREATE INDEX sale_redeem_code ON sale (redeem_code) WHERE redeem_code != '';

CREATE TABLE sale_line (
    sale INTEGER NOT NULL,
    n INTEGER NOT NULL,
    code TEXT NOT NULL,
    quantity_milli INTEGER NOT NULL CHECK (quantity_milli > 0),
    gross_fen INTEGER NOT NULL,
    discount_fen INTEGER NOT NULL,
    PRIMARY KEY (sale, n),
    FOREIGN KEY(sale) REFERENCES sale (id)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE tender (
    sale INTEGER NOT NULL,
    n INTEGER NOT NULL,
    kind TEXT NOT NULL,
    fen INTEGER NOT NULL CHECK (fen >= 0),
    PRIMARY KEY (sale, n),
    FOREIGN KEY(sale) REFERENCES sale (id)
)
 WITHOUT ROWID,
 STRICT;

CREATE VIRTUAL TABLE product_gram USING fts5(grams, tokenize='ascii', detail=none, content='', contentless_delete=1);

CREATE VIRTUAL TABLE member_gram USING fts5(grams, tokenize='ascii', detail=none, columnsize=0);

INSERT INTO member_gram (member_gram, rank) VALUES ('secure-delete', 1);

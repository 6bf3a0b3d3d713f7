"""The products sheet: real files of real shops, and what is said about the bad ones."""

import csv
import io
import zipfile
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart

from storeapp.domain.money import Money
from storeapp.till.products_sheet import ProductsSheet, read_products
from storeapp.till.sheet_files import rows_of
from storeapp.till.sheets import ColumnsMissing, ColumnTwice, NotATable

DAY = datetime(2026, 1, 2)
HEADER = "code,name,price,unit,category,barcodes,member_price,cost,stock,weighed,image"
TEA = "00123,绿茶,3.50,瓶,饮料,6901234567892;6909876543212,3.20,2.1,48,,"
RICE = "00124,大米,12,kg,生鲜,,,8.5,120.5,是,"


def sheet(text: str, encoding: str = "utf-8") -> ProductsSheet:
    return read_products(rows_of(text.encode(encoding)))


def workbook(*rows: tuple[Any, ...], formats: dict[str, str] | None = None) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(row)
    for cell, number_format in (formats or {}).items():
        page[cell].number_format = number_format
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def reasons(read: ProductsSheet) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.column, fault.reason) for fault in read.faults]


def test_a_product_is_read_with_its_zeros_its_barcodes_and_its_fen():
    read = sheet(f"{HEADER}\n{TEA}\n{RICE}\n")

    tea, rice = (row.product for row in read.rows)
    assert read.faults == ()
    assert (tea.code, tea.name, tea.price, tea.unit, tea.category) == ("00123", "绿茶", Money(350), "瓶", "饮料")
    assert tea.barcodes == ("6901234567892", "6909876543212")
    assert (tea.member_price, tea.cost, tea.stock_milli, tea.weighed) == (Money(320), Money(210), 48_000, False)
    assert (rice.member_price, rice.stock_milli, rice.weighed) == (None, 120_500, True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_usual_encoding_and_delimiter_reads_the_same(encoding, delimiter):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerows(csv.reader([HEADER, TEA, RICE]))

    read = sheet(text.getvalue(), encoding)

    assert read == sheet(f"{HEADER}\n{TEA}\n{RICE}\n")


def test_chinese_headers_are_recognised_and_each_column_says_how_it_was_read():
    read = sheet(
        "商品资料导出\n条码,货号,品名,售价（元）,单位,分类,会员价,进价,库存,产地\n6901234567892,A1,绿茶,¥3.5,瓶,饮料,,,,杭州"
    )

    assert read.rows[0].row == 3
    assert read.rows[0].product.code == "A1"
    assert read.rows[0].product.barcodes == ("6901234567892",)
    assert [(column.header, column.column) for column in read.columns] == [
        ("条码", "barcodes"),
        ("货号", "code"),
        ("品名", "name"),
        ("售价（元）", "price"),
        ("单位", "unit"),
        ("分类", "category"),
        ("会员价", "member_price"),
        ("进价", "cost"),
        ("库存", "stock"),
        ("产地", ""),
    ]


def test_a_file_with_barcodes_only_takes_the_first_as_the_code():
    read = sheet("条码,品名,售价\n6901234567892;6909876543212,绿茶,3.5")

    assert read.rows[0].product.code == "6901234567892"
    assert read.rows[0].product.barcodes == ("6909876543212",)


def test_a_row_without_its_own_code_goes_by_its_barcode():
    read = sheet("货号,条码,品名,售价\n,6901234567892,绿茶,3.5")

    assert read.rows[0].product.code == "6901234567892"


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("1,茶,-3", "price", "negative"),
        ("1,茶,3.505", "price", "too_many_decimals"),
        ("1,茶,", "price", "empty"),
        ("1,茶,免费", "price", "not_an_amount"),
        ('1,茶,"3,5"', "price", "not_an_amount"),
        ("1,茶,99999999999999999999", "price", "not_an_amount"),
        ("1,茶,99999999999", "price", "too_large"),
        ("1,茶\x01,3", "name", "control_character"),
        ("1,,3", "name", "empty"),
        (f"1,{'茶' * 5000},3", "name", "too_long"),
        ('1,"绿\n茶",3', "name", "control_character"),
        (",茶,3", "code", "empty"),
        ("6.90123E+12,茶,3", "code", "digits_lost"),
        (f"{'1' * 65},茶,3", "code", "too_long"),
        ("1,=A1&B1,3", "name", "formula"),
    ],
)
def test_a_bad_cell_is_named_by_row_column_and_reason(row, column, reason):
    read = sheet(f"code,name,price\n2,水,1\n{row}\n")

    assert reasons(read) == [(3, column, reason)]
    assert [good.product.code for good in read.rows] == ["2"]


@pytest.mark.parametrize(
    ("column", "value", "reason"), [("weighed", "也许", "not_yes_or_no"), ("stock", "多", "not_a_number")]
)
def test_a_cell_of_an_optional_column_may_be_bad_too(column, value, reason):
    read = sheet(f"code,name,price,{column}\n1,茶,3,{value}\n")

    assert reasons(read) == [(2, column, reason)]


def test_all_faults_of_a_row_are_told_not_only_the_first():
    read = sheet("code,name,price,cost\n,茶,x,-1\n")

    assert reasons(read) == [(2, "code", "empty"), (2, "price", "not_an_amount"), (2, "cost", "negative")]


def test_a_code_or_barcode_said_twice_is_the_later_rows_fault():
    read = sheet("code,name,price,barcodes\n1,茶,3,111\n1,水,2,\n3,酒,9,111\n4,米,9,1")

    assert [(fault.row, fault.column, fault.reason, fault.other) for fault in read.faults] == [
        (3, "code", "duplicate", "2"),
        (4, "barcodes", "duplicate", "2"),
        (5, "barcodes", "duplicate", "2"),
    ]
    assert [row.product.code for row in read.rows] == ["1"]


def test_an_emoji_name_is_a_name():
    assert sheet("code,name,price\n1,茶🍵,3").rows[0].product.name == "茶🍵"


def test_amounts_are_read_as_people_write_them():
    read = sheet('code,name,price\n1,a,￥3\n2,b,3.5元\n3,c,"1,280.00"\n4,d,３．５０\n5,e,0.50000')

    assert [row.product.price.fen for row in read.rows] == [300, 350, 128_000, 350, 50]


def test_excel_numbers_become_text_without_point_zero_and_text_keeps_its_zeros():
    data = workbook(
        ("code", "name", "price", "barcodes", "stock"),
        ("00123", "绿茶", 3.5, 6901234567892, 48.0),
        (77, "大米", 0.1 + 0.2, None, 1.5),
    )

    tea, rice = (row.product for row in read_products(rows_of(data)).rows)

    assert (tea.code, tea.barcodes, tea.price, tea.stock_milli) == ("00123", ("6901234567892",), Money(350), 48_000)
    assert (rice.code, rice.price, rice.stock_milli) == ("77", Money(30), 1_500)


def test_an_excel_number_shown_with_zeros_keeps_them():
    data = workbook(("code", "name", "price"), (123, "绿茶", 3), formats={"A2": "00000"})

    assert read_products(rows_of(data)).rows[0].product.code == "00123"


def test_a_barcode_that_lost_its_zeros_in_excel_is_reported():
    data = workbook(("barcode", "name", "price"), (12345678905, "绿茶", 3), ("6901234567892", "水", 1))

    assert reasons(read_products(rows_of(data))) == [(2, "barcode", "zeros_lost")]


def test_a_number_among_texts_of_one_length_has_lost_its_zeros():
    texts = (("00121", "绿茶", 3), ("00122", "米", 3), ("00123", "盐", 3))
    data = workbook(("code", "name", "price"), *texts, (124, "水", 1))

    fault = read_products(rows_of(data)).faults[0]

    assert (fault.row, fault.reason, fault.other) == (5, "zeros_lost", "00124")


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("=1+2", "formula"),
        ("#REF!", "error"),
        (12345678901234567890, "digits_lost"),
        (datetime(2026, 1, 2), "digits_lost"),
    ],
)
def test_excel_cells_nobody_typed_are_refused(value, reason):
    data = workbook(("code", "name", "price"), (value, "绿茶", 3))

    assert reasons(read_products(rows_of(data))) == [(2, "code", reason)]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n ", "empty"),
        (bytes(range(256)) * 40_000, "binary"),
        (b"\x01\x02\x03" * 100, "binary"),
        (b"PK\x03\x04" + b"x" * 1000, "damaged"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 1000, "old_excel"),
        (b'code,name,price\n1,"never closed,3\n2,b,3\n', "damaged"),
        (b"\xff\xff\xff\xfa,a,b\n", "encoding"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(data, reason):
    with pytest.raises(NotATable) as refused:
        read_products(rows_of(data))

    assert refused.value.reason == reason


def test_a_workbook_whose_bytes_have_rotted_is_damaged():
    sound = workbook(("code", "name", "price"), *((str(n), "绿茶", n) for n in range(50)))
    with zipfile.ZipFile(io.BytesIO(sound)) as packed:
        at = packed.getinfo("xl/worksheets/sheet1.xml").header_offset + 100
    rotten = sound[:at] + bytes(byte ^ 0xFF for byte in sound[at : at + 40]) + sound[at + 40 :]

    for data in (rotten, sound.replace(b"PK\x01\x02\x14\x03\x14", b"PK\x01\x02\x14\x03\xff")):
        assert data != sound
        with pytest.raises(NotATable) as refused:
            read_products(rows_of(data))

        assert refused.value.reason == "damaged"


@pytest.mark.parametrize("front", ["hidden", "empty", "chart"])
def test_a_sheet_in_front_that_is_put_away_or_holds_nothing_is_passed_over(front: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(("code", "name", "price"), ("1", "绿茶", 3))))
    if front == "chart":
        book.create_chartsheet("sales", 0).add_chart(BarChart())
    else:
        notes = book.create_sheet("notes", 0)
        if front == "hidden":
            notes.append(["what we ordered"])
            notes.sheet_state = "hidden"
    saved = io.BytesIO()
    book.save(saved)

    assert [row.product.code for row in read_products(rows_of(saved.getvalue())).rows] == ["1"]


def test_a_file_of_mixed_encodings_names_the_row_that_cannot_be_read():
    with pytest.raises(NotATable) as refused:
        rows_of("code,name,price\n1,茶,3\n".encode() + b"2,\xff,3\n")

    assert (refused.value.reason, refused.value.row) == ("encoding", 3)


def test_an_end_of_file_sign_of_old_systems_is_no_row():
    assert [row.product.code for row in sheet("code,name,price\n1,茶,3\n\x1a").rows] == ["1"]


def test_a_table_without_the_columns_says_which_are_missing():
    with pytest.raises(ColumnsMissing) as refused:
        sheet("foo,品名\n1,2\n")

    assert refused.value.missing == ("price", "code/barcodes")
    assert refused.value.header == ("foo", "品名")


def test_two_columns_of_one_meaning_are_refused():
    with pytest.raises(ColumnTwice) as refused:
        sheet("code,name,price,售价\n1,a,2,3\n")

    assert refused.value.headers == ("price", "售价")


def test_of_two_numbers_of_its_own_the_first_is_the_code_and_the_other_is_shown_as_not_read():
    read = sheet("货号,自编码,商品名称,品名,零售价\n1,2,长名,短名,3\n")

    assert (read.rows[0].product.code, read.rows[0].product.name) == ("1", "长名")
    assert [column.column for column in read.columns] == ["code", "", "name", "", "price"]


def test_several_barcode_columns_are_one_product():
    read = sheet("code,name,price,条码,附加条码\n1,a,2,111,222;333\n")

    assert read.rows[0].product.barcodes == ("111", "222", "333")


def test_blank_rows_count_but_say_nothing():
    read = sheet("code,name,price\n\n,,\n1,,3\n")

    assert reasons(read) == [(4, "name", "empty")]

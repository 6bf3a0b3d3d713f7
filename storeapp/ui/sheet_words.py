"""What is wrong with a row of a sheet, in words."""

from __future__ import annotations

from storeapp.domain.price_list import PriceFault
from storeapp.words import N_, Words

REASONS = {
    "empty": N_("is empty"),
    "too_long": N_("is too long"),
    "too_large": N_("is too large"),
    "control_character": N_("holds a line break or another control character"),
    "negative": N_("is below zero"),
    "not_an_amount": N_("is not an amount in yuan"),
    "not_a_number": N_("is not a number"),
    "not_whole": N_("is not a whole number"),
    "too_many_decimals": N_("has too many decimals"),
    "not_yes_or_no": N_("is neither yes nor no"),
    "not_a_date": N_("is not a day such as 2024-05-01"),
    "not_a_birthday": N_("is not a birthday such as 05-01"),
    "in_the_future": N_("has not come yet"),
    "bad_phone": N_("is not a mobile number"),
    "formula": N_("is a formula: keep its value only"),
    "error": N_("is an error of the spreadsheet"),
    "digits_lost": N_("has lost digits to the spreadsheet: make the column text"),
    "zeros_lost": N_("has lost its leading zeros to the spreadsheet: make the column text"),
    "not_a_unit": N_("is no unit such as 箱:24:6901234567893:95.00"),
    "not_a_pack": N_("is no number of pieces in a larger unit, or the product is sold by weight"),
    "code_twice": N_("says one code twice"),
    "duplicate": N_("stands in row {other} already"),
    "barcode_taken": N_("belongs to product {other} already"),
    "member_exists": N_("is a member already"),
    "sum_differs": N_("is not what the rows above come to: {other}"),
}
"""Of a products, members or sales sheet: by the reason of a fault."""
PRICE_REASONS = {
    **REASONS,
    "not_whole": N_("is no price in whole fen"),
    "zero": N_("is nothing: who gives something away makes it a promotion"),
    "above_reason": N_("is more than a hundred times the shelf price"),
    "unknown_code": N_("is for a code no product answers to"),
}
"""Of a price list."""


def price_fault(fault: PriceFault, words: Words) -> str:
    """One faulty row of a price list."""
    reason = words.t(PRICE_REASONS[fault.reason]).format(other=fault.other)
    said = words.t("row {row}, {column}: “{value}” {reason}")
    return said.format(row=fault.row, column=fault.code, value=fault.value, reason=reason)

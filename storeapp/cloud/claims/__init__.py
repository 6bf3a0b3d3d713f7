"""Claims: from a scanned receipt to a coupon, once a receipt and once a person."""

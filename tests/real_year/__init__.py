"""A real grocery year as a shop's year: products, members and baskets for `storeapp sell`."""

"""Taking the money: amount due, tenders, change."""

"""Pages: what a shopper's phone shows behind the QR code of a receipt."""

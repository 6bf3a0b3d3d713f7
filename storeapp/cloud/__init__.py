"""The cloud: what many tills share, and the pages behind the QR codes on their receipts."""

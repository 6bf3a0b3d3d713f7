"""Cards paid for beforehand: hers and the kinds on sale, selling one, paying one back, and the owner's kinds."""

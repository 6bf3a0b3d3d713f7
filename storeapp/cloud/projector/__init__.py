"""The projector: from what a till wrote in its journal to the books of the cloud."""

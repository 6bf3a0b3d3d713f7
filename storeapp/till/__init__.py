"""What a till does: one function a deed, one commit a deed."""

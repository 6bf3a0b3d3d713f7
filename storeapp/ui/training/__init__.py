"""Training: entering and leaving the shop to practise on, and calling up trouble in it."""

"""Where the payment companies are asked: read by who speaks of an address without asking anybody."""

SHOUQIANBA = "https://vsi-api.shouqianba.com"

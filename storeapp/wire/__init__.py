"""Wire: what a till and the cloud say to each other. It knows neither side."""

"""HTTP: the tills' door. It reads a request, asks one function, and says its answer."""

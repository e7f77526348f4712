"""HTTP: reads the request, calls one service, chooses the page."""

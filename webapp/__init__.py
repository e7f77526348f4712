"""Flask application that collects workshop contributions and publishes the regional roadmap."""

from webapp.app import create_app, main

__all__ = ["create_app", "main"]

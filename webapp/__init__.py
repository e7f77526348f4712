"""Semailles: from what people say in workshops to the regional roadmap, and back."""

from webapp.app import create_app, main

__all__ = ["create_app", "main"]

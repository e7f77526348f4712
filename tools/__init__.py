"""What keeps the project itself: its pins, their advisories, its bill of materials."""

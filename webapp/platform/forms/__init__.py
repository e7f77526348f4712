"""Base of the forms: input parsing and validation; business rules are in services."""

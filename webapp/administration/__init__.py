"""Running an instance: audit log, permissions table, health endpoints."""

"""Collecting what people say: workshops, contributions, tables, paper, stands, surveys."""

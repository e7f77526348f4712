"""Collection of contributions: conferences, workshops, tables, paper, stands, surveys, devices."""

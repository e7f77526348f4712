"""Personal data: retention, erasure, access requests, legal notices."""

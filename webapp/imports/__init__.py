"""Files brought in by staff: read whole, checked line by line, stored all or not at all."""

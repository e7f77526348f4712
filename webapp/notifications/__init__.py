"""What the staff is told outside the pages: calendar feeds, e-mail reminders and digests."""

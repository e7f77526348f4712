"""HTTP helpers shared by all views: headers, current user, responses, error logging."""

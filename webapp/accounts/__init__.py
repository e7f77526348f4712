"""Staff accounts: sign-in, sessions, second factors, single sign-on, permissions."""

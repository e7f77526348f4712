"""Staff accounts: sign-in, throttle, sessions, second factors, single sign-on, permissions."""

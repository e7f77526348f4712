"""Forms of sign-in, passwords, second factors and accounts."""

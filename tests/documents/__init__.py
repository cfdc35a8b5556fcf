"""Documents that tests read, written by code: small ones that show one thing each, and big ones."""

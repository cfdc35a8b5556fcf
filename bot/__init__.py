"""The running program: settings, wiring, process roles, command line."""

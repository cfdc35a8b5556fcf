"""The tests: they mirror the packages and are named for behaviour."""

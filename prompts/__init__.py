"""Versioned prompts: files with declared inputs, and the registry that reads them."""

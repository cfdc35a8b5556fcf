"""Where the chat page is opened."""


def page_address(url: str, token: str) -> str:
    """The address for a person. What stands after `#` stays in the browser: no request and no log has it."""
    return f"{url}/#token={token}"

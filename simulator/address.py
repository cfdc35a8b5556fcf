"""Where the chat page is opened."""


def page_address(url: str, token: str) -> str:
    """The address for a person. What stands after `#` stays in the browser: no request has it, nor a log of requests.

    Whoever starts a browser with it shows it to everybody who can list the processes of the machine."""
    return f"{url}/#token={token}"

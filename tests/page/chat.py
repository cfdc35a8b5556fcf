"""The chat page as a person uses it."""

import re

from playwright.async_api import Locator, Page, expect

QUIET = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"""


class Chat:
    """The parts of the page, by the names that everybody knows them by."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def become(self, name: str) -> None:
        """Be this person."""
        await self.page.get_by_role("radio", name=re.compile(rf"^{re.escape(name)}(,|$)")).click()

    async def open(self, title: str) -> None:
        """Open the chat of this title."""
        await self.page.locator(".chat-row").filter(has=self.page.locator(".chat-title", has_text=title)).click()

    @property
    def field(self) -> Locator:
        """Where the message is written."""
        return self.page.locator(".composer-text")

    @property
    def messages(self) -> Locator:
        """All messages that can be seen."""
        return self.page.get_by_role("article")

    @property
    def newest(self) -> Locator:
        """The last of them."""
        return self.messages.last

    @property
    def keys(self) -> Locator:
        """The buttons under the newest message that has any."""
        return self.page.locator(".inline-keyboard").last.locator(".key")

    async def say(self, text: str) -> None:
        """Write and send."""
        await self.field.fill(text)
        await self.field.press("Enter")

    async def key(self, words: str) -> Locator:
        """The newest button with these words."""
        key = self.page.locator(".key", has_text=words).last
        await expect(key).to_be_visible()
        return key

    async def settle(self) -> None:
        """Wait until what was drawn is on the screen."""
        await self.page.evaluate(QUIET)

    async def overflow(self) -> list[str]:
        """What is wider than the window, or wider than its place without a way to scroll there."""
        found: list[str] = await self.page.evaluate(TOO_WIDE)
        return found


TOO_WIDE = """() => {
  const wide = [];
  if (document.scrollingElement.scrollWidth > innerWidth) wide.push("the page");
  for (const one of document.querySelectorAll("#frame *")) {
    const box = one.getBoundingClientRect();
    if (box.width === 0 || one.closest("pre, .people, .topics, .drop, .panel[hidden]")) continue;
    if (box.right > innerWidth + 1 || box.left < -1) wide.push(`${one.tagName}.${one.className} ${box.right}`);
  }
  return wide;
}"""

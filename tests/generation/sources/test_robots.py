"""What robots.txt says is obeyed."""

import time

import pytest

from generation.sources.robots import may_fetch

ROBOTS = """\
# for all
User-agent: *
Disallow: /private/
Allow: /private/open
Disallow: /*.pdf$
Disallow: /search*?q=
Disallow:

User-agent: OtherBot
User-agent: quizbot/1.0
Disallow: /quiz-free
Crawl-delay: 10
"""


@pytest.mark.parametrize(
    ("agent", "path", "allowed"),
    [
        ("somebody", "/", True),
        ("somebody", "/private/x", False),
        ("somebody", "/private/open/x", True),
        ("somebody", "/a/b.pdf", False),
        ("somebody", "/a/b.pdf?x", True),
        ("somebody", "/search/all?q=1", False),
        ("somebody", "/quiz-free", True),
        ("quizbot", "/quiz-free/x", False),
        ("quizbot", "/private/x", True),
        ("otherbot", "/quiz-free", False),
    ],
)
def test_the_longest_rule_of_the_own_group_decides(agent: str, path: str, allowed: bool) -> None:
    assert may_fetch(ROBOTS, agent, path) is allowed


def test_between_rules_as_long_allowing_wins_and_without_any_all_is_allowed() -> None:
    assert may_fetch("User-agent: *\nDisallow: /a\nAllow: /a", "quizbot", "/a")
    assert may_fetch("", "quizbot", "/a")
    assert may_fetch("<html>no rules</html>", "quizbot", "/a")
    assert not may_fetch("User-agent: *\nDisallow: /", "quizbot", "/a")
    assert not may_fetch("User-agent: *\nDisallow: /глава", "quizbot", "/%D0%B3%D0%BB%D0%B0%D0%B2%D0%B0")


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [("/a*$", True), ("/*a$", False), ("/*b$", True), ("/a*b*b$", False), ("/a$", False), ("*b", True)],
)
def test_stars_and_ends_are_understood(pattern: str, fits: bool) -> None:
    assert may_fetch(f"User-agent: *\nDisallow: {pattern}", "quizbot", "/ab") is not fits


def test_no_rules_take_long() -> None:
    hostile = "User-agent: *\n" + f"Disallow: /{'*a' * 500}b\n" * 400
    begun = time.process_time()

    assert may_fetch(hostile, "quizbot", "/" + "a" * 1_900)
    assert time.process_time() - begun < 5

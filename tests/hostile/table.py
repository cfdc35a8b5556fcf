"""What is sent beside documents that mean harm: links, topics, orders in sources and names, each with its test.

`python -m tests.hostile.table` prints the second table of the corpus in `docs/material.md`.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass

from tests.generation.test_moderation import REFUSED as ASKED
from tests.generation.test_obeying_models import FAKED
from tests.generation.test_source_moderation import REFUSED as SOURCES
from tests.hostile.test_addresses import INSIDE
from tests.hostile.test_pages import PAGES
from tests.hostile.topics import TOPICS

ADDRESSES = "tests/hostile/test_addresses.py"
ORDERED = "tests/writing/test_obeying_topics.py"
OBEYED = "tests/generation/test_obeying_models.py"
NAMES = "tests/hostile/test_names_that_are_shown.py"
THROUGH = "tests/hostile/test_through_the_bot.py"
REFUSES = "tests/generation/test_source_moderation.py"
REFUSES_TOPICS = "tests/generation/test_moderation.py"
FETCHED = "tests/hostile/test_pages.py"
REFUSED = "refused: `{}`"
CHECKED = "checked questions alone"


@dataclass(frozen=True)
class Row:
    """What is sent, what becomes of it, and the test that shows it, by its file and name."""

    sent: str
    becomes: str
    file: str
    test: str

    @property
    def shown(self) -> str:
        """The row as it stands in the table."""
        return f"| {self.sent} | {self.becomes} | `{self.file}` |"


def rows() -> Iterator[Row]:
    """All of them, in order."""
    inner = REFUSED.format("private_address")
    ways = f"{len(INSIDE)} ways of writing an inner address"
    yield Row(ways, f"{inner} or `not_an_address`", ADDRESSES, "test_no_way_of_writing_an_inner_address_gets_there")
    yield Row("a redirect to an inner address", inner, ADDRESSES, "test_no_redirect_leads_inside")
    yield Row("robots.txt that redirects there", inner, ADDRESSES, "test_no_redirect_of_robots_txt_leads_inside")
    again = "test_a_name_that_resolves_to_another_address_the_second_time_gets_nowhere"
    yield Row("a name that resolves differently the second time", inner, ADDRESSES, again)
    big = REFUSED.format("too_big")
    unpacks = "test_a_page_that_unpacks_to_a_thousand_times_its_size_is_too_big"
    yield Row("a page that unpacks to a thousand times its size", big, ADDRESSES, unpacks)
    yield Row("a page without end", big, ADDRESSES, "test_a_page_without_end_is_too_big")
    links = "test_links_into_private_networks_are_refused"
    yield Row("links to inner addresses, in the chat", "a clear word, no connection", THROUGH, links)
    for topic in TOPICS:
        test = "test_a_topic_that_orders_a_model_gets_checked_questions_and_no_more"
        yield Row(f"a topic that orders a model that obeys {topic.title}", CHECKED, ORDERED, test)
    pool = "test_whoever_names_the_subject_alone_gets_nothing_of_what_an_order_made"
    yield Row("the same, and others who name the subject", "a pool of its own", ORDERED, pool)
    for obeys in FAKED:
        dropped = "test_what_an_obeying_writer_brings_is_dropped"
        yield Row(f"a source that orders a model that obeys: {obeys}", "dropped", OBEYED, dropped)
    harm = "instructions for weapons, drugs and killing, methods of suicide, sex with minors, where a person lives"
    yield Row(
        f"{len(SOURCES)} sources that ask for harm: {harm}",
        "no quiz",
        REFUSES,
        "test_a_source_that_asks_for_harm_is_refused",
    )
    yield Row(
        f"{len(ASKED)} topics that ask for the same, in five languages",
        "no quiz",
        REFUSES_TOPICS,
        "test_what_harms_is_refused",
    )
    yield Row(
        f"{len(PAGES)} of the pages above, fetched",
        "as the file",
        FETCHED,
        "test_a_page_from_the_web_is_read_as_the_same_page_in_a_file",
    )
    names = "test_of_a_file_every_message_up_to_the_score_is_as_it_looks"
    for what in ("a name of a file", "a heading", "the text of a link", "a caption"):
        yield Row(f"{what} with zero-width, bidi and tag characters", "shown without them", NAMES, names)


def main() -> None:
    """Print the table."""
    sys.stdout.write("| what is sent | what becomes of it | shown by |\n|---|---|---|\n")
    sys.stdout.writelines(f"{row.shown}\n" for row in rows())


if __name__ == "__main__":
    main()

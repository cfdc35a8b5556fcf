"""A student sends their own material and plays a quiz on it, without any model."""

import pytest

from quiz.collection import Stage
from quiz.question import Checked
from storage.attempts import Attempts
from storage.collections import Collections
from storage.connection import Storage
from storage.quizzes import Quizzes
from storage.sources import Sources
from tests.bot_process import BotProcess
from tests.classroom import Classroom
from tests.notes.lectures import RIVERS, RUSSIAN_TEXT, TEXT, VOLCANOES, a_pdf, a_presentation, a_word_document
from tests.notes.sender import done, send, shows, wants
from tests.student import Student, check_kept


async def verdict(student: Student) -> str:
    """Answer the open question; what its message says then."""
    question = await student.question()
    await student.answer(question)
    message = question.message.message_id
    return await student.until(
        lambda: student.messages[message].text if "📖" in student.messages[message].text else None, "the evidence"
    )


async def test_a_text_becomes_a_quiz_whose_answers_show_their_evidence(
    bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """Each quote stands in the text word for word, with its line."""
    del bot
    ann = await classroom.join()
    await wants(ann, storage, count=3)
    await ann.say(TEXT)
    await shows(ann, "Mount Vesuvius", "words")
    assert await done(ann) == "Here we go"
    attempt_id = (await ann.question()).attempt
    for _ in range(3):
        said = await verdict(ann)
        assert any(sentence in said.replace("\n", " ") for sentence in VOLCANOES), said
        assert "— line " in said
        assert "Checked by a program only" in said
        assert "AI" not in said
    ended, _right, total = await ann.score(attempt_id)
    assert total == 3
    assert "📚 More from these notes" in [button.text for button in ended.buttons]
    attempt = await Attempts(storage).load(ann.id, attempt_id)
    assert attempt is not None
    check_kept(ann, attempt)
    questions = await Quizzes(storage).questions_of(attempt)
    assert {one.checked for one in questions.values()} == {Checked.RULES}
    assert attempt.notes is not None
    assert await Sources(storage).is_kept(ann.id, attempt.notes.source)
    collection = await Collections(storage).load(ann.id, ann.id)
    assert collection is not None
    assert (collection.stage, collection.parts) == (Stage.BEGUN, {})


@pytest.mark.parametrize(
    ("focus", "told"),
    [
        ("chapter 9", "I did not find this in your notes: chapter 9. So I ask about all of them."),
        ("Mount Etna and chapter 9", "I did not find this in your notes: chapter 9. So I ask about the rest"),
    ],
)
async def test_what_is_not_in_the_notes_is_said_before_the_first_question(
    bot: BotProcess, classroom: Classroom, storage: Storage, focus: str, told: str
) -> None:
    del bot
    ann = await classroom.join()
    await wants(ann, storage, count=1)
    await ann.say(TEXT)
    await shows(ann, "words")
    await ann.say(focus)
    await shows(ann, f"To ask about: {focus}")
    await done(ann)
    question = await ann.question()
    said = [one for one in ann.messages.values() if told in one.text]
    assert len(said) == 1
    assert said[0].message_id < question.message.message_id
    if focus.startswith("Mount Etna"):
        assert "— line 6" in await verdict(ann)


@pytest.mark.parametrize(
    ("name", "content", "amount", "place"),
    [
        ("lecture.pdf", a_pdf(), "2 pages, ", "— page "),
        ("lecture.pptx", a_presentation(), "2 slides, ", "— slide "),
        ("lecture.docx", a_word_document(), "", "— paragraph "),
    ],
    ids=["pdf", "pptx", "docx"],
)
async def test_a_document_becomes_a_quiz_that_names_the_place(
    bot: BotProcess, classroom: Classroom, storage: Storage, name: str, content: bytes, amount: str, place: str
) -> None:
    del bot
    ann = await classroom.join()
    await wants(ann, storage, count=2)
    await send(ann, name, content)
    await shows(ann, f"📄 {name} — {amount}", "words")
    await done(ann)
    first = await ann.question()
    assert first.message.text.startswith(f"1/2 · {name}")
    assert place in await verdict(ann)


async def test_a_russian_text_becomes_a_quiz_in_russian(
    bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """Whatever the bot speaks with the student."""
    del bot
    ann = await classroom.join()
    await wants(ann, storage, count=2)
    await ann.say(RUSSIAN_TEXT)
    await shows(ann, "words")
    await done(ann)
    said = await verdict(ann)
    assert any(sentence.rstrip(".") in said.replace("\n", " ") for sentence in RIVERS), said

"""What item analysis found of a question, in words for whoever wrote it."""

from delivery.words import translations
from quiz.attempt import LETTERS
from quiz.item_findings import Finding, Sign
from quiz.question import Question


def finding_words(finding: Finding, question: Question, language: str) -> str:
    """A sentence on what was found; options are called by their letters in the order in which they were written."""
    _ = translations(language).gettext
    words = {
        Sign.KEY_DOUBTED: _("Strong students missed this and chose {letters}: is the key right?"),
        Sign.WEAK_DO_BETTER: _("Weak students had this right more often than strong ones: is it misleading?"),
        Sign.GUESSED: _("Guessing explains this: no more had it right than by chance."),
        Sign.EASY: _("Almost everybody had this right."),
        Sign.UNUSED: _("Nobody chose {letters}."),
    }
    return words[finding.sign].format(letters=letters_of(finding.options, question, language))


def letters_of(options: str, question: Question, language: str) -> str:
    """What options are called: B; B or D."""
    letters = [LETTERS[place] for place, option in enumerate(question.options) if option.id in options]
    if len(letters) < 2:
        return "".join(letters)
    or_ = translations(language).gettext("{these} or {last}")
    return or_.format(these=", ".join(letters[:-1]), last=letters[-1])

"""Questions that are not asked, by the rules for topics and for materials."""

from generation.moderation import refused_topic
from generation.request import Draft
from generation.source_moderation import refused_evidence


def refused_question(draft: Draft) -> bool:
    """Whether a question is not asked, whoever wrote it.

    What is refused as a topic stands in it with one of its options, in its explanation or its source; or its quote, or
    a heading above that, asks for harm: these are shown below the answer.
    """
    texts = (*(f"{draft.stem} {option}" for option in draft.options), draft.explanation, draft.source or "")
    return any(map(refused_topic, texts)) or (draft.evidence is not None and refused_evidence(draft.evidence))

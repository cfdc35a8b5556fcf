"""Questions that are not asked, by the rules for topics and for materials."""

from generation.moderation import refused_topic
from generation.request import Draft
from generation.source_moderation import refused_evidence


def refused_question(draft: Draft) -> bool:
    """Whether a question is not asked, whoever wrote it: what is refused as a topic stands in it with one of its
    options, or in its explanation; or what is shown below the answer, its quote and headings, asks for harm."""
    texts = (*(f"{draft.stem} {option}" for option in draft.options), draft.explanation)
    return any(map(refused_topic, texts)) or (draft.evidence is not None and refused_evidence(draft.evidence))

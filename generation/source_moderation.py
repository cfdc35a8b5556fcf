"""Materials that no quiz is made from, and words of them that are not shown, by a short list of rules."""

import asyncio
import re
from collections.abc import Iterator

from generation.invisible import without_invisible
from generation.moderation import CHILD, refused_topic
from generation.request import WriteRequest
from quiz.material import UNDER, Evidence, Material, Passage

TRIGGERS = tuple(
    """
    murder bomb bombe explos molotov napalm grenad gun firearm silencer sarin ricin anthrax weapon poison meth heroin
    cocain lsd mdma fentanyl drug tatp thermit suicid kill hang dox stalk address phone porn sex nude nudity naked
    erotic hentai lolicon shotacon csam jailbait self-harm
    бомб взрыв молотов гранат оружи пистолет глушител зарин рицин яд наркот метамф мефедрон героин кокаин амфетамин
    отрав убить зареза задуш самоубий суицид покончить повеситься вены порн эроти секс голы обнаж адрес телефон паспорт
    деанон пробить
    sprengst waffe gift drogen kokain suizid selbstmord nackt arme drogue armas drogas veneno
    """.split()  # noqa: SIM905 - a list of so many words is read more easily so
)
"""Parts of words without which no rule for topics holds; only sentences with one of them are looked at closely."""
EXCUSES = re.compile(
    r"""\b(?:
    centur\w+ | histor\w+ | wars? | battle\w* | treat(?:y|ies|ment|ed) | law\w*
  | crim\w+ | illegal\w* | prohibit\w* | forbid\w* | bann?e?d? | punish\w* | police | court\w* | victim\w* | abuse\w*
  | prevent\w* | protect\w* | risk\w* | warn\w* | symptom\w* | antidote\w* | patients? | doctor\w*
  | paint\w* | sculpt\w* | novel\w* | film\w* | museum\w* | research\w* | stud(?:y|ies) | statistic\w* | refugee\w*
  | века? | веков | истори\w+ | войн\w* | битв\w* | договор\w* | закон\w* | преступ\w+ | запре[тщ]\w+
  | наказ\w+ | полици\w+ | суд\w* | жертв\w* | насили\w* | профилакт\w+ | предотвра\w+ | защит\w+ | риск\w* | нельзя
  | симптом\w* | противояди\w* | пациент\w* | врач\w* | картин\w* | скульпт\w* | роман\w* | фильм\w*
  | музе\w+ | исследова\w+ | статисти\w+ | лечени\w+ | беженц\w*
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words of a sentence that tells of a thing, warns of it or forbids it, wherever they stand in it."""
BEGINS = r"\W*(?:\d{1,2}[.):]\s*)?"
MAKING = r"""
    ma(?:k(?:e|ing)|de) | buil(?:d(?:ing)?|t) | assembl(?:e[ds]?|ing) | cook(?:ing|ed)? | synthes\w+
  | produc(?:e|ing|ed) | creat(?:e|ing|ed) | prepar(?:e|ing|ed) | print(?:ing|ed)? | grow(?:ing|n)?
  | commit(?:ting|ted)? | kill(?:ing|ed)? | hang(?:ing|ed)? | end(?:ing|ed)?
  | self-harm | cut(?:ting)? | poison(?:ing|ed)? | dox\w* | stalk\w* | die
  | \w*дела\w+ | \w*готов\w+ | собра\w+ | собир\w+ | \w*вари\w+ | синтез\w* | получ\w+ | вырасти\w+ | отрав\w+
  | покончить | убить | соверш\w+ | повеси\w+ | вскры\w+ | умереть
"""
"""What is done in a sentence that asks for harm."""
DEED = re.compile(rf"\b(?:{MAKING})\b", re.IGNORECASE | re.VERBOSE)
HOW_TO = re.compile(
    BEGINS
    + r"""(?: how \s (?:to|(?:do|can|could|should) \s (?:i|you|we)) \s
      | как (?:\s можно)? \s (?=(?:\w+\s){0,2}?\w+(?:ть|ти|чь)(?:ся)?\b)
      | (?:wie \s (?:man|ich)|comment|c[oó]mo) \s
    )""",
    re.IGNORECASE | re.VERBOSE,
)
GOVERNED = re.compile(
    rf"""\b(?:was|were|had|has\sbeen|ago|never|not|был[аио]?|не|никогда)\s+
    (?:[\w-]+\s+){{0,4}}?(?:\w+(?:л[аи]?|но),\s+как\s+(?:[\w-]+\s+){{0,2}}?)?(?:{MAKING})\b
    (?:\s+(?:[\w-]+\s+){{0,2}}?(?:home[- ]?made|diy|самодельн\w+)\b)?""",
    re.IGNORECASE | re.VERBOSE,
)
"""Only so do the past and a "not" tell or forbid: where they stand shortly before what is done."""
TOLD = re.compile(
    r"""(?:^|[,;:]\s(?:(?:and|but|и|а|но)\s)?) \W*(?:\d{1,2}[.):]\s*)? (?:(?:the|an?|these|those|its|their)\s)?
    (?: (?:how \s to|instructions?|recipes?|guides?|methods?|ways?) \b
        (?:\s (?!(?:that|which|who|as|if|when|while|where|like|than|it|and|but|so|because) \b) [\w'’-]+){1,8}?
        \s (?:was|were|had|(?:must|should|may|can) \s (?:not|never)) \b
      | (?:как|инструкци\w+|рецепт\w*|способ\w*|метод\w*) (?:\s (?!(?:что|если|когда|и|а|но) \b) [\w-]+){1,8}?
        ,? \s (?:не \s)? был[аио]? \b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
"""Sentences of which the harm is the subject: "how to build it was not known"."""
STEP = re.compile(
    r"""(?:[-*•]\s*)?(?:(?:step|шаг)\s*)?(?:\d{1,2}[.):]\s*)?(?:then\s|next,?\s|затем\s|потом\s)?
    (?: mix | add | heat | fill | pour | stir | dissolve | connect | attach | wrap | drill | light | pack | seal | take
      | put | insert | cut | cook | boil | filter | crush | grind | buy | place | screw | tie | aim
      | смеша\w+ | добав\w+ | нагре\w+ | засып\w+ | зале\w+ | разме\w+ | раствор\w+ | подключ\w+ | прикреп\w+ | оберн\w+
      | просверл\w+ | подож\w+ | возьм\w+ | полож\w+ | встав\w+ | отре\w+ | свар\w+ | вскип\w+ | отфильтр\w+
      | измельч\w+ | купи\w* | наполн\w+ | закро\w+ | закрут\w+ | привяж\w+ | насып\w+ | налей\w*
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""How the steps of an instruction begin."""
ENOUGH_STEPS = 3
FEW_WORDS = 80
"""A text of no more is as one that asks for a quiz in so many words."""
OFTEN = 3
"""Sentences that ask for harm, in a text of any length."""

PERSONAL = {
    "phone": re.compile(
        r"(?:\+\d{1,3}|\b8)[\s(-]*\d{3}[\s)-]*\d{3}[\s-]?\d{2}[\s-]?\d{2}\b|\b\(?\d{3}[)\-.\s]\s?\d{3}[-.\s]\d{4}\b"
    ),
    "home": re.compile(
        r"\bhome address\b|\blives (?:at|on) \d|\blives at\b|\bдомашний адрес\b|\bпрожива\w+ по адресу\b"
        r"|\bжив[её]т (?:по адресу|на ул)|\bкв(?:артира|\.)\s*\d"
        r"|\blives .{1,40}\b(?:flat|apartment|apt\.?) \d",
        re.IGNORECASE,
    ),
    "papers": re.compile(
        r"\bpassport (?:no\b|number|\d)|\bsocial security number\b|\bSSN\b|\bСНИЛС\b"
        r"|\bпаспорт\w*\W{1,3}(?:серии|номер|№|\d)"
    ),
    "birth": re.compile(
        r"\bborn (?:on\b|\d{1,2}(?:st|nd|rd|th)? [a-z]+ \d{4}|[a-z]+ \d{1,2}, \d{4})|\bdate of birth\b"
        r"|\bдата рождения\b|\bродил\w+ \d",
        re.IGNORECASE,
    ),
    "relation": re.compile(
        r"\b(?:my|our) (?:ex|classmate|neighbou?r|girlfriend|boyfriend|teacher|boss|colleague)\b"
        r"|\b(?:мо[йяеию]\w*|наш\w*) (?:бывш\w+|одноклассни\w+|сосед\w*|подруг\w*|парень|девушк\w+|учительниц\w*"
        r"|коллег\w*|начальни\w+)",
        re.IGNORECASE,
    ),
}
OF_A_PERSON = {"home", "papers", "relation"}
"""What nobody tells of himself to everybody; a telephone stands in every syllabus."""
ENOUGH_PERSONAL = 3

YOUNG = re.compile(
    rf"\b(?:{CHILD}|(?:\d|1[0-7]|\w+teen|twelve|eleven|ten)\syears\sold|\w+надцать\sлет)\b",
    re.IGNORECASE | re.VERBOSE,
)
ACT = re.compile(
    r"""\b(?: (?:had|have|having|has) \s sex | sexual \s intercourse | (?:made|making) \s love | masturbat\w+
      | (?:touch|fondl|lick|kiss)\w* \s (?:her|his) \s (?:\w+\s)? (?:breasts? | penis | vagina | genitals)
      | зан(?:има|я)\w+ \s (?:сексом|любовью) | мастурб\w+
      | (?:ласка|трога|целова)\w+ \s (?:е[ёе]|его) \s (?:грудь|член)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
TAUGHT_OF_IT = re.compile(
    r"""\b(?: age \s of | consent\w* | contracept\w* | condoms? | pregnan\w* | puberty | educat\w* | health\w*
      | hormon\w*
      | percent | per \s cent | survey\w* | infect\w* | контрацеп\w* | презерватив\w* | беремен\w* | созреван\w*
      | здоров\w*
      | просвещ\w* | возраст\w* \s согласия | процент\w* | инфекц\w* | гормон\w*
    )\b|%""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words beside such an act in what is taught of it."""
BESIDE = 3
"""Sentences in which a minor and an act belong together."""


async def is_refused(request: WriteRequest) -> bool:
    """Whether no quiz is written on the topic of a request, on what it asks of a material, or on the material."""
    material = request.material
    if refused_topic(request.focus if material else request.topic):
        return True
    return material is not None and await asyncio.to_thread(refused_material, material)


def refused_material(material: Material) -> bool:
    """Whether no quiz is made from this, whoever asks.

    Refused are instructions for harm, sexual content with minors, methods of suicide, and what lets a private person
    be found. A text that tells of such things, warns of them or forbids them is not: words alone refuse nothing, only
    sentences that would be refused as a topic and do not tell, warn or forbid, together with steps to follow, in a text
    of few words, or several of them. Few words are known; what they miss is left to the models.

    It may take a second for a long material: call it in a thread.
    """
    if any(_is_about_a_private_person(one) or _shows_a_minor(one) for one in material.passages):
        return True
    asking = sum(map(_asks, _sentences(material)))
    if not asking or asking >= OFTEN or material.words <= FEW_WORDS:
        return asking > 0
    return sum(bool(STEP.match(sentence)) for sentence in _sentences(material)) >= ENOUGH_STEPS


def refused_evidence(evidence: Evidence) -> bool:
    """Whether words of a material are not shown: a sentence of theirs, or a heading above them, asks for harm and does
    not tell of it."""
    return any(map(_asks, (*_split(evidence.quote), *evidence.place.heading.split(UNDER))))


def _sentences(material: Material) -> Iterator[str]:
    """The title, the headings and the sentences."""
    yield material.title
    yield from dict.fromkeys(passage.place.heading for passage in material.passages)
    for passage in material.passages:
        yield from _split(passage.text)


def _split(text: str) -> list[str]:
    return re.split(r"(?<=[.!?…])\s+|\n+", without_invisible(text))


def _asks(sentence: str) -> bool:
    folded = sentence.casefold()
    return any(part in folded for part in TRIGGERS) and refused_topic(sentence) and not _tells(sentence)


def _tells(sentence: str) -> bool:
    """Whether it tells of harm, warns of it or forbids it; of "how to …" only what comes before the deed excuses it."""
    words = " ".join(without_invisible(sentence).split())
    words = TOLD.sub(" ", words)
    if asked := HOW_TO.match(words):
        deed = DEED.search(words, asked.end())
        return deed is not None and EXCUSES.search(words, asked.end(), deed.start()) is not None
    # What is told or forbidden excuses nothing that is asked for beside it.
    return EXCUSES.search(words) is not None or not refused_topic(GOVERNED.sub(" ", words))


def _shows_a_minor(passage: Passage) -> bool:
    """Whether an act stands close to somebody's being a child, in sentences that neither teach nor condemn it."""
    if not ACT.search(passage.text):
        return False
    sentences = _split(passage.text)
    for at, sentence in enumerate(sentences):
        if ACT.search(sentence):
            beside = " ".join(sentences[max(0, at - BESIDE + 1) : at + BESIDE])
            if YOUNG.search(beside) and not EXCUSES.search(beside) and not TAUGHT_OF_IT.search(beside):
                return True
    return False


def _is_about_a_private_person(passage: Passage) -> bool:
    if not any(char.isdigit() for char in passage.text):
        return False
    told = {name for name, pattern in PERSONAL.items() if pattern.search(passage.text)}
    return len(told) >= ENOUGH_PERSONAL and bool(told & OF_A_PERSON)

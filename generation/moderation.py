"""Topics that no quiz is written on, by a short list of rules."""

import re

from generation.invisible import without_invisible

VERBOSELY = re.IGNORECASE | re.VERBOSE

HOW_TO = r"""
    how \s (?:to|do \s (?:i|you|we)|can \s (?:i|you|we)) | ways? \s (?:to|of) | instructions?
  | step[ -]by[ -]step
  | recipes? | guides? | tutorials? | diy | home[- ]?made
  | как (?:\s можно)? (?=\s+(?:\w+\s+){0,2}?\w+(?:ть|ти|чь)(?:ся)?\b) | инструкци\w* | рецепт\w* | пошагов\w*
  | руководств\w* | в \s домашних \s условиях | самодельн\w*
  | wie \s (?:man|ich|baue|mache|stelle) | anleitung\w* | bauanleitung\w* | rezepte? | selbst \s?gebaut\w*
  | schritt \s für \s schritt
  | comment (?=\s+(?:\w+\s+){0,2}?\w+(?:er|ir|re)\b) | recettes? | mode \s d['’]emploi | fait \s maison
  | étape \s par \s étape
  | c[oó]mo (?=\s+(?:\w+\s+){0,2}?\w+(?:ar|er|ir)(?:me|se)?\b) | instrucciones | receta\w* | caser[oa]s?
  | paso \s a \s paso
"""
MAKE = r"""
    mak(?:e|ing) | build(?:ing)? | assembl(?:e|ing) | cook(?:ing)? | synthes(?:is|i[sz]e|i[sz]ing)
  | produc(?:e|ing) | creat(?:e|ing) | prepar(?:e|ing) (?! \s for) | print(?:ing)? | grow(?:ing)?
  | (?:с|из)дела\w+ | (?:из|при)?готов\w+ | собра\w+ | (?:с)?вари\w+ | синтез\w* | получи\w+ | вырасти\w+
  | bau(?:en?|t) | herstell\w* | herzustellen | mach(?:en?|t) | koch(?:en?|t) | mischen | synthetisier\w*
  | fabriqu\w+ | faire | construire | cuisiner | synthétiser | préparer
  | hacer | fabric\w+ | constru\w+ | cocinar | sintetizar | preparar
"""
DANGEROUS_THINGS = r"""
    bombs? | explosives? | molotov(?:\s cocktails?)? | pipe \s bombs? | napalm | grenades? | ghost \s guns?
  | firearms? | guns? | silencers? | (?:nerve|chemical|biological) \s (?:gas|agents?|weapons?) | sarin | ricin
  | anthrax
  | weapons? | poisons? | meth(?:amphetamines?)? | heroin | cocaine | lsd | mdma | fentanyl
  | (?:illegal \s)?drugs | tatp | thermite
  | бомб\w* | взрывчат\w* | взрывн\w+ | коктейл\w+ \s молотова | гранат[уы] | оружи[ея] | пистолет\w*
  | глушител\w* | зарин\w* | рицин\w* | яд[ауы]? | наркотик\w* | метамфетамин\w* | мефедрон\w* | героин\w*
  | кокаин\w* | амфетамин\w*
  | \w*bomben? | sprengstoff\w* | sprengsatz | waffen? | schusswaffen? | giftgas | drogen | handgranaten?
  | kokain | sarin | rizin
  | bombes? | explosifs? | armes? | grenades? | poisons? | drogues? | cocaïne | héroïne | méthamphétamine
  | bombas? | explosivos? | armas? | granadas? | venenos? | drogas? | coca[ií]na | hero[ií]na | metanfetamina
"""
NEAR = r"\W+(?:\w+\W+){0,4}?"
CHILD = r"""
    child(?:ren)?(?:['’]s)? | kids? | minors | under[- ]?age(?:d)? | pre[- ]?teens? | toddlers?
  | (?:little|young|school) [- ]? (?:girls?|boys?) | schoolgirls? | schoolboys?
  | реб[её]н\w+ | дет(?:и|ей|ям|ьми|ях|ск\w+) | несовершеннолетн\w+ | малолет\w+ | школьни(?:ц|к)\w*
  | подростк\w*
  | kind(?:er|ern|es)? | minderjährig\w* | schulmädchen
  | (?:1[0-7]|[1-9])[- ]?(?:years?[- ]old|y/?o)s?
  | (?:[a-z]+teen|twelve|eleven|ten|nine|eight|seven|six)[- ]years?[- ]olds?
  | (?:1[0-7]|[1-9])[- ]?летн\w+ | (?:1[0-7]|[5-9]) \s лет | (?:\w+надцати|десяти|девяти|восьми|семи)летн\w+
  | девоч\w+ | девчон\w+
  | enfants? | mineure?s? | fillettes?
  | niñ[oa]s? | menor(?:es)? | colegialas?
"""
SEXUAL = r"""
    porn\w* | sexual(?:ly)? \s (?:content|acts?|fantas\w+|explicit|pictures?|stories) | sexuali[sz]\w+ | sexy
  | nudes? | naked (?! \s mole) | nudity | erotic\w* | hentai | sex \s with
  | порн\w* | эроти\w* | секс \s с | зан(?:има|я)\w+ \s (?:сексом|любовью) | голы[ехм]\w* | обнаж[её]нн\w*
  | porno\w* | nackt\w* | erotik | erotisch\w* | sex \s mit
  | porno\w* | nue?s? | érotique\w* | sexe \s avec
  | desnud[oa]s? | erótic[oa]s? | sexo \s con
"""
SUBSTANCES = r"""
    bombs? | explosives? | napalm | meth(?:amphetamines?)? | heroin | cocaine | lsd | mdma | fentanyl | sarin | ricin
  | tatp
  | бомб\w* | взрывчат\w* | напалм\w* | наркотик\w* | метамфетамин\w* | мефедрон\w* | героин\w* | кокаин\w*
  | зарин\w*
"""
MURDERED = r"""
    some(?:one|body) | people | an? \s (?:man|woman|person|child|human) | (?:my|your|his|her) \s \w+
  | человек\w* | людей | кого\w* | (?:мо|тво|сво)\w+ \s \w+ | сосед\w* | мужа | жену | тёщу | ребёнка
"""
RULES = {
    "minors": rf"""
        \b(?:{CHILD})\b{NEAR}(?:{SEXUAL})\b | \b(?:{SEXUAL})\b{NEAR}(?:{CHILD})\b
      | \b(?:child|kiddie|kinder|детск\w+) [-\s]? (?:porn\w*|порн\w*) | \b(?:lolicon|shotacon|csam)\b
      | \bjailbait\b
    """,
    "weapons": rf"""
        \b(?:{HOW_TO})\b{NEAR}(?:{MAKE})\b{NEAR}(?:{DANGEROUS_THINGS})\b
      | \b(?:{HOW_TO})\b{NEAR}(?:{DANGEROUS_THINGS})\b{NEAR}(?:{MAKE})\b
      | \b(?:{MAKE})\b{NEAR}(?:{DANGEROUS_THINGS})\b{NEAR}(?:at \s home|yourself|in \s (?:a|your|my|the)
          \s (?:kitchen|garage)|дома|на \s кухне|в \s домашних \s условиях|zu \s hause|selber|selbst|chez \s (?:soi
          |moi)|à \s la \s maison|en \s casa)\b
      | \b(?:instructions?|recipes?|инструкц\w+|рецепт\w*|(?:bau)?anleitung|rezept|recettes?|receta
          |instrucciones){NEAR}(?:{DANGEROUS_THINGS})\b
      | \b(?:home[- ]?made|diy|самодельн\w+|selbst \s?gebaut\w*) \s+ (?:{DANGEROUS_THINGS})\b
      | \b(?:{DANGEROUS_THINGS}) \s+ (?:recipes?|instructions?|faites? \s maison|caser[oa]s?)\b
      # A heading or a topic of these words alone; in a sentence they may tell of history.
      | ^\W*(?:(?:home|easy|simple)\s)?(?:{SUBSTANCES}) [-\s] (?:making|synthesis|cooking)\W*$
      | ^\W*(?:making|synthesis|cooking|изготовление|синтез|варка|производство) \s (?:of\s)? (?:{SUBSTANCES})\W*$
      | ^\W*(?:in \s order \s)?(?:to|чтобы) \s (?:{MAKE})\W+(?:\w+\W+){{0,3}}?(?:{SUBSTANCES})(?!\w)
      | \b(?:pipe \s bombs?|molotov\w*(?:\s cocktails?)?|tatp|meth) \s (?:is|are) \s made \s (?:of|from|with|by)\b
      | \b(?:how \s to|как (?:\s можно)?) \s (?:kill|murder|убить|зарезать|задушить) \s (?:{MURDERED})(?!\w)
      | \b(?:to|чтобы) \s (?:poison|отравить) \s (?:{MURDERED})(?!\w)
      | \bwie \s man\b{NEAR}gift\b{NEAR}(?:herstell\w*|misch\w*|mach\w*|braut?)\b
      | \b(?:how \s to|как|wie \s man|comment|c[oó]mo)\b{NEAR}(?:poison(?:ing)? | отрави\w+ | vergifte\w*
      | empoisonner | envenenar)\b{NEAR}
        (?:some(?:one|body)|people|(?:my|your) \s \w+|a \s person|человека|людей|кого\w*|соседа|jemanden|menschen
          |quelqu['’]un|alguien)
    """,
    "suicide": r"""
        \b(?:suicide|suicidal) \s (?:methods?|ways?|techniques?|instructions?|pills?|guides?)\b
      | \b(?:methods?|ways?|means) \s (?:of|to|for) \s (?:committing \s|commit \s)?(?:suicide|self[- ]harm)\b
      | \bhow \s (?:to|do \s i|can \s i) \s (?:commit \s suicide|kill \s (?:my|your|one)sel(?:f|ves)|hang \s (?:my
          |your|one)self|end \s (?:my|your|one['’]s) \s (?:own \s)?life|self[- ]harm
          |cut \s (?:my|your)self(?!\s(?:a|an|some|off|free|out)\b))\b
      | \b(?:painless|easiest|quickest|best) \s (?:\w+\s){0,2}?(?:suicide|to \s die|to \s kill \s (?:my|your)self)\b
      | \b(?:способ\w*|метод\w*) \s (?:(?:совершить|для|безболезненного) \s)?(?:самоубийств\w*|суицид\w*|покончить
          |уйти \s из \s жизни)

      | \bкак \s (?:\w+\s){0,2}?(?:покончить \s (?:с \s собой|жизнь)|убить \s себя|совершить \s (?:самоубийство
          |суицид)|повеситься|вскрыть \s вены|умереть \s без \s боли)
      | \b(?:suizid|selbstmord)[-\s]?method\w*
      | \bmethoden \s (?:des|für \s den|zum) \s (?:suizid\w*|selbstmord\w*)
      | \bwie \s (?:\w+\s){0,3}?(?:umbring\w*|selbstmord \s beg\w+|das \s leben \s n\w+|erhäng\w*)
      | \b(?:méthodes?|moyens?) \s (?:de|pour \s (?:un|le|se)) \s (?:suicid\w+)
      | \bcomment \s (?:se|me) \s (?:suicider|tuer|pendre)\b
      | \bm[ée]todos? \s (?:de|para \s (?:el|un)?) \s? (?:suicid\w+)
      | \bc[oó]mo \s (?:suicidar(?:me|se)|matarme|quitarme \s la \s vida|ahorcarme)\b
    """,
    "private": r"""
        \b(?:home \s)?(?:addresse?s?|phone \s numbers?|telephone \s numbers?|passport \s numbers?|mobile
          \s numbers?) \s (?:of|for) \s (?:my|the|our|a|this|[a-z]+) \s (?:ex|neighbou?rs?|teachers?|class ?mates?
          |girl ?friends?|boy ?friends?|boss|wife|husband|girls?|boys?|persons?|wom[ae]n|m[ae]n|colleagues?|private)\b
      | \bmy \s (?:\w+\s){0,2}?(?:ex|neighbou?r|teacher|class ?mate|girl ?friend|boy ?friend|boss|wife|husband
          |colleague)(?:['’]?s)? \s (?:home \s)?(?:address|phone|number|phone \s number|passwords?)\b
      | \b(?:home \s address|(?:mobile|phone|telephone) \s number) \s of \s (?-i:[A-Z][a-z]+ \s [A-Z][a-z]+)
      | \b(?:номер\w* \s телефона|домашн\w+ \s адрес) \s (?-i:[А-ЯЁ][а-яё]+ \s [А-ЯЁ][а-яё]+)
      | \b(?:адрес|телефон) \s (?:\w+\s){1,3}из \s (?:\d{1,2}\s?-?["«]?[а-и]["»]?|\d{1,2}\s класса)(?!\w)
      | \bwhere \s (?:does|do) \s my \s (?:\w+\s){0,3}?lives?\b
      | \bdox(?:x?ing)? \s (?:my|a|an|some(?:one|body)|people)\b | \bhow \s to \s (?:dox|stalk)\b
      | \b(?:домашн\w+ \s)?(?:адрес\w*|номер\w* \s телефон\w*|телефон\w*|паспортн\w+ \s данн\w+) \s (?:мо(?:ей|его
          |их)|бывш\w+) \s \w+
      | \bгде \s жив[её]т \s (?:мо[йя]|наш\w*) \s \w+ | \bсдеанон\w+
      | \bкак \s (?:деанонимизировать|пробить) \s (?:человека|номер|адрес)
      | \b(?:privat)?(?:adresse|telefonnummer|handynummer) \s (?:meine[rs]|unsere[rs]|von \s mein\w+) \s \w+
      | \bwo \s wohnt \s mein\w* \s \w+

      | \b(?:adresse|numéro \s de \s téléphone|téléphone) \s (?:personnelle? \s)?(?:de \s (?:mon|ma|mes|notre)) \s \w+
      | \boù \s habite \s (?:mon|ma|notre) \s \w+

      | \b(?:dirección|direccion|número \s de \s teléfono|teléfono) \s (?:particular \s)?de \s (?:mi|mis
          |nuestr[oa]) \s \w+
      | \bdónde \s vive \s mi \s \w+
    """,
}
"""What is refused, by name: sexual content with minors; how weapons, explosives, drugs and poisons are made, or how
somebody is poisoned; methods of suicide; where a private person lives or is called. School topics about the same
things are not: none of the words alone refuses a topic, only the words with "how to make" or their like."""

_PATTERNS = [re.compile(rule, VERBOSELY) for rule in RULES.values()]


def refused_topic(topic: str) -> bool:
    """Whether no quiz is written on this, whoever asks; characters that nobody sees change nothing.

    Few words are known; what they miss is left to the provider.
    """
    words = " ".join(without_invisible(topic).split())
    return any(pattern.search(words) for pattern in _PATTERNS)

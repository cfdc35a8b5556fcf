"""Words that betray a question which cannot be asked alone and shuffled, in the languages that are met most; and
addresses."""

import re

ALL_OR_NONE = re.compile(
    r"""
    (?=\w+\s) (?:all|none|both|any|neither) (?:\s of)? (?:\s the)? (?:\s (?:above|these|those|them|following|previous))?
        (?:\s (?:options|answers|choices|statements))? (?:\s (?:above|are \s (?:correct|right|true)|is
        \s (?:correct|true)))?
  | (?:both \s|all \s of \s|neither \s)? [A-F] (?:,\s?[A-F])* ,? \s (?:and|or|nor|&) \s [A-F]
  | вс[её] (?:\s из)? \s (?:вышеперечисленн|перечисленн|вышеуказанн|вышеназванн|указанн
        |названн)\w+ (?:\s вариант\w*|\s выше)?
  | (?:все|оба) (?:\s эти)? \s (?:вариант\w*|ответ\w*|утверждени\w*) (?:\s (?:ответ\w*|выше|верн\w+|правильн\w+))*
  | (?:ничего|ничто|ни \s один|ни \s одно|ни \s одна|нет) (?:\s (?:вариант|ответ))? \s (?:из \s)?
        (?:(?:вышеперечисленн|перечисленн|вышеуказанн|указанн|названн|предложенн|правильн)\w+|этого|этих|них
        |вариантов|ответов)
        (?:\s (?:вариант|ответ)\w*)? (?:\s выше)?
  | нет \s (?:правильного|верного) \s (?:ответа|варианта)
  | alle[sr]? (?:\s der)? (?:\s (?:oben|vorher))? \s? (?:genannten?|obigen|aufgeführten|antworten) (?:\s \w+){0,3}
  | alles \s (?:davon|oben \s genannte) | beide[s]? (?:\s antworten)? (?:\s sind \s richtig)?
  | (?:keine|keiner|keines|nichts) \s (?:davon|(?:der|von \s den|des) \s (?:oben \s)? (?:genannten?|obigen
        |antworten) (?:\s \w+){0,2})
  | (?:tous|toutes) \s (?:les|ces) \s (?:réponses|propositions|options) (?:\s .{0,40})? | tout \s ce \s qui \s précède
  | (?:tous|toutes) \s ces \s (?:\w+) | aucune? (?:\s (?:de|des|d['’]entre)) (?:\s ces)?
        \s (?:\w+) (?:\s (?:ci-dessus|précédentes))?
  | aucune \s réponse .{0,30} | les \s deux (?:\s réponses)? (?:\s sont .{0,20})?
  | tod[oa]s \s (?:las|los|estas|as|os) \s (?:anteriores|opciones|respuestas|alternativas|opções) (?:\s .{0,30})?
        | todo \s lo \s anterior
  | ningun[oa] \s de \s (?:las|los|estas|estos) (?:\s \w+){0,2} | nenhuma \s das \s \w+ (?:\s \w+)?
  | tutte \s le \s (?:precedenti|risposte) .{0,30} | nessun[ao]? \s (?:delle|dei|di) \s \w+ (?:\s \w+)?
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""An option about the other options: the whole of it, without what ends a sentence."""

META = re.compile(
    r"""
    \b(?:according \s to|in|from|based \s on) \s (?:the|this) \s (?:(?:given|provided|above|following) \s)?
        (?:text|passage|article|excerpt|context|material) (?:\s above)? \b
  | \b(?:as|see|mentioned|described|stated|listed) \s (?:mentioned \s|described \s)?above\b
  | \bas \s an? \s (?:AI|artificial|large \s language|language \s model)\b
  | \[ \s? (?:insert|your|placeholder|todo|вставьте|впишите|einfügen|insérer|insertar)\b
  | \b(?:lorem \s ipsum|placeholder \s text)\b | \{\{ | ^ \s* (?:distractor|wrong \s (?:answer|option)
        |option) \s? [A-F\d]? \s* $
  | \b(?:согласно|исходя \s из|в) \s (?:данно\w+ \s|приведённо\w+ \s|приведенно\w+ \s)?(?:тексту?е?|отрывк\w+
        |стать[еи])
        (?:\s выше)? (?= \s* [,.?:]) | \bв \s тексте \s выше\b | \bкак \s (?:ИИ|языковая \s модель|искусственный
        \s интеллект)\b
  | \b(?:laut|gemäß) \s (?:dem \s)?(?:obigen \s)?text\b | \bim \s (?:obigen \s)?text\b | \bals \s (?:KI
        |Sprachmodell)\b
  | \b(?:selon|d['’]après|dans) \s (?:le|ce) \s (?:texte|passage)\b | \ben \s tant \s qu['’]IA\b
  | \b(?:según|en) \s (?:el|este) \s (?:texto|pasaje)\b | \bcomo \s (?:una \s)?(?:IA|modelo \s de \s lenguaje)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What speaks of a text nobody sees, of the model itself, or was left to be filled in."""

LETTERS = re.compile(
    r"""
    \b(?i:options?|answers?|choices?|alternatives?|antworten|antwort|réponses?|propositions?|opci[oó]n(?:es)?
        |respuestas?|opzione|risposta
        |opção|resposta|odpowiedź|opcja|variante) \s \(?["'«“„]?[A-F]["'»”“]?\)? (?![\w'’-]) (?!
        \s [a-z]{3,}\s (?i:of|de)\b)
  | \b(?i:вариант\w*|ответ\w*) \s (?:под \s буквой \s)?["«(]?[A-FАБВГДЕ]["»)]? (?= \s* (?:[.,;:)!?—–-]|вер(?:н|ен)|прав
        |явля|не\s?верн|непр|$) )
  | ^ \s* \(?[A-F]\)? \s (?i:is \s (?:the \s)?(?:correct|right|true|incorrect|wrong)|ist \s (?:richtig|falsch)|est
        \s (?:correct|la \s bonne)|es \s (?:correct|la \s correcta))
  | \b(?i:option|choice|вариант|antwort|opción|réponse) \s (?i:number \s|no\.? \s|№\s?
        |nummer \s)?\#?[1-6] (?= \s* (?:[.,;:)!?]|$|\s(?:is|are|was|ist|est|es|верен)\b) )
  | \b(?i:the \s (?:first|second|third|fourth|fifth|last) \s (?:option|answer|choice))\b
  | \b(?i:(?:первый|второй|третий|четв[её]ртый|последний) \s (?:вариант|ответ))\b
    """,
    re.VERBOSE,
)
"""An option called by its letter or its number."""

ADDRESS = re.compile(
    r"""
    (?:(?:https?|ftp)://|www\.) (?!(?:[\w-]+\.)*example\.) [^\s/]+\.[^\s/]{2,}
  | \b(?:tg|ton)://\w
  | \b(?:t\.me|telegram\.(?:me|dog))/\w
  | (?<![\w.@/-]) (?!(?:[\w-]+\.)*example\.) (?:[\w-]+\.)+
        (?:com|net|org|info|biz|xyz|top|site|online|shop|club|app|link|click|live|win|ru|su|рф) /\w
  | (?<![\w.]) @\w{2,29}bot\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What Telegram makes a link of, and leads elsewhere: a page, a chat, a bot. A name of a site alone is a word."""

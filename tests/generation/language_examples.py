"""Questions in several languages, one a line: the stem, then its options."""

QUESTIONS = {
    "de": """
Welches Gas nehmen Pflanzen bei der Fotosynthese aus der Luft auf?|Kohlendioxid|Sauerstoff|Stickstoff|Wasserstoff
In welchem Jahr fiel die Berliner Mauer?|1987|1989|1990|1991
Wie heißt die Hauptstadt von Australien?|Sydney|Melbourne|Canberra|Perth
Was gibt der Befehl `print(len('abc'))` aus?|2|3|4|Einen Fehler
Welche Aussage über den Mond ist richtig?|Er leuchtet selbst|Er umkreist die Erde|Er ist größer als die Erde
Wer schrieb das Drama „Faust“?|Friedrich Schiller|Johann Wolfgang von Goethe|Heinrich Heine
Welches Organ pumpt das Blut durch den Körper?|Die Leber|Das Herz|Die Lunge|Die Niere
Welche Einheit hat die elektrische Spannung?|Volt|Ampere|Ohm|Watt
Warum sinkt der Luftdruck mit der Höhe?|Weil weniger Luft darüber liegt|Weil es dort kälter ist
Wähle die richtige Form: „If it ___ tomorrow, we will stay at home.“|rains|rained|will rain
""",
    "fr": """
Quel gaz les plantes absorbent-elles pendant la photosynthèse ?|Le dioxyde de carbone|L'oxygène|L'azote
En quelle année la Bastille a-t-elle été prise ?|1789|1792|1799|1815
Quelle est la capitale de l'Australie ?|Sydney|Melbourne|Canberra|Perth
Que renvoie `len([1, 2, 3])` en Python ?|2|3|4|Une erreur
Qui a écrit « Les Misérables » ?|Victor Hugo|Émile Zola|Gustave Flaubert
Quelle planète est la plus proche du Soleil ?|Mercure|Vénus|Mars|Jupiter
Quel organe pompe le sang dans tout le corps ?|Le foie|Le cœur|Le poumon
Pourquoi la glace flotte-t-elle sur l'eau ?|Elle est moins dense|Elle est plus froide|Elle contient du sel
Quelle est l'unité de la tension électrique ?|Le volt|L'ampère|L'ohm
""",
    "es": """
¿Qué gas toman las plantas del aire durante la fotosíntesis?|Dióxido de carbono|Oxígeno|Nitrógeno
¿En qué año llegó Cristóbal Colón a América?|1492|1498|1512|1521
¿Cuál es la capital de Australia?|Sídney|Melbourne|Canberra|Perth
¿Qué devuelve `len([1, 2, 3])` en Python?|2|3|4|Un error
¿Quién escribió «Don Quijote de la Mancha»?|Miguel de Cervantes|Lope de Vega|Federico García Lorca
¿Qué planeta está más cerca del Sol?|Mercurio|Venus|Marte|Júpiter
¿Qué órgano bombea la sangre por todo el cuerpo?|El hígado|El corazón|El pulmón
¿Por qué flota el hielo en el agua?|Es menos denso|Está más frío|Contiene sal
¿Cuál es la unidad de la tensión eléctrica?|El voltio|El amperio|El ohmio
""",
    "it": """
Quale gas assorbono le piante durante la fotosintesi?|Anidride carbonica|Ossigeno|Azoto
In che anno cadde l'Impero romano d'Occidente?|410|455|476|1453
Qual è la capitale dell'Australia?|Sydney|Melbourne|Canberra|Perth
Che cosa restituisce `len([1, 2, 3])` in Python?|2|3|4|Un errore
Chi ha scritto la «Divina Commedia»?|Dante Alighieri|Francesco Petrarca|Giovanni Boccaccio
Quale pianeta è il più vicino al Sole?|Mercurio|Venere|Marte|Giove
Quale organo pompa il sangue in tutto il corpo?|Il fegato|Il cuore|Il polmone
Perché il ghiaccio galleggia sull'acqua?|È meno denso|È più freddo|Contiene sale
Qual è l'unità di misura della tensione elettrica?|Il volt|L'ampere|L'ohm
""",
    "pt": """
Que gás as plantas retiram do ar durante a fotossíntese?|Dióxido de carbono|Oxigênio|Nitrogênio
Em que ano o Brasil declarou a sua independência?|1808|1822|1889|1922
Qual é a capital da Austrália?|Sydney|Melbourne|Camberra|Perth
O que devolve `len([1, 2, 3])` em Python?|2|3|4|Um erro
Quem escreveu «Os Lusíadas»?|Luís de Camões|Fernando Pessoa|José Saramago
Qual planeta está mais perto do Sol?|Mercúrio|Vênus|Marte|Júpiter
Qual órgão bombeia o sangue por todo o corpo?|O fígado|O coração|O pulmão
Por que o gelo flutua na água?|É menos denso|Está mais frio|Contém sal
Qual é a unidade da tensão elétrica?|O volt|O ampere|O ohm
""",
    "uk": """
Який газ рослини беруть із повітря під час фотосинтезу?|Вуглекислий газ|Кисень|Азот
У якому році Україна проголосила незалежність?|1989|1990|1991|1996
Яке місто є столицею Австралії?|Сідней|Мельбурн|Канберра|Перт
Що поверне `len([1, 2, 3])` у Python?|2|3|4|Помилку
Хто написав «Кобзар»?|Тарас Шевченко|Іван Франко|Леся Українка
Яка планета найближча до Сонця?|Меркурій|Венера|Марс|Юпітер
Який орган качає кров по всьому тілу?|Печінка|Серце|Легеня
Чому лід плаває на воді?|Він має меншу густину|Він холодніший|Він містить сіль
Яка одиниця електричної напруги?|Вольт|Ампер|Ом
""",
    "tr": """
Bitkiler fotosentez sırasında havadan hangi gazı alır?|Karbondioksit|Oksijen|Azot
Türkiye Cumhuriyeti hangi yılda ilan edildi?|1919|1920|1923|1938
Avustralya'nın başkenti neresidir?|Sidney|Melbourne|Kanberra|Perth
Python'da `len([1, 2, 3])` ne döndürür?|2|3|4|Bir hata
«İnce Memed» romanını kim yazdı?|Yaşar Kemal|Orhan Pamuk|Sabahattin Ali
Güneş'e en yakın gezegen hangisidir?|Merkür|Venüs|Mars|Jüpiter
Hangi organ kanı bütün vücuda pompalar?|Karaciğer|Kalp|Akciğer
Buz neden suyun üzerinde yüzer?|Yoğunluğu daha azdır|Daha soğuktur|Tuz içerir
Elektrik geriliminin birimi nedir?|Volt|Amper|Ohm
""",
    "pl": """
Jaki gaz rośliny pobierają z powietrza podczas fotosyntezy?|Dwutlenek węgla|Tlen|Azot
W którym roku odbyła się bitwa pod Grunwaldem?|1385|1410|1525|1683
Jakie miasto jest stolicą Australii?|Sydney|Melbourne|Canberra|Perth
Co zwróci `len([1, 2, 3])` w Pythonie?|2|3|4|Błąd
Kto napisał «Pana Tadeusza»?|Adam Mickiewicz|Juliusz Słowacki|Bolesław Prus
Która planeta jest najbliżej Słońca?|Merkury|Wenus|Mars|Jowisz
Który narząd pompuje krew w całym ciele?|Wątroba|Serce|Płuco
Dlaczego lód pływa po wodzie?|Ma mniejszą gęstość|Jest zimniejszy|Zawiera sól
Jaka jest jednostka napięcia elektrycznego?|Wolt|Amper|Om
""",
}


def examples(language: str) -> list[str]:
    """The questions of a language, each with its stem on the first line and its options on the next ones."""
    return [line.replace("|", "\n") for line in QUESTIONS[language].strip().splitlines()]

"""Letters are told from bytes, whichever encoding a program wrote them in."""

import pytest

from quiz.formats.encoding import NotText, decoded

GIFT = "::Столица::Какой город стоит на Неве? {=Санкт-Петербург ~Москва}\n\nЁж — зверь. {T}\n"
AIKEN = "Какая планета ближе всех к Солнцу?\nA) Венера\nB) Меркурий\nANSWER: B\n"
SHORT = "Это so? {=да ~no}"
RUSSIAN = (GIFT.replace("—", "-"), AIKEN, SHORT)
WIDE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")


@pytest.mark.parametrize("encoding", [*WIDE, "cp1251", "koi8-r", "cp866", "mac-cyrillic"])
@pytest.mark.parametrize("text", RUSSIAN)
def test_russian_is_read(text: str, encoding: str) -> None:
    assert decoded(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Größe? {=groß ~klein}", "cp1252"),
        ("Größe? {=groß ~klein}", "latin-1"),
        ("Où est né Molière ? {=À Paris ~À Nîmes}", "latin-1"),
        ("¿Cuál? {=Sí ~No}", "cp1252"),
        ("5 € {=a ~b}", "cp1252"),
        ("Ποια είναι η πρωτεύουσα; {=Αθήνα ~Ρώμη}", "cp1253"),
        ("中国的首都是哪里？{=北京 ~上海}", "gb18030"),
        ("Plain {=a ~b}", "ascii"),
        ("Plain {=a ~b}", "utf-16-le"),
        ("Plain {=a ~b}", "utf-32-be"),
    ],
)
def test_other_letters_are_read(text: str, encoding: str) -> None:
    assert decoded(text.encode(encoding)) == text


@pytest.mark.parametrize("data", [bytes(range(256)) * 20, b"\x00\x01" * 500, b"\x7fELF\x02\x01\x01\x00" + bytes(100)])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(NotText, match="no text"):
        decoded(data)

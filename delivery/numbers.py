"""Numbers as a language writes them: shares, points, times."""

from babel.numbers import format_decimal, format_percent

from delivery.words import translations

MINUS = "\N{MINUS SIGN}"
NONE = "–"
"""What stands where a figure is not defined."""


def percent(share: float, language: str) -> str:
    """A share from 0 to 1 as whole percents."""
    return format_percent(share, format="#,##0 %" if language == "ru" else "#,##0%", locale=language)


def decimal(value: float | None, language: str, digits: int = 2) -> str:
    """A figure with so many digits after the point, 0.50 and −0.12; a dash for none."""
    if value is None:
        return NONE
    rounded = round(value, digits) + 0.0  # no minus before a zero
    return format_decimal(rounded, format="0." + "0" * digits, locale=language).replace("-", MINUS)


def number(value: float, language: str) -> str:
    """Points, or a mean of them: with at most one digit after the point, and none where it is 0."""
    return format_decimal(round(value, 1), format="#,##0.#", locale=language).replace("-", MINUS)


def duration(milliseconds: int, language: str) -> str:
    """A time in hours, minutes and seconds."""
    _ = translations(language).gettext
    minutes, seconds = divmod(round(milliseconds / 1000), 60)
    hours, minutes_left = divmod(minutes, 60)
    if hours:
        return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes_left)
    if not minutes:
        return _("{seconds} s").format(seconds=seconds)
    return _("{minutes} min {seconds} s").format(minutes=minutes, seconds=seconds)


def short_time(milliseconds: int, language: str) -> str:
    """A time below a minute to a tenth of a second, as it parts those who press first; a longer one as any."""
    if milliseconds >= 59_950:
        return duration(milliseconds, language)
    seconds = format_decimal(round(milliseconds / 1000, 1), format="0.0", locale=language)
    return translations(language).gettext("{seconds} s").format(seconds=seconds)

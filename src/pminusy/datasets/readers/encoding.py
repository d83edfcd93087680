"""Bytes of a text file as UTF-8, with the encoding found out."""

import codecs
import re

from pminusy.errors import DataError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BLOCK = 1 << 20
_MAX_SHARE = 0.7
_STRAY = "[\udc80-\udcff]"  # what a byte that is no UTF-8 is decoded to
_NEWLINE = "\n"
_BEYOND_ASCII = r"[^\x00-\x7f]"
_ADVICE = "--encoding NAME reads it as something else, such as cp1251, gbk or shift_jis"


def to_utf8(data: bytes, encoding: str | None, where: str) -> tuple[bytes, str | None]:
    r"""Return a text as UTF-8 without a byte order mark, and a sentence where it was something else.

    Without `encoding`, a byte order mark decides, then whether the bytes are UTF-8 or UTF-16. UTF-8 with some bytes in
    it that are none keeps its letters, and these bytes are read as Windows-1252. What is left is Windows-1252, as long
    as that gives words of mostly unaccented letters.

    Parameters
    ----------
    data : bytes
    encoding : str or None
    where : str
        For messages.

    Raises
    ------
    DataError
        The bytes are no text in that encoding (names the line), or in none that can be told.

    Examples
    --------
    >>> to_utf8("größe".encode("utf-16"), None, "t.csv")
    (b'gr\xc3\xb6\xc3\x9fe', 'the file is encoded as UTF-16')
    """
    if encoding is not None:
        return _decode(data, encoding, where).encode(), None
    mark = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if mark == "utf-8-sig":
        data = data.removeprefix(codecs.BOM_UTF8)
        mark = None
    if mark is None and b"\x00" in data[:64]:
        mark = "utf-16-le" if data[1:2] == b"\x00" else "utf-16-be"
    if mark is not None:
        return _decode(data, mark, where).encode(), f"the file is encoded as {mark[:6].upper()}"
    if _is_utf8(data):
        return data, None
    return _not_utf8(data, where)


def _not_utf8(data: bytes, where: str) -> tuple[bytes, str]:
    """UTF-8 but for some bytes, or Windows-1252 as a whole."""
    text = data.decode("utf-8", errors="surrogateescape")
    stray = re.findall(_STRAY, text)
    first = text.index(stray[0])
    place = f"0x{_byte(stray[0]).hex()} in line {text.count(_NEWLINE, 0, first) + 1:,}"
    # Another encoding has hardly any letters that are valid UTF-8 by chance.
    n_letters = len(re.findall(_BEYOND_ASCII, text)) - len(stray)
    if len(stray) > n_letters:
        note = f"the file is not UTF-8 (first {place}): read as Windows-1252; {_ADVICE}"
        return _western(data, where).encode(), note
    what = "1 byte that is" if len(stray) == 1 else f"{len(stray):,} bytes that are"
    letter = _western_letter(stray[0])
    note = f"the file is UTF-8 but for {what} not, first {place}: read as Windows-1252, there {letter!r}"
    return re.sub(_STRAY, lambda match: _western_letter(match[0]), text).encode(), note


def _decode(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise DataError(
            f"{where}: not text in the encoding {encoding}: byte 0x{data[error.start]:02x} in line {line}"
        ) from error


def _is_utf8(data: bytes) -> bool:
    if data.isascii():
        return True
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _BLOCK):
            decoder.decode(data[start : start + _BLOCK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _byte(stray: str) -> bytes:
    return stray.encode("utf-8", errors="surrogateescape")


def _western_letter(stray: str) -> str:
    return _byte(stray).decode("cp1252", errors="replace")


def _western(data: bytes, where: str) -> str:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    words = [word for word in text.split() if not word.isascii() and any(map(str.isalpha, word))]
    letters = [letter for word in words for letter in word if letter.isalpha() or not letter.isascii()]
    if not text or sum(not letter.isascii() for letter in letters) > _MAX_SHARE * max(len(letters), 1):
        raise DataError(f"{where}: neither UTF-8 nor Western European text; {_ADVICE}")
    return text

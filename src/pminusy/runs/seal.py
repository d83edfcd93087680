"""JSON texts that carry their own SHA-256, so that a change of a digit does not pass for a result."""

import re
from hashlib import sha256

from pminusy.errors import ModelDirectoryError

_SEAL = re.compile(r'\{\n  "sha256": "([0-9a-f]{64})",')


def sealed(text: str) -> str:
    r"""Put the hash of an object's text in front of its first key.

    Parameters
    ----------
    text : str
        A JSON object that is not empty.

    Examples
    --------
    >>> print(sealed('{\n  "accuracy": 0.969\n}'))
    {
      "sha256": "3947e540a387c35269617df6ab2bf2a29a1c6f4c1d2fa041c20397130877d89b",
      "accuracy": 0.969
    }
    """
    return f'{{\n  "sha256": "{_hash(text)}",{text[1:]}'


def unsealed(text: str, where: str) -> str:
    """Return the text that was given to `sealed`.

    Raises
    ------
    ModelDirectoryError
        The text is another than was sealed; `where` is the file's path, for the message.
    """
    seal = _SEAL.match(text)
    content = "{" + text[seal.end() :] if seal else ""
    if seal is None or _hash(content) != seal[1]:
        raise ModelDirectoryError(f"{where}: changed since it was written (SHA-256 mismatch)")
    return content


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()

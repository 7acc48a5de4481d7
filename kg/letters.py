"""The letters of folded sentences: one private-use character for each type of mention.

In a regular expression over folded sentences f"[{PLACE}{PROVINCE}]" is a place; f"[^，。{PERSON}]" is anything in the
clause that is no person. Patterns and rules of kg/data write the same as [{Place}{Province}] and [^，。{Person}].
"""

import re
from collections.abc import Mapping

PERSON, OFFICE, ORGANIZATION, PROVINCE, PLACE, INITIATIVE, EVENT, DOCUMENT, DATE = map(chr, range(0xE001, 0xE00A))

LETTERS: Mapping[str, str] = {  # by type
    "Person": PERSON, "Office": OFFICE, "Organization": ORGANIZATION, "Province": PROVINCE, "Place": PLACE,
    "Initiative": INITIATIVE, "Event": EVENT, "Document": DOCUMENT, "Date": DATE,
}
ANY = "Mention"  # {Mention}, in [ ]: a mention of whatever type
_TYPE = re.compile(r"\{([A-Z][A-Za-z]*)\}")


def write_letters(pattern: str) -> str:
    """The pattern with the letter of each type in the place of its name in braces; a KeyError with a name that is none.

    >>> write_letters("[{Person}{Event}]{0,8}") == f"[{PERSON}{EVENT}]{{0,8}}"
    True
    """
    return _TYPE.sub(lambda match: "".join(LETTERS.values()) if match[1] == ANY else LETTERS[match[1]], pattern)

"""The letters of folded sentences: one private-use character for each type of mention.

In a regular expression over folded sentences f"[{PLACE}{PROVINCE}]" is a place; f"[^，。{PERSON}]" is anything in the
clause that is no person.
"""

from collections.abc import Mapping

PERSON, OFFICE, ORGANIZATION, PROVINCE, PLACE, INITIATIVE, EVENT, DOCUMENT, DATE = map(chr, range(0xE001, 0xE00A))

LETTERS: Mapping[str, str] = {  # by type
    "Person": PERSON, "Office": OFFICE, "Organization": ORGANIZATION, "Province": PROVINCE, "Place": PLACE,
    "Initiative": INITIATIVE, "Event": EVENT, "Document": DOCUMENT, "Date": DATE,
}

"""Files, folders and standard input become `Document`s, each with its text exactly as it was read."""

from kg.read.documents import Roll, given_fields, read, read_file
from kg.read.encoding import read_bytes
from kg.read.files import STDIN, Listing, list_files
from kg.read.records import document_of, json_lines, json_records

__all__ = [
    "STDIN", "Listing", "Roll", "document_of", "given_fields", "json_lines", "json_records", "list_files", "read",
    "read_bytes", "read_file",
]  # fmt: skip

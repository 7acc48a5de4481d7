"""Files, folders and standard input become `Document`s, each with its text exactly as it was read."""

from kg.read.corrections import read_corrections
from kg.read.documents import read, read_bytes
from kg.read.files import Listing, list_files
from kg.read.records import document_of, json_lines, json_records

__all__ = [
    "Listing", "document_of", "json_lines", "json_records", "list_files", "read", "read_bytes", "read_corrections",
]

"""Lint the tables, lists of words, patterns and rules, the program's own and yours.

for example:
  kg check
  kg check --knowledge my-knowledge
"""

import argparse

from kg.commands.options import add_knowledge, knowledge_folders
from kg.commands.terminal import Terminal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    add_knowledge(parser)


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print the findings, one a line; 1 if there is one."""
    from kg.check import check

    findings = check(knowledge_folders(options))
    for finding in findings:
        print(finding)
    terminal.say(f"{len(findings)} findings" if findings else "tables, words, patterns and rules are fine")
    return 1 if findings else 0

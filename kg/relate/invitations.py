"""Leaves out who invited: 应俄罗斯总统普京邀请, before a visit that another makes."""

import re

from kg.knowledge import Knowledge
from kg.relate.fold import Fold
from kg.relate.ledger import Ledger

_INVITED = re.compile(r"应[^，。；：]{1,24}?邀请，?")


class Invitations:
    """Takes invitations out of the folded sentence, so that no reader after it takes the host for the guest."""

    def __init__(self, ledger: Ledger, knowledge: Knowledge) -> None:
        """Nothing is kept: an invitation says nothing of its own."""

    def read(self, folded: Fold) -> None:
        """Take each invitation of one sentence out of its folded form."""
        folded.leave_out(_INVITED)

"""Leaves out who invited: 应俄罗斯总统普京邀请, before a visit that another makes."""

from kg.knowledge import Knowledge
from kg.relate.fold import Fold
from kg.relate.ledger import Ledger


class Invitations:
    """Takes invitations out of the folded sentence, so that no reader after it takes the host for the guest."""

    def __init__(self, ledger: Ledger, knowledge: Knowledge) -> None:
        """The ledger is not asked: an invitation says nothing of its own."""
        self.pattern = knowledge.patterns["invitation"]

    def read(self, folded: Fold) -> None:
        """Take each invitation of one sentence out of its folded form."""
        folded.leave_out(self.pattern)

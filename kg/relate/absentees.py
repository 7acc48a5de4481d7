"""Leaves out who is named but not there: who invited (应俄罗斯总统普京邀请), and whom another represents."""

from kg.knowledge import Knowledge
from kg.relate.fold import Fold
from kg.relate.ledger import Ledger


class Absentees:
    """Takes hosts and principals out of the folded sentence, so that no reader after it takes them for who acts."""

    def __init__(self, ledger: Ledger, knowledge: Knowledge) -> None:
        """The ledger is not asked: an invitation says nothing of its own."""
        self.patterns = {name: knowledge.patterns[name] for name in ("invitation", "principal")}

    def read(self, folded: Fold) -> None:
        """Take each invitation, and each principal of an envoy, of one sentence out of its folded form."""
        for name, pattern in self.patterns.items():
            if name in folded.cued:
                folded.leave_out(pattern)

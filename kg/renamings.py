"""What goes on under another name: 密云县 is 密云区 since 2015, 国家卫生计生委 is 国家卫生健康委 since 2018."""

from functools import cache

from kg.knowledge import Knowledge
from kg.model import Entity, short_hash


class Renamings:
    """The present code of a division and the present name of a body, by any that they have had."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._codes = knowledge.renamed_divisions
        self._bodies = knowledge.maps["renamings"]
        self._names = knowledge.names

    def code(self, code: str) -> str:
        """The code under which the division goes on; its own where it does not or is divided."""
        for _ in range(4):  # 中甸县, 香格里拉县, 香格里拉市
            if code not in self._codes or self._codes[code] == code:
                break
            code = self._codes[code]
        return code

    def full(self, name: str) -> str:
        """The full name of the body in the table; its own where no table has it."""
        rows = {row.name for row in self._names.get(name, ()) if row.type == "Organization"}
        return rows.pop() if len(rows) == 1 else name

    def body(self, name: str) -> str:
        """The full name under which the body goes on today."""
        full = self.full(name)
        for _ in range(4):
            if full not in self._bodies:
                break
            (full,) = self._bodies[full]
        return full

    def ids(self, entity: Entity) -> tuple[str, str]:
        """The id of the place or body by its full name or code, and of what it is today: two where it was renamed."""
        if entity.type in ("Place", "Province") and entity.code:
            code = self.code(entity.code)
            return entity.id, entity.id if code == entity.code else f"place-{code}"
        if entity.type == "Organization":
            full, now = self.full(entity.name), self.body(entity.name)
            own = entity.id if full == entity.name else _body_id(full)
            return own, own if now == full else _body_id(now)
        return entity.id, entity.id


def _body_id(name: str) -> str:
    return f"organization-{short_hash('Organization', name)}"


@cache
def renamings(knowledge: Knowledge) -> Renamings:
    """Those of the tables, read once."""
    return Renamings(knowledge)

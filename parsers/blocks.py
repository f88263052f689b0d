"""Give each piece of a display to the block that it stands in.

A display is a tree of blocks; its lines come in any order, and some may be missing or stand twice.
The rules, whatever the display:

- A label belongs to the innermost open block that can hold it and does not hold it yet, or to a block
  inside that one; a label that only one block can hold goes to the last such block, wherever it stands.
- A block begins with its opening line. Where that line is missing, the first line that only this block
  can hold begins it, and the same line once more begins the next.
- A line that stands twice in a row counts once. A line that its block already holds with another value
  belongs to a block whose beginning was lost: nothing is read until a block begins again.
- A line without a label below a label of a list, or below an unknown label without a value, belongs to it.

What belongs nowhere is not handed on, so it stays unread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from parsers.cut import SWITCH, Piece
from parsers.layout import TAG, Layout, Rule, mark, pair, squeeze
from parsers.records.kinds import is_nothing


@dataclass(slots=True)
class Entry:
    """A text for TTP with the numbers of the pieces that it rests on."""

    text: str
    pieces: tuple[int, ...] = ()


@dataclass(slots=True)
class Block:
    """A block that has begun.

    Args:
        group: its number in the layout.
        opened_by: label or unknown key that began it; empty where an opening line did.
        seen: what it holds, by variable.
        entries: its own lines; `inner` are the blocks in it.
    """

    group: int
    opened_by: str = ""
    seen: dict[str, str] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    inner: list[Block] = field(default_factory=list)


def written(blocks: Sequence[Block]) -> tuple[str, list[tuple[int, ...]]]:
    """Return the text for TTP, each line with its number, and the pieces of the display behind each."""
    rows: list[str] = []
    homes: list[tuple[int, ...]] = []
    for text, pieces in _written(blocks):
        rows.append(f"{text} {TAG}{len(homes)}")
        homes.append(pieces)
    return "\n".join(rows), homes


def _written(blocks: Sequence[Block]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield the lines of blocks, each block with the mark that opens it."""
    for block in blocks:
        yield mark(block.group), ()
        for entry in block.entries:
            yield entry.text, entry.pieces
        yield from _written(block.inner)


class Walk:
    """Goes through the pieces of a display in their order.

    Args:
        layout: of the display.
        ahead: all pieces, to know whether what began a block comes again.

    Attributes:
        blocks: the outermost ones.
        heads: numbers of pieces that are read and hold nothing: labels of lists with their members below.
    """

    def __init__(self, layout: Layout, ahead: Sequence[Piece]) -> None:
        self.layout = layout
        self.blocks: list[Block] = []
        self.heads: set[int] = set()
        self._ahead = ahead
        self._place = 0
        self._open: dict[int, Block] = {}
        self._here: int | None = None
        self._lost: int | None = None
        self._list: tuple[Rule | Entry, int] | None = None
        self._line: list[Piece] = []
        self._line_before: list[Piece] = []

    def title(self, line: str) -> None:
        """Take in a fixed line: it ends a list, and may begin a block."""
        self._list = None
        group = self.layout.fixed[line]
        if group is None:
            return
        block = self._open.get(group)
        if block is None or block.entries or block.inner:
            self._begin(group)
        self._here = group

    def take(self, piece: Piece) -> None:
        """Return a piece to its block."""
        self._place += 1
        if self._line and self._line[0].line != piece.line:
            self._line_before, self._line = self._line, []
        self._line.append(piece)
        if piece.label:
            self._ruled(piece, self.layout.labels[piece.label])
        elif piece.key:
            self._unknown(piece)
        else:
            self._row(piece)

    def _row(self, piece: Piece) -> None:
        """Take a line without a label: a row, a member of a list, or a switch."""
        rules = [
            rule for rule in self.layout.rows if rule.row is not None and rule.row.fullmatch(piece.value)
        ]
        if rules:
            self._ruled(piece, rules)
        elif self.layout.keeps_unknown and (switch := SWITCH.fullmatch(piece.value)):
            self._unknown(replace(piece, value=switch[2], key=switch[1]))
        elif self._list is not None:
            self._listed(piece, *self._list)

    def _listed(self, piece: Piece, head: Rule | Entry, indent: int) -> None:
        """Take a line without a label below the label of a list."""
        if isinstance(head, Rule):
            self._add(self._begin(head.group, around=squeeze(head.label)), head, piece)
            return
        twin = [before.value for before in self._line_before] == [piece.value]
        if piece.value[0].isalnum() and not twin and (piece.indent > indent or not self.layout.rows):
            head.text = f"{head.text} {piece.value}"
            head.pieces += (piece.number,)

    def _unknown(self, piece: Piece) -> None:
        """Keep a pair with an unknown label in the innermost block that keeps such."""
        key = f"?{squeeze(piece.key)}"
        first = next((group.number for group in self.layout.groups if group.extra is not None), None)
        home = next(
            (number for number in self.layout.chain(self._here) if self._keeps(number)),
            first,
        )
        if home is None or self._lost in {*self.layout.chain(home)}:
            self._list = None
            return
        block = self._open.get(home) or self._begin(home, key)
        if key in block.seen:
            return
        self._list = None
        block.seen[key] = piece.value
        extra = self.layout.groups[home].extra
        if extra is None:
            return
        entry = Entry(f"{mark(extra)}~{piece.key} : {piece.value}", (piece.number,))
        block.inner.append(Block(extra, entries=[entry]))
        if not piece.value:
            self._list = (entry, piece.indent)

    def _keeps(self, number: int) -> bool:
        """Tell whether an open block keeps unknown labels."""
        return self.layout.groups[number].extra is not None and number in self._open

    def _ruled(self, piece: Piece, rules: Sequence[Rule]) -> None:
        """Take a piece that rules know."""
        rule = self._chosen(rules)
        if self._is_twin(piece, rule):
            return
        self._list = None
        if self._lost is not None and self._stays_lost(rule):
            return
        if rule.group in self.layout.lists:
            self._list = (rule, piece.indent) if self.layout.groups[rule.group].goes_on else None
            if rule.label and is_nothing(piece.value):
                self.heads.add(piece.number)
                self._list = self._list if not piece.value else None
                return
        block = self._block(rule)
        if block is None:
            self._lost = rule.group
            return
        self._add(block, rule, piece)
        if rule.group not in self.layout.lists:
            self._here = rule.group

    def _stays_lost(self, rule: Rule) -> bool:
        """Tell whether a line can only belong to the block whose beginning was lost."""
        if rule.opens and rule.group in self.layout.chain(self._lost):
            self._lost = None
        return self._lost in {*self.layout.chain(rule.group)}

    def _is_twin(self, piece: Piece, rule: Rule) -> bool:
        """Tell whether the line before is the same; equal rows of a table are two."""
        place = len(self._line) - 1
        entry = rule.opens and not rule.label and not self._is_nest(rule.group)
        if place >= len(self._line_before) or entry:
            return False
        before = self._line_before[place]
        return (before.label, before.value) == (piece.label, piece.value)

    def _is_nest(self, group: int) -> bool:
        """Tell a block that holds more than its rows."""
        return any(rule.label for rule in self.layout.groups[group].rules) or any(
            other.parent == group for other in self.layout.groups
        )

    def _chosen(self, rules: Sequence[Rule]) -> Rule:
        """Choose the rule whose block is nearest and can hold the line."""
        if len(rules) == 1:
            return rules[0]
        for around in (*self.layout.chain(self._here), None):
            for rule in rules:
                if rule.group == around and (rule.opens or self._lacks(rule)):
                    return rule
            for rule in rules:
                begins = rule.opens or rule.group in self.layout.lists or self._lacks(rule)
                if begins and self.layout.groups[rule.group].parent == around:
                    return rule
        near = {group: place for place, group in enumerate(self.layout.chain(self._here))}
        return min(rules, key=lambda rule: near.get(rule.group, len(near)))

    def _lacks(self, rule: Rule) -> bool:
        """Tell whether the last block of a rule does not hold its line yet."""
        block = self._open.get(rule.group)
        return block is None or rule.variable not in block.seen

    def _block(self, rule: Rule) -> Block | None:
        """Return the block for a line, begun where need be; nothing where its beginning was lost."""
        block = self._open.get(rule.group)
        name = squeeze(rule.label)
        if block is None:
            return self._begin(rule.group, "" if rule.opens else name, around=name)
        if rule.group in self.layout.lists:
            return self._begin(rule.group, around=name)
        if rule.variable not in block.seen:
            first = rule.opens and not self._is_late(rule, block)
            return self._begin(rule.group, around=name) if first else block
        if rule.opens or (name and block.opened_by == name):
            return self._begin(rule.group, "" if rule.opens else name, around=name)
        return None

    def _is_late(self, rule: Rule, block: Block) -> bool:
        """Tell whether an opening label stands below other lines of its own, outermost block.

        It does where the line that began the block comes but once, and nothing else opens such a block.
        """
        group = self.layout.groups[rule.group]
        openers = {other.variable for other in group.rules if other.opens}
        if not block.opened_by or group.parent is not None or not rule.label or len(openers) > 1:
            return False
        ahead = self._ahead[self._place :]
        return all(block.opened_by not in {piece.label, f"?{squeeze(piece.key)}"} for piece in ahead)

    def _begin(self, group: int, opened_by: str = "", *, around: str = "") -> Block:
        """Begin a block, and those around it that have not begun.

        Args:
            group: number of the block.
            opened_by: what began it, where no opening line did.
            around: label that began it, which then began the blocks around it too.
        """
        parent = self.layout.groups[group].parent
        block = Block(group, opened_by)
        if parent is None:
            self.blocks.append(block)
        else:
            outer = self._open.get(parent) or self._begin(parent, opened_by or around, around=around)
            outer.inner.append(block)
        for number in [number for number in self._open if group in self.layout.chain(number)]:
            del self._open[number]
        self._open[group] = block
        return block

    def _add(self, block: Block, rule: Rule, piece: Piece) -> None:
        """Write a piece into a block."""
        block.seen[rule.variable] = piece.value
        text = f"{pair(rule.group, rule.label)}{piece.value}" if rule.label else piece.value
        block.entries.append(Entry(text, (piece.number,)))

"""Lengths of index ranges and of vectors, as classes that must be equal (union-find)."""

from __future__ import annotations

from pminusy.errors import ShapeError


class Dimensions:
    """Classes of equal lengths. Class 0 is the length one of a number's rows and columns."""

    ONE = 0

    def __init__(self) -> None:
        self._parent = [0]
        self._fixed: dict[int, int] = {}
        self._apart: list[tuple[int, int]] = []

    def copy(self) -> Dimensions:
        """The same classes, to be joined further by themselves."""
        other = Dimensions()
        other._parent, other._fixed, other._apart = list(self._parent), dict(self._fixed), list(self._apart)
        return other

    def new(self) -> int:
        """A length of its own."""
        self._parent.append(len(self._parent))
        return len(self._parent) - 1

    def find(self, length: int) -> int:
        """The representative of a class."""
        parent = self._parent
        while parent[length] != length:
            parent[length] = parent[parent[length]]  # halves the path for the next time
            length = parent[length]
        return length

    def same(self, a: int, b: int) -> bool:
        """Whether two lengths are known to be equal."""
        return self.find(a) == self.find(b)

    def join(self, a: int, b: int) -> None:
        """Make two lengths equal; a length that varies never equals one."""
        a, b = self.find(a), self.find(b)
        if a == b:
            return
        if self.ONE in (a, b):
            raise ShapeError("a vector where a number is expected, or vice versa")
        fixed = self._fixed.get(a), self._fixed.get(b)
        if None not in fixed and fixed[0] != fixed[1]:
            raise ShapeError(f"{fixed[0]} entries versus {fixed[1]}")
        if any({self.find(x), self.find(y)} == {a, b} for x, y in self._apart):
            raise ShapeError("two dimensions that the text distinguishes")
        self._parent[b] = a
        if fixed[1] is not None:
            self._fixed[a] = fixed[1]

    def keep_apart(self, a: int, b: int) -> None:
        """Two lengths that the text gives different names."""
        self._apart.append((a, b))

    def fix(self, length: int, size: int) -> None:
        """A length that is written out."""
        root = self.find(length)
        if self._fixed.setdefault(root, size) != size:
            raise ShapeError(f"{self._fixed[root]} entries versus {size}")

    def fixed(self, length: int) -> int | None:
        """The size of a length that is written out."""
        return self._fixed.get(self.find(length))

    def snapshot(self) -> tuple[list[int], dict[int, int]]:
        """The state, for `restore`."""
        return list(self._parent), dict(self._fixed)

    def restore(self, state: tuple[list[int], dict[int, int]]) -> None:
        """Forget what was joined since the snapshot; lengths made since then stay, each by itself."""
        self._parent = [*state[0], *range(len(state[0]), len(self._parent))]
        self._fixed = dict(state[1])

    def classes(self) -> list[int]:
        """All classes but that of ONE."""
        return sorted({self.find(n) for n in range(1, len(self._parent))})

"""Vector code as LLVM IR, for the inner loops that a compiler's own vectoriser does not block in registers.

Past the last whole vector of a row, loads and stores are masked, so that nothing outside an array is touched.
"""

from __future__ import annotations

from pminusy.kernels.machine.compiler import cgutils, ir
from pminusy.kernels.machine.target import target
from pminusy.kernels.prefetch import emit_prefetch

REGISTERS = target().registers  # for vectors
GROUP = 6 if REGISTERS == 32 else 3  # rows of four sums that fit into them beside the operands


def vector_lanes(element) -> int:
    """How many elements of this Numba type a vector holds."""
    return target().vector_bits // element.bitwidth


class VectorCode:
    """Emits rows of arrays, vectors at a column and sums of products, for one element type.

    `lanes` is how many elements a vector has, if not as many as the processor's.
    """

    def __init__(self, context, builder, element, lanes=None):
        self.context, self.builder = context, builder
        self.real = context.get_value_type(element)
        self._index, self._int32 = ir.IntType(64), ir.IntType(32)
        self.bits = element.bitwidth
        self.lanes = lanes or vector_lanes(element)
        self.vector = ir.VectorType(self.real, self.lanes)
        self.zero = ir.Constant(self.vector, [ir.Constant(self.real, 0.0)] * self.lanes)

    def array(self, array_type, value):
        """The parts of an array argument."""
        return self.context.make_array(array_type)(self.context, self.builder, value)

    def row(self, array, number):
        """A pointer to the first element of a row."""
        stride = self.builder.extract_value(array.strides, 0)
        address = self.builder.add(
            self.builder.ptrtoint(array.data, self._index), self.builder.mul(number, stride)
        )
        return self.builder.inttoptr(address, self.real.as_pointer())

    def at(self, row, column):
        """A pointer to the vector that begins at this column."""
        return self.builder.bitcast(self.builder.gep(row, [column]), self.vector.as_pointer())

    def load(self, row, column):
        """The vector at this column."""
        return self.builder.load(self.at(row, column), align=self.bits // 8)

    def store(self, value, row, column):
        """Write the vector at this column."""
        self.builder.store(value, self.at(row, column), align=self.bits // 8)

    def mask(self, n_left):
        """Which lanes lie among the first n_left."""
        lane = ir.Constant(
            ir.VectorType(self._index, self.lanes), [ir.Constant(self._index, i) for i in range(self.lanes)]
        )
        return self.builder.icmp_signed("<", lane, self.spread(n_left))

    def load_masked(self, row, column, mask):
        """The vector at this column, 0 where the mask is off."""
        return self._masked("load", self.vector, [self.at(row, column), self._alignment(), mask, self.zero])

    def store_masked(self, value, row, column, mask):
        """Write the lanes where the mask is on."""
        self._masked("store", ir.VoidType(), [value, self.at(row, column), self._alignment(), mask])

    def spread(self, scalar):
        """A vector of copies of a scalar."""
        vector = ir.VectorType(scalar.type, self.lanes)
        first = self.builder.insert_element(
            ir.Constant(vector, ir.Undefined), scalar, ir.Constant(self._int32, 0)
        )
        return self.builder.shuffle_vector(
            first, first, ir.Constant(ir.VectorType(self._int32, self.lanes), [0] * self.lanes)
        )

    def prefetch(self, row, column):
        """Ask for what lies at this column to be brought into the second-level cache; it need not be there at all."""
        emit_prefetch(self.builder, self.builder.gep(row, [column]))

    def shuffle(self, a, b, places):
        """The elements of a and, counted on, of b that stand at these places."""
        mask = ir.Constant(ir.VectorType(self._int32, self.lanes), places)
        return self.builder.shuffle_vector(a, b, mask)

    def add_product(self, a, b, accumulator):
        """Accumulator += a·b, as one FMA."""
        product = self.builder.fmul(a, b, flags=("contract",))
        total = self.builder.fadd(product, self.builder.load(accumulator), flags=("contract",))
        self.builder.store(total, accumulator)

    def lane_sum(self, vector):
        """The sum of its lanes."""
        reduce = cgutils.get_or_insert_function(
            self.builder.module,
            ir.FunctionType(self.real, [self.real, self.vector]),
            f"llvm.vector.reduce.fadd.v{self.lanes}f{self.bits}",
        )
        return self.builder.call(reduce, [ir.Constant(self.real, -0.0), vector], fastmath=("reassoc",))

    def for_size(self, size, largest, build):
        """build(n) for every n from 1 to `largest`; the code for n = size is what runs."""
        for n in range(1, largest + 1):
            with self.builder.if_then(self.builder.icmp_signed("==", size, self.index(n))):
                build(n)

    def index(self, number):
        """A constant."""
        return ir.Constant(self._index, number)

    def _alignment(self):
        return ir.Constant(self._int32, self.bits // 8)

    def _masked(self, what, result, arguments):
        function = cgutils.get_or_insert_function(
            self.builder.module,
            ir.FunctionType(result, [argument.type for argument in arguments]),
            f"llvm.masked.{what}.v{self.lanes}f{self.bits}.p0",
        )
        return self.builder.call(function, arguments)

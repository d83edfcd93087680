"""The largest numbers and the means of the windows of an image, a vector of channels at once.

Conventions: x is an image in row-major order, channels last. A window begins at a corner; the channels of its k-th
pixel are x[corner + pixels[k]:]. Y and dY (windows, C) have a row for each window, and so have the `winners`: the k of
the largest number, as a real number.

Of equal numbers the first wins, and NaN wins over everything. Gradients are added to dx; or written, and nothing is
read, where the windows are a partition of the image.
"""

from __future__ import annotations

from contextlib import contextmanager

from pminusy.kernels import plain
from pminusy.kernels.compile import helper
from pminusy.kernels.machine.compiler import cgutils, types
from pminusy.kernels.matmul import lanes_of
from pminusy.kernels.plain import primitive
from pminusy.kernels.vectors import VectorCode


class _Channels:
    """Emits code on some channels of a window: a vector of them, or as many as are left in the second array."""

    def __init__(self, context, builder, signature, arguments):
        self.code = VectorCode(context, builder, signature.args[1].dtype)
        self._builder = builder
        self._pixels, *self.arrays = (
            self.code.array(kind, value)
            for kind, value in zip(signature.args, arguments, strict=True)
            if isinstance(kind, types.Array)
        )
        self._mask = self.code.mask(builder.extract_value(self.arrays[0].shape, 0))

    def load(self, array, place=None, unless=None):
        """The channels that begin at this place, or the first ones; zeros, and nothing is read, where `unless`."""
        mask = self._mask
        if unless is not None:
            mask = self._builder.and_(mask, self.code.spread(self._builder.not_(unless)))
        return self.code.load_masked(array.data, place or self.code.index(0), mask)

    def store(self, value, array, place=None):
        """Write them."""
        self.code.store_masked(value, array.data, place or self.code.index(0), self._mask)

    @contextmanager
    def each_pixel(self):
        """A loop that gives the place of each pixel's channels in an image, and k as a real number in every lane."""
        n_pixels = self._builder.extract_value(self._pixels.shape, 0)
        with cgutils.for_range(self._builder, n_pixels) as loop:
            place = self._builder.load(self._builder.gep(self._pixels.data, [loop.index]))
            yield place, self.real(loop.index)

    def n_pixels(self):
        """How many pixels a window has, as a real number in every lane."""
        return self.real(self._builder.extract_value(self._pixels.shape, 0))

    def real(self, integer):
        """The same number in every lane."""
        return self.code.spread(self._builder.sitofp(integer, self.code.real))


@primitive(plain.largest)
def _largest(typingctx, pixels, y, winner, x):
    """y = the largest of x[pixels[k]:], and its k."""

    def build(context, builder, signature, arguments):
        channels = _Channels(context, builder, signature, arguments)
        y, winner, x = channels.arrays
        top = cgutils.alloca_once_value(builder, channels.load(x))
        top_k = cgutils.alloca_once_value(builder, channels.code.zero)
        with channels.each_pixel() as (place, k):
            value, best = channels.load(x, place), builder.load(top)
            larger_or_nan = builder.fcmp_unordered(">", value, best)
            wins = builder.and_(larger_or_nan, builder.fcmp_ordered("ord", best, best))
            builder.store(builder.select(wins, value, best), top)
            builder.store(builder.select(wins, k, builder.load(top_k)), top_k)
        channels.store(builder.load(top), y)
        channels.store(builder.load(top_k), winner)
        return context.get_dummy_value()

    return types.void(pixels, y, winner, x), build


@primitive(plain.give_to_largest)
def _give_to_largest(typingctx, pixels, dy, winner, dx, partition):
    """dx[pixels[k]:] += dy for the k that won."""

    def build(context, builder, signature, arguments):
        channels = _Channels(context, builder, signature, arguments)
        dy, winner, dx = channels.arrays
        gradient, top_k = channels.load(dy), channels.load(winner)
        with channels.each_pixel() as (place, k):
            part = builder.select(builder.fcmp_ordered("==", top_k, k), gradient, channels.code.zero)
            so_far = channels.load(dx, place, unless=arguments[4])
            channels.store(builder.fadd(so_far, part), dx, place)
        return context.get_dummy_value()

    return types.void(pixels, dy, winner, dx, partition), build


@primitive(plain.mean)
def _mean(typingctx, pixels, y, x):
    """y = the mean of x[pixels[k]:]."""

    def build(context, builder, signature, arguments):
        channels = _Channels(context, builder, signature, arguments)
        y, x = channels.arrays
        total = cgutils.alloca_once_value(builder, channels.code.zero)
        with channels.each_pixel() as (place, _):
            builder.store(builder.fadd(builder.load(total), channels.load(x, place)), total)
        channels.store(builder.fdiv(builder.load(total), channels.n_pixels()), y)
        return context.get_dummy_value()

    return types.void(pixels, y, x), build


@primitive(plain.give_to_all)
def _give_to_all(typingctx, pixels, dy, dx, partition):
    """dx[pixels[k]:] += dy / the number of pixels."""

    def build(context, builder, signature, arguments):
        channels = _Channels(context, builder, signature, arguments)
        dy, dx = channels.arrays
        share = builder.fdiv(channels.load(dy), channels.n_pixels())
        with channels.each_pixel() as (place, _):
            so_far = channels.load(dx, place, unless=arguments[3])
            channels.store(builder.fadd(so_far, share), dx, place)
        return context.get_dummy_value()

    return types.void(pixels, dy, dx, partition), build


@helper
def largest(x, corners, pixels, winners, Y):
    """Y = the largest numbers of the windows, and the winners."""
    for p in range(corners.size):
        for c in range(0, Y.shape[1], lanes_of(Y)):
            _largest(pixels, Y[p, c:], winners[p, c:], x[corners[p] + c :])


@helper
def give_to_largest(dY, winners, corners, pixels, partition, dx):
    """Give the gradient of a window to its largest number."""
    for p in range(corners.size):
        for c in range(0, dY.shape[1], lanes_of(dY)):
            _give_to_largest(pixels, dY[p, c:], winners[p, c:], dx[corners[p] + c :], partition)


@helper
def means(x, corners, pixels, Y):
    """Y = the means of the windows."""
    for p in range(corners.size):
        for c in range(0, Y.shape[1], lanes_of(Y)):
            _mean(pixels, Y[p, c:], x[corners[p] + c :])


@helper
def give_to_all(dY, corners, pixels, partition, dx):
    """Give the gradient of a window to all its pixels, in equal parts."""
    for p in range(corners.size):
        for c in range(0, dY.shape[1], lanes_of(dY)):
            _give_to_all(pixels, dY[p, c:], dx[corners[p] + c :], partition)

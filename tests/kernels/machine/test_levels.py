import pytest

from pminusy.kernels.machine import levels
from pminusy.kernels.machine.levels import X86, levels_of, read_cpuinfo

V2 = "cx16 popcnt sse4_1 sse4_2 ssse3"
V3 = f"{V2} avx avx2 bmi1 bmi2 f16c fma abm movbe"
V4 = f"{V3} avx512f avx512bw avx512cd avx512dq avx512vl"
ZEN4 = (
    f"{V4} avx512_bf16 avx512_bitalg avx512ifma avx512vbmi avx512_vbmi2 avx512_vnni avx512_vpopcntdq"
    " gfni vaes vpclmulqdq"
)


def names(vendor, flags):
    return [level.name for level in levels_of(vendor, flags.split())]


@pytest.mark.parametrize(
    ("vendor", "flags", "expected"),
    [
        ("GenuineIntel", "fpu sse sse2", []),
        ("GenuineIntel", V2, ["x86-64-v2"]),
        ("AuthenticAMD", V3, ["x86-64-v2", "x86-64-v3"]),
        ("AuthenticAMD", V4, ["x86-64-v2", "x86-64-v3", "x86-64-v4"]),
        ("AuthenticAMD", ZEN4, ["x86-64-v2", "x86-64-v3", "x86-64-v4", "znver4"]),
        ("GenuineIntel", ZEN4, ["x86-64-v2", "x86-64-v3", "x86-64-v4"]),
        ("GenuineIntel", V4.replace(" avx2", ""), ["x86-64-v2"]),
    ],
)
def test_a_processor_has_the_levels_whose_features_it_has_and_all_before(vendor, flags, expected):
    assert names(vendor, flags) == expected


def test_features_go_by_the_compilers_names_too():
    assert (
        names("", "cx16 popcnt sse4.1 sse4.2 ssse3 avx avx2 bmi bmi2 f16c fma lzcnt movbe")[-1] == "x86-64-v3"
    )


def test_cpuinfo_is_read_of_the_first_processor():
    text = "processor\t: 0\nvendor_id\t: GenuineIntel\nflags\t\t: fpu avx2 fma\n\nvendor_id\t: Other\nflags\t: sse\n"
    assert read_cpuinfo(text) == ("GenuineIntel", {"fpu", "avx2", "fma"})
    assert read_cpuinfo("Hardware : unknown\n") == ("", frozenset())


def test_a_processor_that_nobody_knows_has_no_level(monkeypatch):
    monkeypatch.setattr(levels.platform, "machine", lambda: "riscv64")
    assert levels.levels_here.__wrapped__() == ()


@pytest.mark.parametrize("machine", ["aarch64", "arm64"])
def test_arm_has_one_level(monkeypatch, machine):
    monkeypatch.setattr(levels.platform, "machine", lambda: machine)
    (level,) = levels.levels_here.__wrapped__()
    assert (level.vector_bits, level.registers) == (128, 32)


def test_vectors_of_512_bits_are_for_processors_on_which_they_cost_nothing():
    assert {level.name: level.vector_bits for level in X86} == {
        "x86-64-v2": 128,
        "x86-64-v3": 256,
        "x86-64-v4": 256,
        "znver4": 512,
    }

"""Every module of the package has a test module at its own place, so that a red case says where to look."""

from __future__ import annotations

from pathlib import Path

import pytest

TESTS = Path(__file__).parent
PACKAGE = TESTS.parent / "src" / "pminusy"

# Modules without a test module of their own, and where they are tested, or why there is nothing to test.
PROTOCOL, DATA = "a protocol: nothing of it runs", "plain values: those who read them are tested"
ELEMENTWISE = "nn/layers/test_elementwise.py"
FILES = "blocks/files/test_source.py"
ELSEWHERE = {
    "blocks/chosen.py": "network/test_files.py",
    "blocks/files/columns.py": FILES,
    "blocks/files/decoded.py": FILES,
    "blocks/files/parquet.py": FILES,
    "blocks/files/tables.py": FILES,
    "blocks/outside.py": FILES,
    "blocks/outside_rows.py": "linear/test_files.py",
    "blocks/stores.py": "linear/test_files.py",
    "formulas/activations.py": "formulas/test_layers.py",
    "formulas/convolution.py": "formulas/test_images.py",
    "formulas/cross_entropy.py": "formulas/test_formulas.py",
    "formulas/dense.py": "formulas/test_layers.py",
    "formulas/embedding.py": "formulas/test_layers.py",
    "formulas/normalization.py": "formulas/test_layers.py",
    "formulas/pooling.py": "formulas/test_images.py",
    "formulas/softmax.py": "formulas/test_formulas.py",
    "formulas/targets.py": "formulas/test_formulas.py",
    "formulas/windows.py": "formulas/test_images.py",
    "kernels/machine/arguments.py": "kernels/machine/test_entry_points.py",
    "kernels/machine/c_module.py": "kernels/machine/test_emit.py",
    "network/defaults.py": DATA,
    "network/learned.py": "network/test_file.py",
    "network/training_run.py": "network/test_estimator_endings.py",
    "nn/layer.py": PROTOCOL,
    "nn/training/at_hand.py": "nn/training/test_batches.py",
    "nn/layers/gelu.py": ELEMENTWISE,
    "nn/layers/leaky_relu.py": ELEMENTWISE,
    "nn/layers/relu.py": ELEMENTWISE,
    "nn/layers/sigmoid.py": ELEMENTWISE,
    "nn/layers/silu.py": ELEMENTWISE,
    "nn/layers/tanh.py": ELEMENTWISE,
    "onnx/classifier.py": "onnx/test_linear.py",
    "onnx/encoders.py": "runs/test_export.py",
    "onnx/graph.py": "onnx/test_layers.py",
    "onnx/registration.py": "onnx/test_linear.py",
    "proofread/deriving/derivation.py": DATA,
    "proofread/meaning/lines/law.py": DATA,
    "proofread/meaning/model/undecidable.py": DATA,
    "proofread/meaning/reading.py": DATA,
    "proofread/repair/mistakes/chain_rule.py": "proofread/repair/mistakes/test_derivatives.py",
    "proofread/repair/mistakes/mistake.py": DATA,
    "proofread/rules/asked.py": "proofread/rules/test_integrals.py",
    "proofread/rules/build.py": "proofread/rules/test_tidy.py",
    "proofread/rules/by_parts.py": "proofread/rules/test_integrals.py",
    "proofread/rules/chains.py": "proofread/rules/test_reason.py",
    "proofread/rules/families/antiderivatives.py": "proofread/rules/test_integrals.py",
    "proofread/rules/families/arithmetic.py": "proofread/rules/test_catalogue.py",
    "proofread/rules/families/chain_rule.py": "proofread/rules/test_catalogue.py",
    "proofread/rules/families/chance.py": "proofread/rules/test_catalogue.py",
    "proofread/rules/families/definite.py": "proofread/rules/test_catalogue.py",
    "proofread/rules/families/derivatives.py": "proofread/rules/test_catalogue.py",
    "proofread/rules/families/exponentials.py": "proofread/rules/test_catalogue.py",
    "proofread/rules/families/functions.py": "proofread/rules/test_catalogue.py",
    "proofread/rules/families/gradients.py": "proofread/rules/test_catalogue.py",
    "proofread/rules/families/identities.py": "proofread/rules/test_catalogue.py",
    "proofread/rules/families/integrals.py": "proofread/rules/test_integrals.py",
    "proofread/rules/families/logarithms.py": "proofread/rules/test_catalogue.py",
    "proofread/rules/families/magnitudes.py": "proofread/rules/test_catalogue.py",
    "proofread/rules/families/matrices.py": "proofread/rules/test_catalogue.py",
    "proofread/rules/families/names.py": "proofread/rules/test_catalogue.py",
    "proofread/rules/families/operator.py": "proofread/rules/test_catalogue.py",
    "proofread/rules/families/differentials.py": "proofread/rules/test_catalogue.py",
    "proofread/rules/families/ranges.py": "proofread/rules/test_catalogue.py",
    "proofread/rules/families/piecewise.py": "proofread/rules/test_catalogue.py",
    "proofread/rules/families/powers.py": "proofread/rules/test_catalogue.py",
    "proofread/rules/families/reversed_chain.py": "proofread/rules/test_integrals.py",
    "proofread/rules/families/roots.py": "proofread/rules/test_catalogue.py",
    "proofread/rules/families/sigmoids.py": "proofread/rules/test_catalogue.py",
    "proofread/rules/families/softmax.py": "proofread/rules/test_catalogue.py",
    "proofread/rules/families/sums/deltas.py": "proofread/rules/test_catalogue.py",
    "proofread/rules/families/sums/linear.py": "proofread/rules/test_catalogue.py",
    "proofread/rules/families/sums/products.py": "proofread/rules/test_catalogue.py",
    "proofread/rules/families/sums/ranges.py": "proofread/rules/test_catalogue.py",
    "proofread/rules/families/sums/several.py": "proofread/rules/test_catalogue.py",
    "proofread/rules/families/sums/splitting.py": "proofread/rules/test_catalogue.py",
    "proofread/rules/families/traces.py": "proofread/rules/test_catalogue.py",
    "proofread/rules/families/values.py": "proofread/rules/test_catalogue.py",
    "proofread/rules/integrated.py": "proofread/rules/test_integrals.py",
    "proofread/rules/integration.py": "proofread/rules/test_integrals.py",
    "proofread/rules/lines.py": "proofread/rules/test_reason.py",
    "proofread/rules/makeup.py": "proofread/rules/test_keys.py",
    "proofread/rules/moves.py": "proofread/rules/test_catalogue.py",
    "proofread/rules/rule.py": DATA,
    "proofread/rules/search.py": "proofread/rules/test_reason.py",
    "proofread/rules/setting.py": "proofread/rules/test_reason.py",
    "proofread/rules/shapes.py": "proofread/rules/test_keys.py",
    "proofread/rules/values.py": "proofread/rules/test_keys.py",
    "proofread/rules/words.py": "proofread/rules/test_catalogue.py",
    "report/explanation/model.py": DATA,
    "runs/trained.py": DATA,
    "runs/watch.py": PROTOCOL,
    "solvers/objective.py": PROTOCOL,
    "torch/rows.py": "torch/test_cross_entropy.py",
}
MODULES = sorted(
    path.relative_to(PACKAGE).as_posix()
    for path in PACKAGE.rglob("*.py")
    if path.name not in ("__init__.py", "__main__.py")
)


def _own_test(module: str) -> Path:
    room, _, name = module.rpartition("/")
    return TESTS / room / f"test_{name}"


@pytest.mark.parametrize("module", MODULES)
def test_a_module_has_a_test_module_or_a_reason_not_to(module):
    own = _own_test(module)
    if module in ELSEWHERE:
        assert not own.exists(), f"{module} has a test module: take it out of the list"
    else:
        assert own.is_file(), f"expected tests/{own.relative_to(TESTS)}"


def test_every_entry_of_the_list_is_a_module_and_what_tests_it_exists():
    assert ELSEWHERE.keys() <= set(MODULES)
    files = {where for where in ELSEWHERE.values() if where.endswith(".py")}
    assert all((TESTS / where).is_file() for where in files)

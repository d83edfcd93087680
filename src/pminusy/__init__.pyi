from .errors import (
    DataError as DataError,
    GradientMismatch as GradientMismatch,
    InputError as InputError,
    ModelDirectoryError as ModelDirectoryError,
    PminusyError as PminusyError,
    ShapeError as ShapeError,
    TargetError as TargetError,
)
from .estimators.softmax_regression import SoftmaxRegression as SoftmaxRegression
from .gradcheck import (
    GradientCheck as GradientCheck,
    assert_gradient as assert_gradient,
    check_gradient as check_gradient,
    check_hvp as check_hvp,
)
from .kernels.parallel import threads as threads
from .losses.cross_entropy import CrossEntropy as CrossEntropy
from .losses.softmax import (
    log_softmax as log_softmax,
    softmax as softmax,
    softmax_jacobian as softmax_jacobian,
    softmax_jvp as softmax_jvp,
    softmax_vjp as softmax_vjp,
)
from .solvers.result import Reason as Reason, Record as Record, SolverResult as SolverResult

from .blocks.files.source import (
    FileRows as FileRows,
)
from .blocks.files.source import (
    open_rows as open_rows,
)
from .errors import (
    DataError as DataError,
)
from .errors import (
    GradientMismatch as GradientMismatch,
)
from .errors import (
    InputError as InputError,
)
from .errors import (
    ModelDirectoryError as ModelDirectoryError,
)
from .errors import (
    ModelFileError as ModelFileError,
)
from .errors import (
    PminusyError as PminusyError,
)
from .errors import (
    ShapeError as ShapeError,
)
from .errors import (
    TargetError as TargetError,
)
from .gradcheck import (
    GradientCheck as GradientCheck,
)
from .gradcheck import (
    assert_gradient as assert_gradient,
)
from .gradcheck import (
    check_gradient as check_gradient,
)
from .gradcheck import (
    check_hvp as check_hvp,
)
from .kernels.parallel import threads as threads
from .linear.coef_table import CoefTable as CoefTable
from .linear.cross_validation.estimator import SoftmaxRegressionCV as SoftmaxRegressionCV
from .linear.cross_validation.selection import (
    PenaltySelection as PenaltySelection,
)
from .linear.cross_validation.selection import (
    select_penalty as select_penalty,
)
from .linear.inference import InferenceError as InferenceError
from .linear.regression import SoftmaxRegression as SoftmaxRegression
from .linear.sparse.path import (
    SoftmaxPath as SoftmaxPath,
)
from .linear.sparse.path import (
    softmax_path as softmax_path,
)
from .losses.cross_entropy import CrossEntropy as CrossEntropy
from .losses.softmax import (
    log_softmax as log_softmax,
)
from .losses.softmax import (
    softmax as softmax,
)
from .losses.softmax import (
    softmax_jacobian as softmax_jacobian,
)
from .losses.softmax import (
    softmax_jvp as softmax_jvp,
)
from .losses.softmax import (
    softmax_vjp as softmax_vjp,
)
from .network.estimator import SoftmaxNetwork as SoftmaxNetwork
from .proofread import (
    derive as derive,
)
from .proofread import (
    proofread as proofread,
)
from .proofread.deriving.derivation import Derivation as Derivation
from .proofread.proof import Proof as Proof
from .report.path_plot import plot_path as plot_path
from .solvers.result import Reason as Reason
from .solvers.result import Record as Record
from .solvers.result import SolverResult as SolverResult

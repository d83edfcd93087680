"""Linear softmax classifiers: the objective over blocks of rows, its Hessian and preconditioners, the estimators."""

# Fits a multinomial path to what FOLDER holds and writes coefficients, intercepts and seconds (of a processor, and on the wall) there; see glmnet.py.
suppressPackageStartupMessages(library(glmnet))
folder <- commandArgs(trailingOnly = TRUE)[1]
numbers <- function(name, kind, n, size) readBin(file.path(folder, name), kind, n, size = size)
shape <- numbers("shape", "integer", 5, 4)  # rows, features, classes, numbers that are not 0 (or -1), grouped
strengths <- numbers("strengths", "double", file.size(file.path(folder, "strengths")) / 8, 8)
ratio <- numbers("ratio", "double", 1, 8)
y <- factor(numbers("labels", "integer", shape[1], 4), levels = 0:(shape[3] - 1))
if (shape[4] < 0) {
  X <- matrix(numbers("data", "double", shape[1] * shape[2], 8), shape[1], shape[2])
} else {
  X <- Matrix::sparseMatrix(
    i = numbers("indices", "integer", shape[4], 4), p = numbers("indptr", "integer", shape[2] + 1, 4),
    x = numbers("data", "double", shape[4], 8), dims = shape[1:2], index1 = FALSE
  )
}
glmnet.control(fdev = 0, devmax = 1)  # to the end of the path
type <- if (shape[5] == 1) "grouped" else "ungrouped"
seconds <- system.time(
  fit <- glmnet(X, y, "multinomial", alpha = ratio, lambda = strengths, standardize = FALSE, type.multinomial = type,
    maxit = 1e7)
)
entries <- lapply(seq_along(fit$beta), function(k) {
  found <- summary(as(fit$beta[[k]], "dgCMatrix"))
  if (nrow(found) > 0) cbind(k - 1, found)
})
write.table(do.call(rbind, entries), file.path(folder, "coefficients"), row.names = FALSE, col.names = FALSE)
write.table(format(fit$a0, digits = 17), file.path(folder, "intercepts"), row.names = FALSE, col.names = FALSE, quote = FALSE)
cat(seconds["user.self"] + seconds["sys.self"], seconds["elapsed"], file = file.path(folder, "seconds"))

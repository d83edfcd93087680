"""Spark ML's logistic regression, in a Python of its own: prints seconds, coefficients and intercepts as JSON.

python spark.py PARQUET REGULARISATION TOL
"""

from __future__ import annotations

import json
import sys
import time


def main(path: str, strength: float, tol: float) -> None:
    from pyspark.ml.classification import LogisticRegression
    from pyspark.ml.functions import array_to_vector
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").config("spark.driver.memory", "8g")
    session = builder.config("spark.ui.enabled", "false").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    rows = session.read.parquet(path)
    rows = rows.select(array_to_vector("features").alias("features"), "label").repartition(8).cache()
    rows.count()  # what is cached is not in the time
    began = time.perf_counter()
    solver = LogisticRegression(
        regParam=strength, tol=tol, maxIter=1000, standardization=False, family="multinomial"
    )
    model = solver.fit(rows)
    seconds = time.perf_counter() - began
    W, b = model.coefficientMatrix.toArray(), model.interceptVector.toArray()
    print(json.dumps({"seconds": seconds, "W": W.tolist(), "b": b.tolist()}))


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), float(sys.argv[3]))

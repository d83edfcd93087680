"""The proofreader in the browser: a small web application, its API, and the processes that do the checking."""

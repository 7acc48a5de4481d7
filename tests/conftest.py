"""No test is timed: on a busy machine, the first example of a property also pays for the import of libraries."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

"""Words that the tables of an index have numbers for, apart from what is heavy to load."""

STATUSES = ("suggested", "accepted", "rejected")  # as `annotations.model.STATUSES`, in its order
REJECTED = STATUSES.index("rejected")

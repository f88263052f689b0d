"""A fleet over several machines: Temporal hands pairs to workers that stand near their routers."""

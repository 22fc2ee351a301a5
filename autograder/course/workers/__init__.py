"""The processes that grade: this one, several of this machine, or those of a Dask cluster."""

"""Grade and explain the backpropagation exercises of LING3804, Notes 6."""

__version__ = "1.0.0"

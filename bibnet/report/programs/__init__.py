"""Programs of their own: each holds a drawing engine's memory and a processor core for itself.

They are run by their file's path, so that starting one imports no other part of bibnet.
"""

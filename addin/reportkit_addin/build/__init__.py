"""Builds the add-in's files from sources, installs them and checks what they need.

`xlam.build_xlam`, `oxt.build_oxt`, `install.install`, `doctor.checks`.
"""

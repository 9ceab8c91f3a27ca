"""Indicators: values, targets, attainment."""

"""Summary: frozen values every face shows."""

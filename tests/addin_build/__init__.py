"""Tests of the ribbon file and the LibreOffice extension."""

"""The Excel and LibreOffice faces of reportkit."""

"""Ledgers as spreadsheets: template, import with preview, export."""

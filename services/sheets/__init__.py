"""Tables in files: read as plain text within limits, written so that no cell can become a formula."""

from services.sheets.reading import SheetRefused, read_sheet, read_sheet_apart
from services.sheets.writing import put, write_sheet

__all__ = ["SheetRefused", "put", "read_sheet", "read_sheet_apart", "write_sheet"]

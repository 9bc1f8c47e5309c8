"""The 台账: sheets, forms and codes of the Excel file, with formulas that staff can audit."""

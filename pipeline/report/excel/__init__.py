"""The workbook for policy staff: typed, filtered, documented sheets. Nothing in it is ever computed."""

"""The report as running text: what it says as blocks, which `markdown` and `word` write in their own way."""

"""Cuts clean text into paragraphs, and says of each what it is and under which headings it stands."""

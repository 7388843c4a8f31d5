"""What tone a paragraph speaks of its themes in, and the sentence that shows it."""

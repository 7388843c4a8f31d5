"""What the pipeline finds against what readers found: metrics and plots."""

"""Report to page or record: one file a format, none of which reads or computes."""

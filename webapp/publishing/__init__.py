"""Publishing: versions, snapshots, documents, exports, open data, receipts, reports."""

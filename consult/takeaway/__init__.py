"""The patient takeaway: the document model, its pages, the PDF, and the check against Medicare's format."""

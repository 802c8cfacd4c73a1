"""The frame of a document: what stands round the body in a Word file, made by python-docx and kept."""

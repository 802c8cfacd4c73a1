"""The local page: what the commands do, for an accountant with a browser. It owns no data; the work folder does."""

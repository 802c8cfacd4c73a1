"""What official tables say, put into fields, and written as an input folder."""

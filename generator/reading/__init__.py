"""What an office filled in, read from YAML files and workbooks."""

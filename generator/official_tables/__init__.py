"""公开表 as offices have them: recognised by their titles and heads, read, and put into fields."""

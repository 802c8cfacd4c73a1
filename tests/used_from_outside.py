# ruff: noqa
"""What vulture takes for dead: used by a library, or kept for the tests. The reason stands above each group.

Read by vulture beside generator/ (pyproject.toml, `tests/test_dead_code.py`); never imported.
"""

# click calls the commands of a group, and the group, by their names.
_.get_command
_.format_options
show_pack
write_style
new_pack

# Jinja2 asks its environment, its compiler and its undefined values for these.
_._undefined_message
_.visit_Concat
_.visit_MarkSafe
_.visit_Block
_.visit_Output
_.lexer
_.context_class
_.code_generator_class
_.intercepted_binops
_.call_binop
_.is_safe_attribute
_.wrap_str_format

# Compiled templates call it (`expressions.code`).
_.either

# The outline of a document and of a Word file, and a Word file's facts: what the goldens are written in.
read_outline

# LibreOffice's paragraph style (UNO).
_.ParaIsHangingPunctuation

# expat's parser calls its handlers and is told how to buffer.
_.buffer_text
_.buffer_size
_.StartElementHandler
_.EndElementHandler
_.CharacterDataHandler
_.StartDoctypeDeclHandler
_.EntityDeclHandler

# openpyxl writes what is set on its workbooks, sheets, cells and rows.
_.active
_.tabSelected
_.hyperlink
_.freeze_panes
_.orientation
_.fitToHeight
_.fitToWidth
_.paperSize
_.pageSetUpPr
_.print_title_rows
_.print_area
_.print_title_cols
_.customHeight
_.quotePrefix
_.showGridLines
_.tabColor
_.creator
_.fullCalcOnLoad

# python-docx writes what is set on its styles, sections, headers, paragraphs, fonts and properties.
_.styleId
_.base_style
_.next_paragraph_style
_.quick_style
_.priority
_.val
_.keep_together
_.keep_with_next
_.space_before
_.space_after
_.line_spacing
_.left_indent
_.right_indent
_.first_line_indent
_.cs_bold
_.page_width
_.page_height
_.top_margin
_.bottom_margin
_.left_margin
_.right_margin
_.header_distance
_.footer_distance
_.is_linked_to_previous
_.last_modified_by
_.content_status
_.language
_.revision

# The harness that plants errors also counts what is at least hinted at.
_.rounds
_.should_exit

"""A style.docx that an office made in Word: judged, cleaned and put into the order of a frame."""

from . import letter_template, letter_text, letter, case

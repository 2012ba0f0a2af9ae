from . import answer_link

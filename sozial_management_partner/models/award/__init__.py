from . import award
from . import award_steps
from . import place
from . import letter
from . import letter_text
from . import call
from . import call_file
from . import next_steps

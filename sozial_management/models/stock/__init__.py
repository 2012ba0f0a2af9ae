from . import quarter, building, dwelling

from . import call_figure

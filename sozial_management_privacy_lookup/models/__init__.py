from . import privacy_lookup

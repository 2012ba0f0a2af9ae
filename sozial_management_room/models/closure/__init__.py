from . import closure, closure_hit, closure_effect, closure_letter, atom

"""From evidence to what is said: chosen, set side by side, composed by a model under check, or an honest no."""

"""From a topic to checked questions: writers, checks, the blind solver."""

"""The writer that needs no model: rules that make questions from somebody's material, in English and Russian."""

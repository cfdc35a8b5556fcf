"""The pure domain: questions, attempts, scoring, decks, file formats, links."""

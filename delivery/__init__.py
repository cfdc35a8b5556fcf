"""How things look and get sent."""

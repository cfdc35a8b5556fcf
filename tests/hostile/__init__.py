"""What a stranger may send: each piece becomes text that is data only, or is refused with a reason, within limits."""

"""What is served over HTTP: forged, repeated and oversized posts, storage away, health."""

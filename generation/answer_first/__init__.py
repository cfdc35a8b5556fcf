"""The answer-first writer, for small models: rules choose the answer and the options, the model words the question."""

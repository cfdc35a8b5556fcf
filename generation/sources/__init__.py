"""From what somebody sent to passages: texts, documents, web pages. One file for each kind of source."""

"""What a model has written, before it is shown: plain sentences for the reader, and nothing of the employer that nobody has said."""

"""Finds the word that an odd spelling stands for, among known words: `hidden_words` reads them so before it closes a text up."""

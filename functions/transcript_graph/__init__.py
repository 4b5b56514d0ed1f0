"""Transcripts (txt, md, json, srt, vtt) become a knowledge graph in which every name and every relation has its quote.

in:  a collection's transcripts: a folder, texts, files, or documents that users write
     transcripts -> per transcript: read -> extract packs of chunks side by side -> collect -> resolve and store -> judge doubtful pairs -> finish
out: a graph that lives on: search, neighbours, timelines, communities, a report, exports; adding a transcript touches its neighbourhood alone
"""

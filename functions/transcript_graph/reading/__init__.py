"""Transcripts as people save them: text, Markdown, JSON, SRT, WebVTT; speakers, times, title, date."""

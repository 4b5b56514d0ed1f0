"""The PDF guide: its typography, its charts and its pages. Imported by the render stage only, when it runs."""

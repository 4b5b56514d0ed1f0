"""The guide's own words in the language that it was written in, from `<language>.txt`: lines `English = the same`. Anybody can add a file."""

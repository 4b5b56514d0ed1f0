"""Numbers and dates as people write them, in digits and in words, English, Chinese and Japanese."""

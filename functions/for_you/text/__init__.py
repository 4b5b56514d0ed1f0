"""Texts as vectors without a model provider: TF-IDF and LSA fitted on the catalogue, word vectors as an optional extra."""
